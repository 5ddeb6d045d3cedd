import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { PipelineIdentity } from "../../components/access/pipeline-identity";
import { RegistryAccess } from "../../components/access/registry-access";
import { AZURE_CLOUDS, GITHUB_COM } from "../../trust/hosts";
import { declared } from "./mocks";
import { REGISTRY, ROLES, SUBJECT } from "./pipeline-args";

test.each([
  ["usgovernment", "api://AzureADTokenExchangeUSGov"],
  ["china", "api://AzureADTokenExchangeChina"],
] as const)(
  "alone, components work in %s, on a registry without conditions",
  async (cloud, audience) => {
    const made = await declared(() => {
      const { principalId } = new PipelineIdentity("web", {
        identity: {
          kind: "created",
          name: "images-web",
          resourceGroup: "rg-images",
          location: "usgovvirginia",
        },
        credentials: [{ name: "environment-release-immutable", subject: SUBJECT }],
        terms: { issuer: GITHUB_COM.issuer, audience: AZURE_CLOUDS[cloud].audience },
      });
      const registryId = pulumi.output(REGISTRY);
      const roles = { registryId, permissions: "rbac", images: ["web"], principalId } as const;
      new RegistryAccess("web-registry", roles);
    });
    const of = (wanted: string) => made.filter(({ type }) => type === wanted);
    expect(of("FederatedIdentityCredential").map(({ inputs }) => inputs)).toMatchObject([
      { audiences: [audience], issuer: GITHUB_COM.issuer, subject: SUBJECT },
    ]);
    const roles = of("RoleAssignment").map(({ name, inputs }) => [
      name,
      inputs.roleDefinitionId,
      inputs.principalId,
      inputs.condition,
    ]);
    expect(roles).toEqual([
      [
        "web-registry-push",
        `${ROLES}/8311e382-0749-4cb8-b61a-304f252e45ec`,
        "principal",
        undefined,
      ],
      [
        "web-registry-pull",
        `${ROLES}/7f951dda-4ed3-4680-a7ca-43fe172d538d`,
        "principal",
        undefined,
      ],
    ]);
  },
);
