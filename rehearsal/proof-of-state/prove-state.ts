import type { StackConfiguration } from "../../configuration/schema";
import { principals } from "../clouds/azure/principals";
import { sameId } from "../clouds/azure/state";
import { type Clouds, embeddedClouds } from "../clouds/clouds";
import { RefusedError } from "../configuration";
import { type Intent, intents } from "../intent";
import { clusterFaults } from "../proof/cluster";
import { idsOf } from "../proof/ids";
import { type ProofRow, prove } from "../proof/prove";
import { accepted, strayTrust } from "../proof/stray";
import type { Report } from "../report";
import { acceptancesOf, meantBy } from "../verification";
import type { World } from "../world/world";
import { readDeployment } from "./deployment";
import { standingClouds } from "./standing-clouds";
import { worldProblems } from "./world-problems";

/** The trust proof of what a stack's state says. */
export interface StateProof {
  /** Whether the trust proof holds. */
  readonly holds: boolean;
  /** Why it does not hold. Empty if it holds. */
  readonly reasons: readonly string[];
  /** The subjects or expressions that the credentials of declared runs accept, by pipeline. */
  readonly trusts: Report["trusts"];
  readonly proof: readonly ProofRow[];
  /** Which images a verifier accepts. Empty while the stack does not know what verifiers trust. */
  readonly accepts: Report["accepts"];
}

/**
 * Proves who can log in to a stack, and what they can do then, from the state of the stack.
 *
 * @param world what the state does not say, such as the form of subjects.
 * @param deployment the content of an export of the stack.
 * @throws RefusedError that lists everything of the world or of the state that cannot be used.
 */
export function proveState(
  configuration: StackConfiguration,
  world: World,
  deployment: unknown,
): StateProof {
  const problems = worldProblems(configuration, world);
  if (problems.length > 0) throw new RefusedError("The world cannot be used", problems);
  const clouds = standingClouds(world, deployment);
  const outputs = outputsIn(deployment);
  const meant = meantBy(intents(configuration, world), outputs);
  const proof = prove(clouds, meant);
  const accepts = acceptancesOf(clouds, meant, outputs);
  const reasons = [
    ...proof.flatMap(({ violations }) => violations),
    ...strayTrust(clouds, meant),
    ...clusterFaults(clouds, meant, configuration.cluster?.issuer),
    ...unmeantTrust(clouds, meant, world, configuration.cluster?.issuer),
    ...accepts.flatMap(({ violations }) => violations),
  ];
  return {
    holds: reasons.length === 0,
    reasons: [...new Set(reasons)],
    trusts: Object.fromEntries(meant.map((it) => [it.pipeline, accepted(clouds, it)])),
    proof,
    accepts,
  };
}

function outputsIn(deployment: unknown): Report["outputs"] {
  const { resources } = readDeployment(deployment);
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

/** Credentials of the state that somebody can log in with, although no pipeline or cluster does. */
function unmeantTrust(
  { azure, github }: Clouds,
  meant: readonly Intent[],
  world: World,
  cluster: string | undefined,
): string[] {
  const used = meant.map((it) => idsOf(github, it).clientId ?? "");
  const before = embeddedClouds(world).azure.credentials;
  const holders = principals(azure).filter(
    ({ clientId }) => !used.some((it) => sameId(it, clientId)),
  );
  return [...azure.credentials].flatMap(([key, credential]) => {
    const { identityId, name, expression, subject, issuer } = credential;
    const isKnown = before.has(key) || issuer === cluster;
    const holder = isKnown ? undefined : holders.find(({ id }) => sameId(id, identityId));
    const what = expression ?? subject;
    return holder
      ? [
          `${holder.name}: credential ${name} trusts ${what}, but no pipeline logs in as ${holder.name}`,
        ]
      : [];
  });
}
