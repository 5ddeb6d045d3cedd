import type * as pulumi from "@pulumi/pulumi";
import type { PipelinePlan } from "../../planning/stack-plan";
import { identityKey } from "../../trust/identity";
import { accessName, identityName, sharedUseName } from "../../trust/resource-names";
import type { AzureArgs } from "../azure-args";
import { AS_PLANNED, type Settle } from "../settle";
import { federatedCredentials, type Principal } from "./federated-credentials";
import { PipelineIdentity } from "./pipeline-identity";
import { registryAccess } from "./registry-access";
import type { SharedIdentity } from "./shared-identity";
import { signerAccess } from "./signer-access";

type Plan = Pick<PipelinePlan, "identity" | "credentials" | "terms" | "registries" | "profiles">;

/** Whom a pipeline's runs log in as, and what they can then do. */
export interface AccessArgs extends Plan, AzureArgs {
  /** Puts real values into the plan. Default: the plan has them. */
  readonly settle?: Settle;
  /** The shared identity, where `identity` names one. Default: the identity is the pipeline's own. */
  readonly shared?: {
    readonly identity: SharedIdentity;
    /** Credentials that other pipelines gave it before: Entra refuses two writes at once. */
    readonly credentials: readonly pulumi.Resource[];
  };
}

/** Whom a pipeline's runs log in as, and everything that must exist before a run does. */
export interface Access {
  readonly principal: Principal;
  /** Credentials that the pipeline gave a shared identity. */
  readonly credentials: readonly pulumi.Resource[];
  readonly ready: readonly pulumi.Resource[];
  /** Known when everything is made. */
  readonly done: ReadonlyArray<pulumi.Output<unknown>>;
}

/** The identity with its credentials and roles; a shared identity has its roles already. */
export function pipelineAccess(
  name: string,
  { identity, terms, registries, profiles, shared, ...args }: AccessArgs,
  parent: pulumi.Resource,
  after: readonly pulumi.Resource[],
): Access {
  const { provider, assignments: held, foundation, generation = {}, settle = AS_PLANNED } = args;
  const credentials = args.credentials.map(({ subject, expression, ...it }) => ({
    ...it,
    subject: settle(subject),
    ...(expression !== undefined && { expression: settle(expression) }),
  }));
  if (identity.kind === "shared") {
    if (!shared) throw new Error(`pipeline ${name} needs the shared identity ${identity.name}`);
    const principal = shared.identity;
    const use = sharedUseName(name, identity.name);
    const opts = { parent, provider, after: [...after, ...shared.credentials] };
    const own = federatedCredentials(use, principal.holder, credentials, terms, opts);
    const done = [principal.done, ...own.map(({ id }) => id)];
    return { principal, credentials: own, ready: [principal, ...own], done };
  }
  const key = identityKey(identity);
  const prefix = accessName(name, key);
  const principal = new PipelineIdentity(
    identityName(name, key),
    { identity, credentials, terms, after },
    { parent, ...(provider && { providers: [provider] }) },
  );
  const who = { principalId: principal.principalId, held, after: foundation };
  const ready = [
    principal,
    ...registries.map((scope) =>
      registryAccess(prefix, scope, { ...who, generation: generation.registry }, parent),
    ),
    ...profiles.map((scope) =>
      signerAccess(prefix, scope, { ...who, generation: generation.profile }, parent),
    ),
  ];
  return { principal, credentials: [], ready, done: ready.map((it) => it.done) };
}
