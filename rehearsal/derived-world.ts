import type { StackConfiguration } from "../config";
import { parseWorld, type World } from "./world";

/** The world in which everything that a configuration takes for granted exists and fits. */
export function derivedWorld(configuration: StackConfiguration): World {
  const { registry, signing, identity, owner, pipelines } = configuration;
  const groups = [registry.resourceGroup, signing.resourceGroup, identity.resourceGroup];
  return parseWorld({
    azure: {
      resourceGroups: [...new Set(groups)],
      registries: [
        {
          resourceGroup: registry.resourceGroup,
          name: registry.name,
          mode: registry.permissions === "rbac" ? "rbac" : "abac",
          loginServer: `${registry.name.toLowerCase()}.azurecr.io`,
        },
      ],
      signingAccounts: [
        {
          resourceGroup: signing.resourceGroup,
          name: signing.account,
          profiles: [{ name: signing.profile }, { name: "another-profile" }],
        },
      ],
    },
    github: {
      owner: { login: owner },
      repositories: Object.entries(pipelines).map(([name, pipeline], index) =>
        repository(name, pipeline, 821093847 + index),
      ),
    },
  });
}

function repository(
  key: string,
  pipeline: StackConfiguration["pipelines"][string],
  id: number,
): World["github"]["repositories"][number] {
  const { environment, tags, adopt, workflow } = pipeline;
  const exact = pipeline.branches?.find((branch) => !branch.includes("*"));
  const defaultBranch = pipeline.branches?.includes("main") ? "main" : (exact ?? "main");
  const branches = pipeline.branches ?? [defaultBranch];
  const policies = [
    ...branches.map((name) => ({ name, type: "branch" as const })),
    ...tags.map((name) => ({ name, type: "tag" as const })),
  ];
  return {
    name: pipeline.repository ?? key,
    id,
    private: true,
    archived: false,
    defaultBranch,
    empty: false,
    immutableSubjects: true,
    protectedBranches: [],
    files: adopt ? { [workflow]: "name: the workflow that is taken over\n" } : {},
    secrets: adopt && pipeline.ids === "secrets" ? ["AZURE_CLIENT_ID"] : [],
    variables: [],
    environments:
      adopt && environment ? [{ name: environment, reviewers: ["alice"], policies }] : [],
  };
}
