import { sameId } from "../clouds/azure/state";
import type { Clouds } from "../clouds/clouds";
import { type Intent, sharers } from "../intent";
import { judge, judgeAll, registryOperations } from "./access";
import { SIGN } from "./actions";
import { type Principal, principals } from "./entra";
import { idsOf } from "./ids";
import { attributesOf, matches } from "./names";

/** What a verifier says of images that claim to be of a pipeline, and who can make one. */
export interface Acceptance {
  readonly pipeline: string;
  /** The repositories of the pipeline's statement. */
  readonly images: readonly string[];
  /** Who can push and sign an image that a verifier accepts: pipelines, or names of identities. */
  readonly makers: readonly string[];
  readonly cases: ReadonlyArray<{
    readonly image: string;
    readonly accepted: boolean;
    readonly because: string;
  }>;
  /** What makes the proof fail. */
  readonly violations: readonly string[];
}

/** The part of Notation's trust policy that decides. */
export interface Policy {
  readonly trustPolicies: ReadonlyArray<{
    readonly name: string;
    readonly registryScopes: readonly string[];
    readonly signatureVerification: { readonly level: string };
    readonly trustedIdentities: readonly string[];
  }>;
}

/** A customer of the root with another C, ST, and O. */
const STRANGER = "CN=Another customer, O=Another customer, S=Another state, C=ZZ";

/** Judges the exported policy by the roles that exist: a signature needs a push and a signer. */
export function acceptances(
  clouds: Clouds,
  intents: readonly Intent[],
  policy: Policy,
): Acceptance[] {
  return intents
    .filter((it) => !it.verifies)
    .map((intent) => acceptanceOf(clouds, intents, intent, policy));
}

function acceptanceOf(
  clouds: Clouds,
  intents: readonly Intent[],
  intent: Intent,
  { trustPolicies }: Policy,
): Acceptance {
  const { azure } = clouds;
  const registry = azure.world.registries.find(({ name }) => sameId(name, intent.registry.name));
  const images = intent.images.map((name) => `${registry?.loginServer}/${name}`);
  const statement = trustPolicies.find(({ registryScopes }) =>
    images.every((it) => registryScopes.includes(it)),
  );
  const owners = ownersOf(clouds, intents);
  const namesOf = (it: Principal) => owners.get(it.principalId ?? "") ?? [it.name];
  const can = principals(azure).map((principal) => {
    const who = principal.principalId ?? "";
    const pushes = intent.images.some(
      (image) =>
        registry &&
        judgeAll(
          azure,
          who,
          registryOperations(azure, { ...registry, mode: intent.registry.mode }, "push", image),
        ).allowed,
    );
    return { names: namesOf(principal), pushes, signs: signsAs(clouds, who, statement) };
  });
  const makers = can
    .filter((it) => it.pushes && it.signs)
    .flatMap(({ names }) => names)
    .sort();
  const own = sharers(intents, intent).map(({ pipeline }) => pipeline);
  const isOwn = (name: string) => own.includes(name);
  const strangers = makers.filter((name) => !isOwn(name));
  const others = intents.filter((it) => !it.verifies && !own.includes(it.pipeline));
  const isOff = statement?.signatureVerification.level === "skip";
  const takesAnybody = trusts(statement, STRANGER);
  const say = (image: string, accepted: boolean, because: string) => ({ image, accepted, because });
  return {
    pipeline: intent.pipeline,
    images: statement?.registryScopes ?? [],
    makers,
    cases: [
      say(
        `signed by a run of ${intent.pipeline}`,
        makers.some(isOwn),
        "it can push, and its certificate has the trusted identity",
      ),
      ...others.map(({ pipeline }) => {
        const isMaker = strangers.includes(pipeline);
        const because = isMaker ? "it can push here" : "identity accepted, but it cannot push here";
        return say(`signed by a run of ${pipeline}`, isMaker, because);
      }),
      ...others
        .slice(0, 1)
        .map(({ pipeline, images: its }) =>
          say(
            `${its[0]}, signed by ${pipeline}`,
            statement?.registryScopes.includes(`${registry?.loginServer}/${its[0]}`) ?? false,
            "identity accepted, scope refused: another statement is for it",
          ),
        ),
      say("pushed by hand", isOff, "unsigned"),
      say("a tag copied to another image", isOff, "unsigned: the tag resolves to another digest"),
      say("signed by another customer of the root", takesAnybody, "untrusted identity"),
    ],
    violations: [
      ...(statement ? [] : [`${intent.pipeline}: no statement of the trust policy has its images`]),
      ...(statement && !makers.some(isOwn)
        ? [`${intent.pipeline}: verifiers would not accept what its runs sign`]
        : []),
      ...(isOff || takesAnybody
        ? [`${intent.pipeline}: its trust policy accepts images that no pipeline signed`]
        : []),
      ...(intent.registry.mode === "rbac"
        ? []
        : strangers.map(
            (it) => `${it} can make an image that passes for one of ${intent.pipeline}`,
          )),
    ],
  };
}

type Statement = Policy["trustPolicies"][number] | undefined;

/** Whether a statement trusts certificates of this subject. */
function trusts(statement: Statement, subject: string): boolean {
  return (statement?.trustedIdentities ?? []).some(
    (it) =>
      it === "*" || matches(attributesOf(subject), attributesOf(it.replace("x509.subject: ", ""))),
  );
}

/** The pipelines that log in as each identity. Verifiers are among them, so that none can make images. */
function ownersOf({ azure, github }: Clouds, intents: readonly Intent[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const intent of intents) {
    const { clientId = "" } = idsOf(github, intent);
    const found = principals(azure).find((it) => sameId(it.clientId, clientId));
    const who = found?.principalId ?? "";
    owners.set(who, [...(owners.get(who) ?? []), intent.pipeline]);
  }
  return owners;
}

/** Whether somebody can sign with a profile whose certificates have the trusted identity. */
function signsAs({ azure }: Clouds, principalId: string, statement: Statement): boolean {
  return azure.world.signingAccounts.some((account) =>
    account.profiles.some(({ name, subject }) => {
      const scope = azure.profileId(account, name);
      return (
        trusts(statement, subject) && judge(azure, principalId, { scope, dataAction: SIGN }).allowed
      );
    }),
  );
}
