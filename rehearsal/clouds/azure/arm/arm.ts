import { isProperties, type Properties } from "../../wire";
import { type AzureState, sameId } from "../state";
import { groupsOf, subscriptionsOf } from "../subscriptions";
import { roleAssignments } from "./assignments";
import { federatedCredentials } from "./credentials";
import { resourceGroups } from "./groups";
import { userAssignedIdentities } from "./identities";
import {
  groupNotFound,
  Refusal,
  resourceNotFound,
  subscriptionNotFound,
  throttled,
  versionNotRegistered,
} from "./refusal";
import { registries } from "./registries";
import { certificateProfiles, codeSigningAccounts } from "./signing";
import { type Target, targetOf } from "./target";
import { type ArmType, CALLER } from "./type";
import { atVersion } from "./versions";

const LOCATION = "westeurope";

/** What the limits of ARM call a request. */
const KINDS = { GET: "read", PUT: "write", PATCH: "write", DELETE: "delete" } as const;
type Method = keyof typeof KINDS;

/**
 * Azure Resource Manager. A request has a method, a path and an API version, and nothing else
 * decides what ARM does. Each method throws a Refusal if ARM refuses the request.
 */
export class Arm {
  private readonly types: readonly ArmType[];
  private toThrottle: number;

  constructor(private readonly azure: AzureState) {
    this.toThrottle = azure.world.faults.throttled;
    this.types = [
      resourceGroups(azure),
      registries(azure),
      userAssignedIdentities(azure),
      federatedCredentials(azure),
      roleAssignments(azure),
      // Artifact Signing exists only in the public cloud:
      // https://learn.microsoft.com/azure/artifact-signing/quickstart (u)
      ...(azure.world.environment === "public"
        ? [codeSigningAccounts(azure), certificateProfiles(azure)]
        : []),
    ];
  }

  get(path: string, version: string): Properties {
    const { target, type } = this.received("GET", path, version);
    const body = type.find(target);
    // ARM answers 404 before it looks at the version:
    // https://github.com/pulumi/pulumi-azure-native/issues/4337
    if (!body) throw (type.missing ?? resourceNotFound)(target);
    mustBeRegistered(type, version, body.location);
    return inVersion(type, body, version);
  }

  async put(path: string, version: string, body: Properties): Promise<Properties> {
    const { target, type } = this.received("PUT", path, version);
    mustBeRegistered(type, version, body.location);
    if (!type.put) throw notAllowed("PUT");
    const given = inVersion(type, body, version);
    return inVersion(type, await type.put(target, given, version), version);
  }

  patch(path: string, version: string, body: Properties): Properties {
    const { target, type } = this.received("PATCH", path, version);
    if (!type.find(target)) throw (type.missing ?? resourceNotFound)(target);
    mustBeRegistered(type, version, undefined);
    if (!type.patch) throw notAllowed("PATCH");
    return inVersion(type, type.patch(target, inVersion(type, body, version)), version);
  }

  async delete(path: string, version: string): Promise<void> {
    const { target, type } = this.received("DELETE", path, version);
    if (!type.find(target)) throw (type.missing ?? resourceNotFound)(target);
    mustBeRegistered(type, version, undefined);
    if (!type.remove) throw notAllowed("DELETE");
    await type.remove(target);
  }

  /** What ARM checks before the service of the resource gets the request. */
  private received(method: Method, path: string, version: string) {
    const { world } = this.azure;
    this.azure.requests.push(`${method} ${path}?api-version=${version}`);
    const target = targetOf(path);
    const { subscription, group } = target;
    if (this.toThrottle > 0) {
      this.toThrottle -= 1;
      throw throttled(KINDS[method], subscription ?? "", CALLER);
    }
    if (subscription && !subscriptionsOf(world).some((it) => sameId(it, subscription))) {
      throw subscriptionNotFound(subscription);
    }
    if (group && !groupsOf(world, subscription ?? "").some((it) => sameId(it, group))) {
      throw groupNotFound(group);
    }
    return { target, type: this.typeOf(target, version) };
  }

  /** The texts are unverified (u). */
  private typeOf({ namespace, types }: Target, version: string): ArmType {
    const known = this.types.filter((it) => sameId(it.namespace, namespace));
    const found = known.find((it) => sameId(it.type, types.join("/")));
    if (found) return found;
    throw known.length === 0
      ? new Refusal(
          404,
          "InvalidResourceNamespace",
          `The resource namespace '${namespace}' is invalid.`,
        )
      : new Refusal(
          404,
          "InvalidResourceType",
          `The resource type '${types.join("/")}' could not be found in the namespace '${namespace}' for api version '${version}'.`,
        );
  }
}

function mustBeRegistered(type: ArmType, version: string, location: unknown): void {
  if (type.versions.includes(version)) return;
  const where = typeof location === "string" && location !== "" ? location : LOCATION;
  throw versionNotRegistered(type.type, version, type.versions, where);
}

function inVersion({ introduced }: ArmType, body: Properties, version: string): Properties {
  const { properties } = body;
  if (!introduced || !isProperties(properties)) return body;
  return { ...body, properties: atVersion(properties, introduced, version) };
}

function notAllowed(method: string): Refusal {
  // (u)
  return new Refusal(405, "MethodNotAllowed", `The embedded ARM does not serve ${method} here.`);
}
