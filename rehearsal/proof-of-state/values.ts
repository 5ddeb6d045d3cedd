import { z } from "zod";
import type { OrganizationValue, Stored } from "../clouds/github/model";
import { environmentOf } from "./github";
import { repositoryOf } from "./repositories";
import { REFRESH, type Stand, standing, Unfit } from "./standing";

const text = z.string().min(1);
const place = { repository: text, repositoryId: z.number().nullish() };
const inEnvironment = { ...place, environment: text };
const secret = { secretName: text, value: z.string() };
const variable = { variableName: text, value: z.string() };
const ids = z.array(z.number());
const shared = {
  visibility: z.enum(["all", "private", "selected"]),
  selectedRepositoryIds: ids.nullish(),
};

/** How the secrets and variables of a stack stand in the clouds. GitHub compares names in any case. */
export const VALUES: Readonly<Record<string, Stand>> = {
  "github:index/actionsSecret:ActionsSecret": standing(
    z.object({ ...place, ...secret }),
    ({ github }, { secretName, value, ...it }) => {
      keep(repositoryOf(github, it).secrets, secretName, value);
    },
  ),
  "github:index/actionsVariable:ActionsVariable": standing(
    z.object({ ...place, ...variable }),
    ({ github }, { variableName, value, ...it }) => {
      keep(repositoryOf(github, it).variables, variableName, value);
    },
  ),
  "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret": standing(
    z.object({ ...inEnvironment, ...secret }),
    ({ github }, { secretName, value, environment, ...it }) => {
      keep(environmentOf(repositoryOf(github, it), environment).secrets, secretName, value);
    },
  ),
  "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable": standing(
    z.object({ ...inEnvironment, ...variable }),
    ({ github }, { variableName, value, environment, ...it }) => {
      keep(environmentOf(repositoryOf(github, it), environment).variables, variableName, value);
    },
  ),
  "github:index/actionsOrganizationSecret:ActionsOrganizationSecret": standing(
    z.object({ ...secret, ...shared }),
    ({ github }, { secretName, ...it }) => share(github.organization.secrets, secretName, it),
  ),
  "github:index/actionsOrganizationVariable:ActionsOrganizationVariable": standing(
    z.object({ ...variable, ...shared }),
    ({ github }, { variableName, ...it }) => share(github.organization.variables, variableName, it),
  ),
  "github:index/actionsOrganizationSecretRepositories:ActionsOrganizationSecretRepositories":
    standing(
      z.object({ secretName: text, selectedRepositoryIds: ids }),
      ({ github }, { secretName, selectedRepositoryIds: selected }) => {
        const { secrets } = github.organization;
        const found = secrets.get(secretName.toUpperCase());
        if (!found) {
          throw new Unfit(secretName, "a secret that the state or the world has too", REFRESH);
        }
        secrets.set(secretName.toUpperCase(), { ...found, selected });
      },
    ),
};

/** The proof reads values, and not their times. */
const TIMES = { createdAt: "", updatedAt: "" };

function keep(all: Map<string, Stored>, name: string, value: string): void {
  all.set(name.toUpperCase(), { value, ...TIMES });
}

function share(
  all: Map<string, OrganizationValue>,
  name: string,
  {
    value,
    visibility,
    selectedRepositoryIds,
  }: {
    readonly value: string;
    readonly visibility: OrganizationValue["visibility"];
    readonly selectedRepositoryIds?: readonly number[] | null;
  },
): void {
  const selected = selectedRepositoryIds ?? [];
  all.set(name.toUpperCase(), { value, ...TIMES, visibility, selected });
}
