import type { Properties } from "../../wire";
import type { Instance } from "./instance";
import type { ResourceMetadata } from "./metadata-types";

/**
 * The version of each request about a type. Where an input chooses it, most requests have the
 * version of the inputs in the state. The existence check has the version of the type. Source:
 * pulumi/pulumi-azure-native, provider/pkg/provider/provider.go@c6ef3c6c (`getApiVersion`,
 * `reader`) and provider/pkg/provider/crud/crud.go@0354c94d (`CanCreate`)
 */
export function versionsOf({ apiVersion, versionInput }: ResourceMetadata, { azure }: Instance) {
  const of = (inputs: Properties): string => {
    const chosen = versionInput && inputs[versionInput];
    return typeof chosen === "string" ? chosen : apiVersion;
  };
  return {
    of,

    /** Before its pull request 4692, the provider read in the version of the type. */
    afterCreate: (inputs: Properties) => (azure.world.honorsApiVersion ? of(inputs) : apiVersion),

    /**
     * The engine sends the inputs in the state with each update and deletion. The tables of the
     * embedded providers do not pass them on, so that this notes the version in them.
     */
    inState(id: string, inputs: Properties): void {
      if (versionInput) azure.versionsInState.set(keyOf(id), of(inputs));
    },

    lastInState: (id: string) => azure.versionsInState.get(keyOf(id)) ?? apiVersion,
  };
}

/** An id that the provider makes of inputs can have an empty part. */
function keyOf(id: string): string {
  return id.replace(/\/+/g, "/").toLowerCase();
}
