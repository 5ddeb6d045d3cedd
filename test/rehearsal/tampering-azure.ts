import type { AzureState } from "../../rehearsal/clouds/azure/state";
import type { Clouds } from "../../rehearsal/clouds/clouds";

const of = (azure: AzureState, role: string) =>
  [...azure.assignments.values()].find(({ roleGuid }) => roleGuid.startsWith(role)) as {
    condition: string | undefined;
    roleGuid: string;
    scope: string;
    id: string;
  };

const WEB = "web, push to branch main";
/** How what a stack declares in Azure is tampered with, and each violation that the proof then names. */
export const tamperingWithAzure: ReadonlyArray<
  readonly [string, (clouds: Clouds) => void, readonly string[]]
> = [
  [
    "a credential's subject in another case",
    ({ azure }) => {
      for (const it of azure.credentials.values()) it.subject = it.subject.replace("web", "Web");
    },
    [
      `${WEB}: login is refused: AADSTS7002138, the subject differs from the one of branch-main-immutable only in case`,
      "web: credential branch-main-immutable trusts repo:Contoso@5/Web@7:ref:refs/heads/main, but no declared run has that subject",
    ],
  ],
  [
    "a credential with a slash after the issuer",
    ({ azure }) => {
      for (const it of azure.credentials.values())
        it.issuer += it.subject.includes("web") ? "/" : "";
    },
    [
      `${WEB}: login is refused: AADSTS700211, no federated credential has the issuer https://token.actions.githubusercontent.com`,
    ],
  ],
  [
    "a credential for a pull request besides",
    ({ azure }) => {
      const [own] = [...azure.credentials.values()].filter(({ subject }) =>
        subject.includes("web"),
      );
      const subject = "repo:Contoso@5/web@7:pull_request";
      azure.credentials.set("x", { ...(own as NonNullable<typeof own>), name: "extra", subject });
    },
    [
      "web, a pull request: logs in with federated credential extra",
      "web: credential extra trusts repo:Contoso@5/web@7:pull_request, but no declared run has that subject",
    ],
  ],
  [
    "a credential for somebody else's repository",
    ({ azure }) => {
      const own = [...azure.credentials.values()].find((it) => it.subject.includes("web"));
      const subject = "repo:mallory@1/evil@2:ref:refs/heads/main";
      azure.credentials.set("x", { ...(own as NonNullable<typeof own>), name: "extra", subject });
    },
    [
      "web: credential extra trusts repo:mallory@1/evil@2:ref:refs/heads/main, but no declared run has that subject",
    ],
  ],
  [
    "an owner's role besides",
    ({ azure }) => {
      const roleGuid = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
      const own = [...azure.assignments.values()].find((it) => it.condition?.includes("'web'"));
      const scope = azure.subscription;
      azure.assignments.set("x", { ...(own as NonNullable<typeof own>), scope, roleGuid });
    },
    [
      "web: a role that no pipeline needs, 8e3af657-a8ff-443c-a75c-2fe8c4bcb635, on /subscriptions/5ab50000-0000-4000-8000-00000000c0de gives access beyond the pipeline",
    ],
  ],
  [
    "the registry's role on its whole group",
    ({ azure }) => {
      for (const [id, it] of azure.assignments) {
        if (!it.condition?.includes("'web'") || !it.roleGuid.startsWith("2a1e")) continue;
        azure.assignments.set(id, { ...it, scope: azure.groupId("rg-images") });
      }
    },
    [
      "web: Container Registry Repository Writer on /subscriptions/5ab50000-0000-4000-8000-00000000c0de/resourceGroups/rg-images gives access beyond the pipeline",
    ],
  ],
  [
    "the writer's condition removed",
    ({ azure }) => {
      for (const it of azure.assignments.values()) {
        const web = it.condition?.includes("'web'") && it.roleGuid.startsWith("2a1e307c");
        if (web) it.condition = undefined;
      }
    },
    ["pull api", "pull unrelated/image", "push api", "push unrelated/image"].map(
      (what) =>
        `${WEB}: ${what} is allowed: Container Registry Repository Writer on registries/contosoimages`,
    ),
  ],
  [
    "a condition that leaves one data action unguarded",
    ({ azure }) => {
      for (const it of azure.assignments.values()) {
        const writer = it.condition?.includes("'web'") && it.roleGuid.startsWith("2a1e307c");
        if (writer) it.condition = it.condition?.replaceAll("/write'", "/wrote'");
      }
    },
    ["push api", "push unrelated/image"].map(
      (what) =>
        `${WEB}: ${what} is allowed: Container Registry Repository Writer on registries/contosoimages, conditioned`,
    ),
  ],
  [
    "a condition for another image",
    ({ azure }) => {
      for (const it of azure.assignments.values()) {
        it.condition = it.condition?.replaceAll("'web'", "'wet'");
      }
    },
    ["pull web", "push web"].map(
      (what) => `${WEB}: ${what} is refused: no role assignment allows it`,
    ),
  ],
  [
    "legacy roles on an ABAC registry",
    ({ azure }) => {
      const reader = of(azure, "b93aa761");
      const pull = {
        ...reader,
        roleGuid: "8311e382-0749-4cb8-b61a-304f252e45ec",
        condition: undefined,
      };
      for (const [id, it] of azure.assignments) {
        if (it.condition?.includes("'web'")) azure.assignments.delete(id);
      }
      azure.assignments.set("legacy", pull as never);
    },
    ["pull web", "push web"].map(
      (what) => `${WEB}: ${what} is refused: no role assignment allows it`,
    ),
  ],
  [
    "the signer's role taken away",
    ({ azure }) => {
      azure.assignments.delete(of(azure, "2837e146").id.toLowerCase());
      azure.assignments.delete(of(azure, "2837e146").id.toLowerCase());
    },
    ["web, push to branch main", "api, push to branch main"].map(
      (run) => `${run}: sign container-images is refused: no role assignment allows it`,
    ),
  ],
  [
    "the signer's role on the whole account",
    ({ azure }) => {
      for (const [id, it] of azure.assignments) {
        if (!it.roleGuid.startsWith("2837e146")) continue;
        const scope = it.scope.replace(/\/certificateProfiles\/.*/, "");
        azure.assignments.set(id, { ...it, scope });
      }
    },
    ["web, push to branch main", "api, push to branch main"]
      .map(
        (run) =>
          `${run}: sign another-profile is allowed: Artifact Signing Certificate Profile Signer on codeSigningAccounts/contoso-signing`,
      )
      .concat(
        ["web", "api"].map(
          (name) =>
            `${name}: Artifact Signing Certificate Profile Signer on /subscriptions/5ab50000-0000-4000-8000-00000000c0de/resourceGroups/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing gives access beyond the pipeline`,
        ),
      ),
  ],
];
