import { getClientConfig } from "@pulumi/azure-native/authorization";
import { getCodeSigningAccount } from "@pulumi/azure-native/codesigning";
import {
  FederatedIdentityCredential,
  UserAssignedIdentity,
} from "@pulumi/azure-native/managedidentity";
import { Provider } from "@pulumi/azure-native/provider";
import type * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { config, onEngine, reasonOf, world } from "../../support/engine";
import { armRefusal } from "../support";

const OWN = "5ab50000-0000-4000-8000-00000000c0de";
const OTHER = "0b1e0000-0000-4000-8000-00000000c0de";
const there = (): ReturnType<typeof world> => {
  const it = world();
  const otherSubscriptions = [{ subscriptionId: OTHER, resourceGroups: ["rg-platform"] }];
  return { ...it, azure: { ...it.azure, otherSubscriptions } };
};

/** The real SDK, with a provider of its own for another subscription. */
async function program() {
  const provider = new Provider("platform", { subscriptionId: OTHER });
  const identity = (name: string, resourceGroupName: string, opts?: pulumi.ResourceOptions) =>
    new UserAssignedIdentity(
      name,
      { resourceGroupName, location: "West Europe", tags: { team: name } },
      opts,
    );
  const own = identity("own", "rg-images");
  const other = identity("other", "rg-platform", { provider });
  const credential = new FederatedIdentityCredential(
    "main",
    {
      resourceGroupName: "rg-platform",
      resourceName: other.name,
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:Contoso/web:ref:refs/heads/main",
      audiences: ["api://AzureADTokenExchange"],
    },
    { provider },
  );
  const clients = [{}, { provider }].map((opts) => getClientConfig(opts));
  const subscriptions = (await Promise.all(clients)).map((it) => it.subscriptionId);
  return { own: own.id, other: other.id, credential: credential.name, subscriptions };
}

test("two instances of the provider work in their own subscriptions", async () => {
  await onEngine({ program, world: there() }, async ({ run, outputs, clouds }) => {
    await run("preview", "preview");
    await run("up", "up");
    const { own, other, credential, subscriptions } = await outputs();
    const at = (id: string, group: string) =>
      expect.stringMatching(
        `^/subscriptions/${id}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/o[a-z]+[0-9a-f]{8}$`,
      );
    expect(subscriptions?.value).toEqual([OWN, OTHER]);
    expect(own?.value).toEqual(at(OWN, "rg-images"));
    expect(other?.value).toEqual(at(OTHER, "rg-platform"));
    expect(credential?.value).toBe("main");
    expect(await run("refresh", "refresh")).toMatchObject({ updated: 0, deleted: 0 });
    expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, replaced: 0 });
    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual([]);
  });
});

test("the configuration of the stack decides where the default instance works", async () => {
  const settings = config({ "azure-native:subscriptionId": OTHER });
  const work = async () => getClientConfig();
  await onEngine({ program: work, config: settings, world: there() }, async (bench) => {
    await bench.run("up", "up");
    expect((await bench.outputs()).subscriptionId?.value).toBe(OTHER);
  });
});

test("a failed read says what the real provider says", async () => {
  const args = { resourceGroupName: "nope", accountName: "contoso-signing" };
  const work = async () => getCodeSigningAccount(args);
  await onEngine({ program: work, world: there() }, async ({ run }) => {
    const id = `/subscriptions/${OWN}/resourceGroups/nope/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing`;
    const { message } = armRefusal(
      404,
      "ResourceGroupNotFound",
      "Resource group 'nope' could not be found.",
    );
    expect(await reasonOf(run("preview", "preview"))).toContain(
      `invocation of azure-native:codesigning:getCodeSigningAccount returned an error: request failed ${id}: ${message}`,
    );
  });
});
