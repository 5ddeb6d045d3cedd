import type { StackConfiguration } from "../configuration/schema";
import type { Snapshot } from "../snapshot";
import { MAX_CONDITION } from "../trust/conditions";
import { AZURE_CLOUDS } from "../trust/hosts";
import { PENDING_CLIENT_ID } from "../trust/pending";
import { CLUSTER } from "../trust/resource-names";
import { pullGrants } from "../trust/roles";
import { verificationFiles } from "../verification/files";
import { type ClusterPlan, clusterFiles } from "../verification/kubernetes/cluster-files";
import { createdIdentity } from "./identity";
import { type Report, under } from "./report";
import type { StackPlan } from "./stack-plan";
import { type Signing, statementOf } from "./workflow-files";

/**
 * The service account of Ratify's Helm chart, which has a fixed name.
 * Source: https://github.com/notaryproject/ratify/blob/v1.4.6/charts/ratify/values.yaml
 */
const RATIFY = "system:serviceaccount:gatekeeper-system:ratify-admin";

/** What the cluster of a stack logs in as, to pull signatures of all pipelines. */
export function planCluster(
  configuration: StackConfiguration,
  signing: Signing | undefined,
  snapshot: Snapshot,
  report: Report,
): StackPlan["cluster"] {
  const { cluster, pipelines } = configuration;
  if (!cluster?.issuer) return undefined;
  const at = under(report, "countersign:cluster");
  const identity = createdIdentity(CLUSTER, configuration, snapshot, at);
  if (!signing) return undefined;
  const { loginServer: _, ...registry } = signing.registry;
  const images = Object.values(pipelines).flatMap((it) => it.images.map(({ name }) => name));
  const [{ condition = "" } = {}] = pullGrants(registry.permissions, images);
  if (condition.length > MAX_CONDITION) {
    const expected = `image names that fit into one role condition of ${MAX_CONDITION} characters`;
    const fix = `The images of all pipelines need ${condition.length} characters. Use another stack for some of them.`;
    at("", images.length, expected, fix);
  }
  return {
    identity,
    credentials: [{ name: "ratify", subject: RATIFY }],
    terms: { issuer: cluster.issuer, audience: AZURE_CLOUDS.public.audience },
    registry: { ...registry, images },
    access: "pull",
  };
}

/** What verifiers of all pipelines need; undefined while it is not known what they trust. */
export function planVerification(
  { pipelines, cluster }: StackConfiguration,
  { trust: known, registry }: Signing,
  stack: string,
): Record<string, string> | undefined {
  if (!known) return undefined;
  const statements = Object.entries(pipelines).map(([name, wanted]) =>
    statementOf(stack, name, wanted, registry),
  );
  const trust = { ...known, statements };
  return { ...verificationFiles(trust, registry), ...(cluster && filesFor(trust, cluster)) };
}

type Wanted = NonNullable<StackConfiguration["cluster"]>;

function filesFor(trust: Parameters<typeof clusterFiles>[0], { issuer, ...wanted }: Wanted) {
  const plan: ClusterPlan = { ...wanted, clientId: issuer && PENDING_CLIENT_ID };
  return clusterFiles(trust, plan);
}
