import { VERIFICATION } from "../configuration/schemas/fields";
import type { Clouds } from "./clouds/clouds";
import type { Intent } from "./intent";
import { type Acceptance, acceptances } from "./proof/acceptance";
import type { Report } from "./report";

/** What the stack gives to verifiers, by path. Undefined while it is not known what they trust. */
export function verificationOf(
  outputs: Report["outputs"],
): Readonly<Record<string, string>> | undefined {
  return outputs[VERIFICATION] as Readonly<Record<string, string>> | undefined;
}

/** What should be allowed. A pipeline has no verifier while it is not known what verifiers trust. */
export function meantBy(all: readonly Intent[], outputs: Report["outputs"]): readonly Intent[] {
  return verificationOf(outputs) ? all : all.filter((it) => !it.verifies);
}

/** What verifiers accept under the policy that the stack exports. */
export function acceptancesOf(
  clouds: Clouds,
  intents: readonly Intent[],
  outputs: Report["outputs"],
): readonly Acceptance[] {
  const policy = verificationOf(outputs)?.["trustpolicy.json"];
  return policy === undefined ? [] : acceptances(clouds, intents, JSON.parse(policy));
}
