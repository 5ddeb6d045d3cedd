import { imagesOf } from "./conditions";
import type { KnownResource } from "./resources";
import { type Action, roleOf } from "./role-actions";

/** Something that a run can do in Azure after it logged in. */
export interface Right {
  readonly action: Action;
  /** Such as `contosoimages/web`, or `contoso-signing/container-images`. */
  readonly target: string;
  /** The text of a condition that has another form than Countersign's. */
  readonly condition?: string;
}

/** Runs with this subject can log in as this identity, and then have these rights. */
export interface Trust {
  readonly repository?: string;
  /** Environments of the pipeline that the stack declares. */
  readonly environments: readonly string[];
  /** Subject of a GitHub token, or the pattern of a flexible credential. */
  readonly subject: string;
  /** Who signs these tokens. */
  readonly issuer: string;
  readonly identity: string;
  readonly rights: readonly Right[];
  /** Which runs get such a token, as far as the stack decides: refs, and whether a review is needed. */
  readonly gates: readonly string[];
}

const IDENTITY = /:(?:UserAssignedIdentity|ApplicationRegistration|ServicePrincipal)$/;
const CREDENTIAL = /FederatedIdentityCredential$/;

/** Who can log in, and what they can then do, by the resources of a stack. */
export function trustsOf(resources: readonly KnownResource[]): Trust[] {
  const byUrn = new Map(resources.map((it) => [it.urn, it]));
  const rootOf = (it: KnownResource): string => {
    const parent = it.parent === undefined ? undefined : byUrn.get(it.parent);
    return !parent || parent.type === "pulumi:pulumi:Stack" ? it.urn : rootOf(parent);
  };
  // A pipeline's credential can be on an identity that several pipelines share. An identity that
  // exists already is no resource, and belongs to the pipeline.
  const ownerOf = (it: KnownResource): string => {
    const identity = it.dependencies
      .map((urn) => byUrn.get(urn))
      .find((dependency) => dependency && IDENTITY.test(dependency.type));
    return rootOf(identity ?? it);
  };
  const within = (root: string) => resources.filter((it) => rootOf(it) === root);
  const credentials = resources.filter(({ type }) => CREDENTIAL.test(type));
  const owners = new Set(credentials.map(ownerOf));
  const trusts = credentials.map((credential): Trust => {
    const pipeline = within(rootOf(credential));
    const owner = ownerOf(credential);
    const assignments = resources.filter((it) => isAssignment(it) && ownerOf(it) === owner);
    const [repository] = texts(pipeline, "repository");
    const subject = subjectOf(credential);
    return {
      ...(repository && { repository }),
      environments: texts(
        pipeline.filter(({ type }) => type.endsWith(":RepositoryEnvironment")),
        "environment",
      ),
      subject,
      issuer: String(credential.inputs.issuer ?? "?"),
      identity: identityOf(credential, within(owner)),
      rights: sorted(assignments.flatMap(rightsOf)),
      gates: gatesOf(subject, pipeline),
    };
  });
  // Somebody whom no credential of this stack lets in.
  const strangers = resources
    .filter((it) => isAssignment(it) && !owners.has(ownerOf(it)))
    .map((it): Trust => {
      const identity = String(it.inputs.principalId ?? "?");
      const rights = sorted(rightsOf(it));
      const subject = `principal ${identity}`;
      return { environments: [], subject, issuer: "?", identity, rights, gates: [] };
    });
  return [...trusts, ...unique(strangers)].sort((one, other) =>
    compare(one.subject, other.subject),
  );
}

function isAssignment({ type }: KnownResource): boolean {
  return type.endsWith(":RoleAssignment");
}

/** The engine registers the roles in any order. */
function sorted(rights: readonly Right[]): Right[] {
  return unique(rights).sort((one, other) => compare(inOrder(one), inOrder(other)));
}

/** What the environments of a subject let in. An environment without reviewers asks nobody. */
function gatesOf(subject: string, pipeline: readonly KnownResource[]): string[] {
  const own = pipeline.filter(
    ({ inputs: { environment } }) =>
      typeof environment === "string" && subject.endsWith(`environment:${environment}`),
  );
  return own.flatMap(({ type, inputs }) => {
    const { branchPattern, tagPattern, reviewers } = inputs;
    if (type.endsWith(":RepositoryEnvironmentDeploymentPolicy")) {
      return branchPattern ? [`run on branch ${branchPattern}`] : [`run on tag ${tagPattern}`];
    }
    const isReviewed = Array.isArray(reviewers) && reviewers.length > 0;
    return type.endsWith(":RepositoryEnvironment") && !isReviewed ? ["run without a review"] : [];
  });
}

function subjectOf({ inputs }: KnownResource): string {
  return String(inputs.subject ?? inputs.claimsMatchingExpression ?? "?");
}

function identityOf(credential: KnownResource, owned: readonly KnownResource[]): string {
  const made = owned.find(({ type }) => IDENTITY.test(type));
  const { resourceName, applicationId } = credential.inputs;
  const name = made?.inputs.resourceName ?? made?.inputs.displayName ?? resourceName;
  return String(name ?? applicationId ?? "?");
}

/** The values of one input, each once. */
function texts(resources: readonly KnownResource[], key: string): string[] {
  return unique(
    resources.flatMap(({ inputs }) => (typeof inputs[key] === "string" ? [inputs[key]] : [])),
  );
}

/** What a role assignment allows. The condition in Azure decides which images it is about. */
function rightsOf({ inputs }: KnownResource): Right[] {
  const { scope, roleDefinitionId, condition } = inputs;
  const [place = "?", , holder] = String(scope).split("/").reverse();
  const guid = String(roleDefinitionId).split("/").at(-1)?.toLowerCase() ?? "";
  const role = roleOf(guid);
  const other = typeof condition === "string" && condition ? { condition } : {};
  if (!role) return [{ action: "other", target: `role ${guid} on ${place}`, ...other }];
  const { actions, limited } = role;
  if (actions.includes("sign")) return [{ action: "sign", target: `${holder}/${place}`, ...other }];
  const images = other.condition && limited && imagesOf(other.condition, limited);
  return actions.flatMap((action) =>
    images
      ? images.map((image) => ({ action, target: `${place}/${image}` }))
      : [{ action, target: `${place}/*`, ...other }],
  );
}

function inOrder({ action, target }: Right): string {
  return `${["push", "pull", "sign", "other"].indexOf(action)} ${target}`;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((it) => [JSON.stringify(it), it])).values()];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
