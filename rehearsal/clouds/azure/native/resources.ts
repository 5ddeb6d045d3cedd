import type { ResourceType } from "../../table";
import type { Properties } from "../../wire";
import { Refusal } from "../arm/refusal";
import { checked } from "./check";
import { inProviderWords, isGone } from "./client";
import type { Instance } from "./instance";
import type { ResourceMetadata } from "./metadata-types";
import { refreshed } from "./refresh";
import { bodyOf, inputsOf, outputsOf, pathInputs, pathOf } from "./shape";
import { versionsOf } from "./versions";

/**
 * What the provider does with one type. Source: pulumi/pulumi-azure-native,
 * provider/pkg/provider/provider.go@c6ef3c6c and provider/pkg/crud/crud.go@0354c94d
 */
export function resourceType(metadata: ResourceMetadata, instance: Instance): ResourceType {
  const { token, apiVersion, path, replaceOn, required, versionInput } = metadata;
  const { client, subscriptionId } = instance;
  const chosen = versionInput ? [versionInput] : [];
  const inputs = [...pathInputs(path), ...metadata.top, ...metadata.properties, ...chosen];
  const versions = versionsOf(metadata, instance);
  const idOf = (given: Properties) => pathOf(path, { ...given, subscriptionId });
  const answer = (body: Properties) => outputsOf(metadata, body);

  /** The provider reads after it writes. A failure to do so is only a warning. */
  const readAfter = (id: string, version: string, written: Properties): Properties => {
    try {
      return client.get(id, version);
    } catch {
      return written;
    }
  };
  const mustBeNew = (id: string) => {
    try {
      client.get(id, apiVersion);
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure;
      const { status, body } = failure;
      if (status === 404) return;
      throw new Error(`cannot check existence of resource '${id}': status code ${status}, ${body}`);
    }
    throw new Error(`cannot create already existing resource '${id}'`);
  };
  const write = async (id: string, given: Properties) => {
    try {
      return await client.put(id, versions.of(given), bodyOf(metadata, given));
    } catch (failure) {
      throw inProviderWords(failure);
    }
  };

  return {
    token,
    required,
    optional: [...inputs.filter((name) => !required.includes(name)), "azureApiVersion"],
    computed: metadata.outputs,
    replaceOn: [...pathInputs(path), ...replaceOn],
    check(news, name, olds) {
      if (Object.keys(olds).length > 0) versions.inState(idOf(olds), olds);
      return checked(metadata, instance, name, news, olds);
    },
    async create(given) {
      const wanted = idOf(given);
      mustBeNew(wanted);
      const written = await write(wanted, given);
      const id = typeof written.id === "string" ? written.id : wanted;
      versions.inState(id, given);
      return { id, outputs: answer(readAfter(id, versions.afterCreate(given), written)) };
    },
    read(id, given, before) {
      versions.inState(id, given);
      try {
        const outputs = answer(client.get(id, versions.of(given)));
        const isImport = Object.keys(given).length === 0;
        const own = isImport ? inputsOf(path, id) : {};
        return { id, outputs, inputs: { ...own, ...refreshed(metadata, given, before, outputs) } };
      } catch (failure) {
        if (isGone(failure)) return undefined;
        throw inProviderWords(failure);
      }
    },
    async update(id, given) {
      const [wanted, old] = [idOf(given), versions.lastInState(id)];
      const written = await write(wanted, given);
      versions.inState(id, given);
      return { id, outputs: answer(readAfter(wanted, old, written)) };
    },
    async delete(id) {
      try {
        await client.delete(id, versions.lastInState(id));
      } catch (failure) {
        throw inProviderWords(failure);
      }
    },
  };
}
