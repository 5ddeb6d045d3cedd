import { execFileSync } from "node:child_process";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { expect, test } from "vitest";
import { config, onEngine, world as worldWith } from "../support/engine";
import { CALLABLE, CALLED } from "../support/governing";
import { type Declared, violations } from "./applied";

/** Each kind of identity, of trust, of stored IDs, and of commit. */
const pipelines = {
  web: {},
  payments: { branches: ["main"], tags: ["v*"], environment: "release", level: "environment" },
  tagged: { tags: ["v*"], identity: { application: {} } },
  called: { trust: { workflow: CALLED, manageSubjectTemplate: true }, ids: "variables" },
  proposed: { commit: "pull-request", signWith: "cli" },
  shares: { identity: { share: "common" }, level: "organization" },
};
const repositories = Object.keys(pipelines).map((name, index) => ({ name, id: index + 11 }));
const { azure, github } = worldWith({ repositories });
const given = { azure, github: { ...github, callableWorkflows: { [CALLED]: CALLABLE } } };

/** Mark of a value that is encrypted: https://www.pulumi.com/docs/iac/concepts/secrets/ */
const ENCRYPTED = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

test("no policy objects to the program, and its state has no secret in plain text", async () => {
  const settings = { config: config({ "countersign:pipelines": pipelines }), world: given };
  await onEngine(settings, async ({ run, stack, clouds }) => {
    process.env.GITHUB_TOKEN = "the token of the environment";
    try {
      const previewed: Declared[] = [];
      await run("preview", "preview", { onEvent: collected(previewed) });
      expect(violations(previewed)).toEqual([]);
      for (const type of ["RoleAssignment", "FederatedIdentityCredential", "RepositoryFile"]) {
        expect(previewed.filter((it) => it.type.endsWith(type)).length).toBeGreaterThan(4);
      }

      await run("up", "up");
      const made = exported(stack);
      expect(violations(made.resources.map(declared))).toEqual([]);
      expect(made.text).not.toContain("the token of");

      await stack.setConfig("github:token", { value: "the token of the stack", secret: true });
      await run("up", "with a token");
    } finally {
      delete process.env.GITHUB_TOKEN;
    }
    const { text, resources } = exported(stack);
    expect(text).not.toContain("the token of");
    const providers = resources.filter(({ type }) => type === "pulumi:providers:github");
    for (const { inputs, outputs } of providers.filter((it) => it.inputs?.token)) {
      expect([inputs?.token, outputs?.token]).toMatchObject([ENCRYPTED, ENCRYPTED]);
    }
    expect(providers.filter((it) => it.inputs?.token)).toHaveLength(2);

    // The values of GitHub's secrets are the three IDs, none of which is secret. The inputs are
    // encrypted by the real provider alone (its bridge marks what the schema calls sensitive:
    // https://github.com/pulumi/pulumi-terraform-bridge, `MarkSchemaSecrets` in `Check`).
    const secrets = resources.filter(({ type }) => /:Actions(\w+)?Secret$/.test(type));
    expect(secrets).toHaveLength(5 * 3);
    const { world, identities, applications } = clouds.azure;
    const clients = [...identities.values(), ...applications.values()].map((it) => it.clientId);
    for (const { inputs, outputs } of secrets) {
      expect(outputs?.value).toMatchObject(ENCRYPTED);
      expect([world.tenantId, world.subscriptionId, ...clients]).toContain(inputs?.value);
    }
  });
});

/** The resources that the program declares, with their inputs, as the engine shows them. */
function collected(resources: Declared[]): (event: EngineEvent) => void {
  return ({ resourcePreEvent }) => {
    const { type, urn, inputs = {} } = resourcePreEvent?.metadata.new ?? {};
    if (type && urn) resources.push({ type, urn, properties: inputs });
  };
}

interface InState {
  readonly type: string;
  readonly urn: string;
  readonly inputs?: Declared["properties"];
  readonly outputs?: Declared["properties"];
  readonly propertyDependencies?: Declared["dependencies"];
}

/** The state as the backend stores it. */
function exported({ name, workspace }: Stack) {
  const { pulumiCommand, workDir, envVars, pulumiHome } = workspace;
  const text = execFileSync(pulumiCommand.command, ["stack", "export", "--stack", name], {
    cwd: workDir,
    env: { ...process.env, ...envVars, PULUMI_HOME: pulumiHome },
    encoding: "utf8",
  });
  return { text, resources: JSON.parse(text).deployment.resources as readonly InState[] };
}

/** A resource as a policy about stacks sees it: with its outputs. */
function declared({ type, urn, outputs = {}, propertyDependencies }: InState): Declared {
  return { type, urn, properties: outputs, dependencies: propertyDependencies };
}
