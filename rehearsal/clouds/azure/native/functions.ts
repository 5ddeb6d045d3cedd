import type { CloudFunction } from "../../table";
import type { Properties } from "../../wire";
import { CALLER } from "../arm/type";
import { inProviderWords } from "./client";
import type { Instance } from "./instance";
import type { FunctionMetadata } from "./metadata-types";
import { outputsOf, pathOf } from "./shape";

/**
 * A function that reads one resource. Source: pulumi/pulumi-azure-native,
 * provider/pkg/provider/provider.go@c6ef3c6c (`Invoke`). A provider from before its pull request
 * 4708 ignores the argument that chooses the version.
 */
export function getter(metadata: FunctionMetadata, instance: Instance): CloudFunction {
  const { token, path, args: known, apiVersion, versionArgument } = metadata;
  const { azure, client, subscriptionId } = instance;
  const versionOf = (args: Properties) =>
    versionArgument && azure.world.honorsApiVersion ? String(args[versionArgument]) : apiVersion;
  return {
    token,
    call(args) {
      mustFit(token, known, args);
      const id = pathOf(path, { ...args, subscriptionId });
      try {
        return outputsOf(metadata, client.get(id, versionOf(args)));
      } catch (failure) {
        throw inProviderWords(failure, `request failed ${id}: `);
      }
    },
  };
}

/** The provider takes this from its credentials, without a request to ARM. */
export function clientConfig({ azure, subscriptionId }: Instance): CloudFunction {
  const token = "azure-native:authorization:getClientConfig";
  return {
    token,
    call(args) {
      mustFit(token, [], args);
      const { tenantId } = azure.world;
      return { clientId: CALLER, objectId: CALLER, subscriptionId, tenantId };
    },
  };
}

/** A token of the provider's own login: `getClientToken` in the same file. */
export function clientToken(): CloudFunction {
  return {
    token: "azure-native:authorization:getClientToken",
    call: () => ({ token: "token-of-the-login" }),
  };
}

function mustFit(token: string, known: readonly string[], args: Properties): void {
  const given = Object.keys(args).filter((name) => args[name] !== undefined);
  const unknown = given.find((name) => !known.includes(name));
  if (unknown) throw new Error(`the embedded azure-native does not know ${token}.${unknown}`);
  const missing = known.find((name) => args[name] === undefined);
  if (missing) throw new Error(`${token} needs ${missing}`);
}
