import type { Organization, Repository } from "./model";

/** Everything in a repository, in words, for comparisons. */
export function ofRepository(repository: Repository): string[] {
  const { settings, branches, secrets, variables, environments, pullRequests } = repository;
  const { name, defaultBranch } = settings;
  const { subjectTemplate, isNew } = repository;
  return [
    ...(isNew ? [`${settings.archived ? "archived " : ""}repository ${name}`] : []),
    ...[...branches].flatMap(([branch, files]) => [
      ...(branch === defaultBranch ? [] : [`branch ${name}/${branch}`]),
      ...[...files.keys()].map((path) => `file ${name}/${path} on ${branch}`),
    ]),
    ...[...pullRequests.values()]
      .filter(({ state }) => state === "open")
      .map(({ number }) => `open pull request ${name}#${number}`),
    ...(subjectTemplate ? [`subject template of ${name}: ${subjectTemplate.join(",")}`] : []),
    ...[...secrets.keys()].map((secret) => `secret ${name}/${secret}`),
    ...[...variables.keys()].map((variable) => `variable ${name}/${variable}`),
    ...[...environments.values()].flatMap((it) => [
      `environment ${name}/${it.name}`,
      ...[...it.secrets.keys()].map((secret) => `secret ${name}/${it.name}/${secret}`),
      ...[...it.variables.keys()].map((variable) => `variable ${name}/${it.name}/${variable}`),
    ]),
  ];
}

/** Values of an organization, in words. */
export function ofOrganization({ secrets, variables }: Organization): string[] {
  return [
    ...[...secrets.keys()].map((name) => `secret of the organization ${name}`),
    ...[...variables.keys()].map((name) => `variable of the organization ${name}`),
  ];
}
