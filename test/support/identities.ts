import type { EngineEvent } from "@pulumi/pulumi/automation";
import { expect } from "vitest";
import { principals } from "../../rehearsal/clouds/azure/principals";
import { BUILT_IN_ROLES } from "../../rehearsal/clouds/azure/roles";
import { sameId } from "../../rehearsal/clouds/azure/state";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { prove } from "../../rehearsal/proof/prove";
import type { WorldInput } from "../../rehearsal/world/world";
import { type Bench, type Config, config, world } from "./engine";
import { meant } from "./meant";

/** A stack with these pipelines, each by its name. */
export const stackOf = (pipelines: Config) => config({ "countersign:pipelines": pipelines });

type Repositories = NonNullable<WorldInput["github"]["repositories"]>;

/** A world in which others made identities and applications. */
export function inhabited(
  azure: Pick<WorldInput["azure"], "identities" | "applications">,
  repositories?: Repositories,
): WorldInput {
  const it = world({ repositories });
  return { ...it, azure: { ...it.azure, ...azure } };
}

export const IDENTITY = { resourceGroup: "rg-other", name: "signer" };
export const APPLICATION = {
  displayName: "Release signer",
  clientId: "aaaa0000-0000-4000-8000-00000000c0de",
};
const SUBSCRIPTION = "5ab50000-0000-4000-8000-00000000c0de";

/** Resource id of an identity in `rg-other`. */
export const identityId = (name: string, subscription = SUBSCRIPTION) =>
  `/subscriptions/${subscription}/resourceGroups/rg-other/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;

/** All that Azure and Entra hold, in words: whose it is, and what it admits. */
export function held({ azure }: Clouds): string[] {
  const all = principals(azure);
  const holder = (id: string) => all.find((it) => sameId(it.id, id))?.name ?? "nobody";
  const assignee = (id: string) => all.find((it) => it.principalId === id)?.name ?? "nobody";
  return [
    ...[...azure.identities.values()].map(({ name }) => `identity ${name}`),
    ...[...azure.applications.values()].flatMap(({ displayName, owners, servicePrincipal }) => [
      `application ${displayName}`,
      ...owners.map((owner) => `application ${displayName}, owner ${owner}`),
      ...(servicePrincipal ? [`application ${displayName}, service principal`] : []),
    ]),
    ...[...azure.credentials.values()].map(
      ({ identityId, name, subject, expression }) =>
        `${holder(identityId)} trusts ${expression ?? subject} (${name})`,
    ),
    ...[...azure.assignments.values()].map(({ principalId, roleGuid, scope, condition }) => {
      const images = condition?.match(/(?<=StringEqualsIgnoreCase ')[^']+/g);
      const on = `${scope.split("/").at(-1)}${images ? ` for ${images.join(", ")}` : ""}`;
      return `${assignee(principalId)} is ${BUILT_IN_ROLES[roleGuid]?.name} on ${on}`;
    }),
  ].sort();
}

/** A managed identity that may push these images and sign them, and whom it trusts. */
export function ownIdentity(name: string, images: readonly string[], trusts: readonly string[]) {
  return [`identity ${name}`, ...powers(name, images, trusts)].sort();
}

/** An application likewise, with its service principal. */
export function ownApplication(name: string, images: readonly string[], trusts: readonly string[]) {
  const made = [`application ${name}`, `application ${name}, service principal`];
  return [...made, ...powers(name, images, trusts)].sort();
}

/** The credentials and the roles alone. */
export function powers(name: string, images: readonly string[], trusts: readonly string[]) {
  const reach = `on contosoimages for ${images.join(", ")}`;
  return [
    ...trusts.map((it) => `${name} trusts ${it}`),
    `${name} is Artifact Signing Certificate Profile Signer on container-images`,
    `${name} is Container Registry Repository Reader ${reach}`,
    `${name} is Container Registry Repository Writer ${reach}`,
  ].sort();
}

/** The client id that a pipeline's runs log in with. */
export const clientIdOf = ({ github }: Clouds, repository: string) =>
  github.repository(repository).secrets.get("AZURE_CLIENT_ID")?.value;

export const violations = (clouds: Clouds, config: Config, world: WorldInput) =>
  prove(clouds, meant(config, world)).flatMap((row) => row.violations);

const QUIET = { created: 0, updated: 0, replaced: 0, deleted: 0 };

/** Made, unchanged, unchanged after a refresh, and gone but for what was there before. */
export async function live(
  { run, clouds }: Bench,
  resources: number,
  whileThere: () => void,
): Promise<void> {
  const before = clouds.inventory();
  const values = structuredClone([...clouds.azure.credentials.values()]);
  expect(await run("preview", "preview")).toMatchObject({ ...QUIET, created: resources });
  expect(clouds.inventory()).toEqual(before);
  expect(await run("up", "up")).toMatchObject({ ...QUIET, created: resources });
  const made = clouds.inventory();
  whileThere();
  const quiet = { ...QUIET, unchanged: resources };
  expect(await run("up", "up again")).toMatchObject(quiet);
  expect(await run("refresh", "refresh")).toMatchObject(quiet);
  expect(await run("up", "up after refresh")).toMatchObject(quiet);
  expect(clouds.inventory()).toEqual(made);
  expect(await run("destroy", "destroy")).toMatchObject({ ...QUIET, deleted: resources });
  expect(clouds.inventory()).toEqual(before);
  expect([...clouds.azure.credentials.values()]).toEqual(values);
}

/** What the engine says of one severity, and of which resource. */
export function listen(severity: "info" | "warning") {
  const said: string[] = [];
  const onEvent = ({ diagnosticEvent: it }: EngineEvent) => {
    if (it?.severity !== severity) return;
    said.push(`${it.urn?.split("::").slice(2).join(" ")}: ${it.message.trim()}`);
  };
  return { said, onEvent };
}
