import { expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { acceptances } from "../../rehearsal/proof/acceptance";
import { clusterFaults } from "../../rehearsal/proof/cluster";
import { prove } from "../../rehearsal/proof/prove";
import { proveState } from "../../rehearsal/proof-of-state/prove-state";
import { parseWorld } from "../../rehearsal/world/world";
import { type Config, config, onEngine, world } from "../support/engine";
import { meant } from "../support/meant";
import { configurationOf } from "../support/planning";

const ISSUER = "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/";
const there = world({
  repositories: [
    { name: "web", id: 7 },
    { name: "api", id: 8 },
  ],
});
const stack = (pipelines: object, more: Config = {}) =>
  config({ "countersign:pipelines": pipelines, ...more });
const verifying = stack(
  { web: { verify: true, branches: ["main", "next"] }, api: { verify: { environment: "check" } } },
  { "countersign:cluster": { issuer: ISSUER, namespaces: ["shop"] } },
);

const WRITER = "2a1e307c-b015-4ebd-883e-5b7698a07328";
const SIGNER = "2837e146-70d7-4cfd-ad55-7efa6464f958";

/** The roles of an identity, by its name in Azure. */
function rolesOf({ azure }: Clouds, name: string) {
  const { principalId } = [...azure.identities.values()].find((it) => it.name === name) ?? {};
  return [...azure.assignments.values()].filter((it) => it.principalId === principalId);
}

/** Gives an identity what another one has. */
function lend(clouds: Clouds, from: string, to: string, role: string): void {
  const lent = rolesOf(clouds, from).find((it) => it.roleGuid === role);
  const [own] = rolesOf(clouds, to);
  if (!lent || !own) throw new Error(`${from} has no role ${role}, or ${to} has none`);
  const id = `${lent.id}-lent`;
  clouds.azure.assignments.set(id, { ...lent, id, principalId: own.principalId });
}

const READER = "b93aa761-3e63-49ed-ac28-beffa264f7ac";
const SETTINGS_READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const names = ["web-verifier", "api-verifier", "cluster"].map((it) => `countersign-test-${it}`);

test("verifiers only pull, in each mode, and leave with the stack", async () => {
  for (const mode of ["abac", "rbac"] as const) {
    const clouded = world({ registry: { mode }, repositories: there.github.repositories });
    await onEngine({ config: verifying, world: clouded }, async ({ run, clouds, outputs }) => {
      const before = clouds.inventory();
      await run("up", "up");
      expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, deleted: 0 });
      const roles = names.map((name) => rolesOf(clouds, name).map((it) => it.roleGuid));
      const [pull, verify] =
        mode === "abac"
          ? [[READER], [SETTINGS_READER, READER]]
          : [["7f951dda-4ed3-4680-a7ca-43fe172d538d"], ["7f951dda-4ed3-4680-a7ca-43fe172d538d"]];
      expect(roles.map((it) => it.sort())).toEqual([verify, verify, pull]);
      const credentials = [...clouds.azure.credentials.values()]
        .map(({ subject }) => subject)
        .sort();
      expect(credentials).toEqual([
        "repo:Contoso@5/api@8:environment:check",
        "repo:Contoso@5/api@8:ref:refs/heads/main",
        "repo:Contoso@5/web@7:pull_request",
        "repo:Contoso@5/web@7:ref:refs/heads/main",
        "repo:Contoso@5/web@7:ref:refs/heads/main",
        "repo:Contoso@5/web@7:ref:refs/heads/next",
        "repo:Contoso@5/web@7:ref:refs/heads/next",
        "system:serviceaccount:gatekeeper-system:ratify-admin",
      ]);
      const { verification } = await outputs();
      const files = verification?.value as Record<string, string>;
      const [cluster] = [...clouds.azure.identities.values()].filter((it) => it.name === names[2]);
      expect(files["kubernetes/ratify-values.yaml"]).toContain(`clientId: ${cluster?.clientId}`);
      expect(JSON.stringify(files)).not.toContain(".invalid");
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  }
});

test("the proof notices a verifier that can do more, and who could imitate a pipeline", async () => {
  await onEngine(
    { config: verifying, world: there },
    async ({ run, clouds, outputs, stack: it }) => {
      await run("up", "up");
      const proven = proveState(
        configurationOf(verifying),
        parseWorld(there),
        await it.exportStack(),
      );
      expect(proven.reasons).toEqual([]);
      const intents = meant(verifying, there);
      const files = (await outputs()).verification?.value as Record<string, string>;
      const policy = JSON.parse(files["trustpolicy.json"] ?? "");
      const faults = () => [
        ...prove(clouds, intents).flatMap(({ violations }) => violations),
        ...clusterFaults(clouds, intents, ISSUER),
        ...acceptances(clouds, intents, policy).flatMap(({ violations }) => violations),
      ];
      expect(faults()).toEqual([]);
      for (const change of [
        { trustedIdentities: ["*"] },
        { signatureVerification: { level: "skip" } },
      ]) {
        const loose = {
          trustPolicies: policy.trustPolicies.map((it: object) => ({ ...it, ...change })),
        };
        expect(acceptances(clouds, intents, loose)[0]?.violations).toEqual([
          "web: its trust policy accepts images that no pipeline signed",
        ]);
      }
      const [web] = acceptances(clouds, intents, policy);
      expect([
        web?.makers,
        web?.cases.filter((it) => it.accepted).map(({ image }) => image),
      ]).toEqual([["web"], ["signed by a run of web"]]);

      const kept = new Map(clouds.azure.assignments);
      const restore = () => {
        clouds.azure.assignments.clear();
        for (const [id, it] of kept) clouds.azure.assignments.set(id, it);
      };
      const owner = "countersign-test-web";
      lend(clouds, owner, names[0] ?? "", WRITER);
      expect(faults()).toContain(
        "web, verifying, a pull request: push web is allowed: Container Registry Repository Writer on registries/contosoimages, conditioned",
      );
      lend(clouds, owner, names[0] ?? "", SIGNER);
      expect(faults()).toContain("web, verifying can make an image that passes for one of web");
      restore();
      lend(clouds, owner, names[2] ?? "", WRITER);
      expect(faults()).toContain("cluster: it can push web");
      restore();
      lend(clouds, owner, "countersign-test-api", WRITER);
      expect(faults()).toContain("api can make an image that passes for one of web");
      restore();
      for (const [id, it] of kept) if (it.roleGuid === SIGNER) clouds.azure.assignments.delete(id);
      expect(faults()).toContain("web: verifiers would not accept what its runs sign");
      restore();
      const narrow = {
        ...policy,
        trustPolicies: policy.trustPolicies.filter(
          ({ name }: { name: string }) => !name.endsWith("/web"),
        ),
      };
      expect(acceptances(clouds, intents, narrow)[0]?.violations).toEqual([
        "web: no statement of the trust policy has its images",
      ]);
    },
  );
});

test("a removed verifier leaves with its workflow, and the other files stay", async () => {
  await onEngine({ config: verifying, world: there }, async ({ run, configure, clouds }) => {
    await run("up", "up");
    const files = () =>
      [...(clouds.github.repository("web").branches.get("main") ?? [])].map(([path]) => path);
    expect(files()).toContain(".github/workflows/verify-image.yml");
    await configure(stack({ web: { branches: ["main", "next"] }, api: {} }));
    await run("up", "without");
    expect(files()).toEqual(["Dockerfile", ".github/workflows/sign-image.yml"]);
    expect(names.flatMap((name) => rolesOf(clouds, name))).toEqual([]);
  });
});

test("a stack remembers the subject that verifiers compare", async () => {
  await onEngine(
    { config: stack({ web: {} }), world: world({ repositories: [{ name: "web", id: 7 }] }) },
    async ({ run, clouds, outputs }) => {
      await run("up", "up");
      const before = (await outputs()).verification?.value;
      for (const { profiles } of clouds.azure.world.signingAccounts) {
        for (const profile of profiles) (profile as { subject: string }).subject = "";
      }
      expect(await run("up", "without certificates")).toMatchObject({ updated: 0, deleted: 0 });
      expect((await outputs()).verification?.value).toEqual(before);
    },
  );
});
