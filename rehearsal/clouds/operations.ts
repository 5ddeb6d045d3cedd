import { isDeepStrictEqual } from "node:util";
import {
  CloudError,
  type Made,
  type ProviderTable,
  type ResourceType,
  type Rules,
  type Traffic,
  type Write,
} from "./table";
import { hasUnknown, type Properties, UNKNOWN } from "./wire";

interface Named {
  readonly type: string;
  readonly name: string;
}

/** What a provider does for the engine, with plain data. */
export type Operations = ReturnType<typeof operations>;

/** The operations of a table. `traffic` records each request, and can disturb each write. */
export function operations(table: ProviderTable, traffic: Traffic) {
  const types = new Map(table.resources.map((type) => [type.token, type]));
  const functions = new Map(table.functions.map((it) => [it.token, it]));

  const rules = table.rules ?? BRIDGED;
  const echo = (inputs: Properties): Properties => (table.echoes ? inputs : {});

  const typeOf = ({ type }: Named): ResourceType => {
    const found = types.get(type);
    if (!found) throw new Error(`the embedded ${table.name} does not serve the type ${type}`);
    return found;
  };

  const write = async <T>(it: Write, work: () => T | Promise<T>): Promise<T> => {
    const fault = traffic.fault?.(it);
    if (fault === "refused") throw new CloudError("503", "injected fault: refused");
    const result = await work();
    traffic.writes.push(it);
    if (fault === "lost") throw new CloudError("502", "injected fault: the answer was lost");
    return result;
  };

  return {
    check(it: Named, news: Properties, olds: Properties = {}) {
      const type = typeOf(it);
      const known = [...type.required, ...type.optional];
      const faults = [
        ...type.required
          .filter((property) => news[property] === undefined)
          .map((property) => ({ property, reason: rules.missing(property) })),
        ...Object.keys(news)
          .filter((property) => !known.includes(property) && !property.startsWith("__"))
          .map((property) => ({
            property,
            reason: `the embedded ${table.name} does not know ${type.token}.${property}`,
          })),
      ];
      if (faults.length > 0 || !type.check) return { inputs: news, faults };
      const { inputs = news, fault } = type.check(news, it.name, olds);
      return { inputs, faults: fault ? [{ property: "", reason: fault }] : [] };
    },

    diff(it: Named, before: Properties, news: Properties, state: Properties = before) {
      const { replaceOn, replaces } = typeOf(it);
      const names = new Set([...Object.keys(before), ...Object.keys(news)]);
      const changed = [...names].filter(
        (name) => !name.startsWith("__") && !rules.same(name, before[name], news[name]),
      );
      const always = changed.filter((name) => replaceOn.includes(name));
      const all = [...always, ...(replaces?.(state, news) ?? [])];
      const first = all.length > 0 && rules.deletesFirst(before);
      return { changed, replaces: all, ...(first && { deleteBeforeReplace: true }) };
    },

    async create(it: Named, inputs: Properties, preview: boolean): Promise<Made> {
      const type = typeOf(it);
      if (preview) {
        return { id: "", outputs: { ...rules.foreseen(type.computed, inputs), ...echo(inputs) } };
      }
      known(type, inputs);
      const made = await write({ operation: "create", token: type.token, name: it.name }, () =>
        type.create(inputs),
      );
      return { id: made.id, outputs: { ...echo(inputs), ...made.outputs } };
    },

    read(it: Named, id: string, inputs: Properties, before: Properties = {}) {
      const type = typeOf(it);
      const isImport = Object.keys(inputs).length === 0;
      const given = isImport ? { ...type.identified?.(id) } : inputs;
      const seen = type.read(id, given, before);
      if (!seen) return undefined;
      const found = { ...given, ...seen.inputs };
      return { inputs: found, outputs: { ...echo(found), ...seen.outputs } };
    },

    async update(it: Named, id: string, inputs: Properties, before: Properties, preview: boolean) {
      const type = typeOf(it);
      if (preview) return { ...rules.foreseen(type.computed, inputs, before), ...echo(inputs) };
      known(type, inputs);
      const made = await write({ operation: "update", token: type.token, name: it.name }, () =>
        type.update(id, inputs, before),
      );
      return { ...echo(inputs), ...made.outputs };
    },

    async delete(it: Named, id: string, outputs: Properties) {
      const type = typeOf(it);
      await write({ operation: "delete", token: type.token, name: it.name }, () =>
        type.delete(id, outputs),
      );
    },

    /** Whether a function sends requests that the traffic records. */
    isRead: (token: string) => functions.get(token)?.request !== undefined,

    invoke(token: string, args: Properties): Properties {
      const found = functions.get(token);
      if (!found)
        throw new Error(`the embedded ${table.name} does not serve the function ${token}`);
      const failure = traffic.failing?.(token);
      if (failure !== undefined) throw new Error(failure);
      const request = found.request?.(args);
      if (request !== undefined) traffic.reads.push(request);
      return found.call(args);
    },
  };
}

/** https://github.com/pulumi/pulumi-terraform-bridge, pkg/tfbridge */
export const BRIDGED: Rules = {
  missing: (property) => `${property} is required`,
  same: (_, before, news) => isDeepStrictEqual(before, news),
  deletesFirst: () => false,
  foreseen: (computed, _, before) =>
    before ?? Object.fromEntries(computed.map((name) => [name, UNKNOWN])),
};

function known(type: ResourceType, inputs: Properties): void {
  if (hasUnknown(inputs)) throw new Error(`${type.token} was given a value that nobody knows yet`);
}
