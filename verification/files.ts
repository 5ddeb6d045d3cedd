import { trustFiles, type VerifierTrust } from "../trust/verification";
import { type ScriptRegistry, verifyScript } from "./script";

/** Everything that a verifier needs, by path. */
export function verificationFiles(
  trust: VerifierTrust,
  registry: ScriptRegistry,
): Record<string, string> {
  return { ...trustFiles(trust), "verify.sh": verifyScript(trust, registry) };
}
