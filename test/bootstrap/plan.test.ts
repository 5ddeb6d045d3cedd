import { expect, test } from "vitest";
import { planBootstrap } from "../../bootstrap/plan";
import { parseCondition } from "../../rehearsal/clouds/azure/condition-language";
import { config } from "../support/config";
import { stored } from "../support/planning";
import { found, OF, plan, read, VALUES } from "./planned";

const GROUP = "/subscriptions/sub-1/resourceGroups";
const REGISTRY = `${GROUP}/rg-images/providers/Microsoft.ContainerRegistry/registries/contosoimages`;
const ACCOUNT = `${GROUP}/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing`;

test("each job trusts its own environment, and has no more roles than it needs", () => {
  const { plan: planned, problems } = plan(found());
  expect(problems).toEqual([]);
  const jobs = planned?.jobs.map(({ key, identity, credential, grants }) => ({
    key,
    name: identity.name,
    credential,
    grants: grants.map((it) => `${it.key} ${it.scope}${it.condition ? ", limited" : ""}`),
  }));
  const reads = [
    `reads-registry ${REGISTRY}`,
    `reads-signing ${ACCOUNT}`,
    `reads-identities ${GROUP}/rg-images`,
  ];
  expect(jobs).toEqual([
    {
      key: "preview",
      name: "countersign-bootstrap-prod-preview",
      credential: {
        name: "environment-countersign-preview-immutable",
        subject: "repo:Contoso@5/platform@9:environment:countersign-preview",
      },
      grants: reads,
    },
    {
      key: "deploy",
      name: "countersign-bootstrap-prod-deploy",
      credential: {
        name: "environment-countersign-deploy-immutable",
        subject: "repo:Contoso@5/platform@9:environment:countersign-deploy",
      },
      grants: [
        ...reads,
        `makes-identities ${GROUP}/rg-images`,
        `assigns-registry ${REGISTRY}, limited`,
        `assigns-profile ${ACCOUNT}/certificateProfiles/container-images, limited`,
      ],
    },
  ]);
});

test("an identity that exists already can be read by the preview, and written by the deployment", () => {
  const existing = { name: "theirs", resourceGroup: "rg-other" };
  const stack = stored(config({ "countersign:pipelines": { web: { identity: { existing } } } }));
  const { configuration } = read(VALUES, stack);
  if (!configuration) throw new Error("no configuration");
  const { plan: planned } = planBootstrap(configuration, found(), OF);
  const id = `${GROUP}/rg-other/providers/Microsoft.ManagedIdentity/userAssignedIdentities/theirs`;
  const keys = planned?.jobs.map(({ grants }) =>
    grants.filter(({ scope }) => scope === id).map(({ key }) => key),
  );
  expect(keys).toEqual([["reads-identity-1"], ["reads-identity-1", "writes-identity-1"]]);
});

test("Pulumi Cloud trusts exactly the two environments", () => {
  const organization = { ...VALUES, "bootstrap:organization": "contoso" };
  const of = (job: string) => ({
    aud: "urn:pulumi:org:contoso",
    sub: `repo:Contoso@5/platform@9:environment:countersign-${job}`,
  });
  expect(plan(found()).plan).not.toHaveProperty("pulumi");
  expect(plan(found(), organization).plan?.pulumi).toEqual({
    organization: "contoso",
    issuer: "https://token.actions.githubusercontent.com",
    policies: [
      { tokenType: "organization", rules: of("preview") },
      { tokenType: "organization", rules: of("deploy") },
    ],
  });
  const teams = { "bootstrap:teams": '{"preview":"readers","deploy":"platform"}' };
  expect(plan(found(), { ...organization, ...teams }).plan?.pulumi?.policies).toEqual([
    { tokenType: "team", teamName: "readers", rules: of("preview") },
    { tokenType: "team", teamName: "platform", rules: of("deploy") },
  ]);
});

test.each([
  [
    "the write of a role of the stack",
    "write",
    "8311e382-0749-4cb8-b61a-304f252e45ec",
    "ServicePrincipal",
    true,
  ],
  ["its deletion", "delete", "8311e382-0749-4cb8-b61a-304f252e45ec", "ServicePrincipal", true],
  ["for a person", "write", "8311e382-0749-4cb8-b61a-304f252e45ec", "User", false],
  [
    "the write of another role",
    "write",
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "ServicePrincipal",
    false,
  ],
  [
    "its deletion, too",
    "delete",
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "ServicePrincipal",
    false,
  ],
])("the condition decides about %s", (_, act, role, type, allowed) => {
  const { plan: planned } = plan(found());
  const grant = planned?.jobs[1]?.grants.find(({ key }) => key === "assigns-registry");
  const base = "Microsoft.Authorization/roleAssignments";
  const request = {
    dataAction: `${base}/${act}`,
    attributes: { [`${base}:RoleDefinitionId`]: role, [`${base}:PrincipalType`]: type },
  };
  expect(parseCondition(grant?.condition ?? "")(request)).toBe(allowed);
});
