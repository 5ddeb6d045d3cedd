import type { ResourceType } from "../../table";
import type { Properties } from "../../wire";
import { Refusal } from "../arm/refusal";
import { checked } from "./check";
import { inProviderWords, isGone } from "./client";
import type { Instance } from "./instance";
import type { ResourceMetadata } from "./metadata";
import { bodyOf, inputsOf, outputsOf, pathInputs, pathOf, refreshed } from "./shape";

/**
 * What the provider does with one type. Source: pulumi/pulumi-azure-native,
 * provider/pkg/provider/provider.go@c6ef3c6c and provider/pkg/crud/crud.go@0354c94d
 */
export function resourceType(metadata: ResourceMetadata, instance: Instance): ResourceType {
  const { token, apiVersion, path, replaceOn } = metadata;
  const { client, subscriptionId } = instance;
  const inputs = [...pathInputs(path), ...metadata.top, ...metadata.properties];
  const required = metadata.required;
  const idOf = (given: Properties) => pathOf(path, { ...given, subscriptionId });
  const answer = (body: Properties) => outputsOf(metadata, body);

  /** The provider reads after it writes. A failure to do so is only a warning. */
  const readAfter = (id: string, written: Properties): Properties => {
    try {
      return client.get(id, apiVersion);
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
      return await client.put(id, apiVersion, bodyOf(metadata, given));
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
    check: (news, name, olds) => checked(metadata, instance, name, news, olds),
    async create(given) {
      const wanted = idOf(given);
      mustBeNew(wanted);
      const written = await write(wanted, given);
      const id = typeof written.id === "string" ? written.id : wanted;
      return { id, outputs: answer(readAfter(id, written)) };
    },
    read(id, given, before) {
      try {
        const outputs = answer(client.get(id, apiVersion));
        const isImport = Object.keys(given).length === 0;
        const own = isImport ? inputsOf(path, id) : {};
        return { id, outputs, inputs: { ...own, ...refreshed(metadata, before, outputs) } };
      } catch (failure) {
        if (isGone(failure)) return undefined;
        throw inProviderWords(failure);
      }
    },
    async update(id, given) {
      const written = await write(idOf(given), given);
      return { id, outputs: answer(readAfter(id, written)) };
    },
    async delete(id) {
      try {
        await client.delete(id, apiVersion);
      } catch (failure) {
        throw inProviderWords(failure);
      }
    },
  };
}
