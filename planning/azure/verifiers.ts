import type { StackConfiguration } from "../../configuration/schema";
import type { Snapshot } from "../../snapshot";
import { notationSubject } from "../../trust/distinguished-name";
import { fingerprint, type VerifierTrust } from "../../trust/verification";
import { certificateOnly, microsoftRoot, rootCertificateProblem } from "../../workflow/certificate";
import { answerValue } from "../answers";
import { type Report, under } from "../report";
import type { CertificateProfile, Timestamp } from "./signing";

/** What verifiers trust, whatever the image is. */
export type StackTrust = Omit<VerifierTrust, "statements">;

type Profile = Pick<CertificateProfile, "id" | "type" | "subject">;

/** What verifiers trust; undefined while the subject or the root of the certificates is unknown. */
export function planVerifiers(
  { signing }: StackConfiguration,
  profile: Profile | undefined,
  timestamp: Pick<Timestamp, "root">,
  { signingRoot: answer, state }: Pick<Snapshot, "signingRoot" | "state">,
  report: Report,
): StackTrust | undefined {
  const at = under(report, "countersign:signing");
  const subject = planSubject(signing.subject, profile, state, at);
  const signingRoot = planRoot(signing.rootCertificate, profile, answer, at);
  if (subject === undefined || signingRoot === undefined || !timestamp.root) return undefined;
  return { subject, signingRoot, timestampRoot: timestamp.root };
}

/** C, ST, and O: as configured, as the last certificate has them, or as an earlier run saw them. */
function planSubject(
  stated: string | undefined,
  profile: Profile | undefined,
  { pipelines }: Snapshot["state"],
  report: Report,
): string | undefined {
  if (stated === undefined) {
    // Another profile of the same organization issues certificates with the same C, ST, and O.
    const recorded = Object.values(pipelines).flatMap((record) => record.plans);
    return profile?.subject ?? recorded.flatMap((it) => it.subject ?? []).at(-1);
  }
  const wanted = notationSubject(stated);
  if ("problem" in wanted) {
    const fix = `Copy the subject from the certificate profile in the Azure portal: ${wanted.problem}.`;
    report("subject", stated, "a subject that Notation can match", fix);
    return undefined;
  }
  if (wanted.missing.length > 0) {
    const fix = `Add ${wanted.missing.join(" and ")}.`;
    report("subject", stated, "a subject with C, ST and O, which Notation requires", fix);
    return undefined;
  }
  if (profile?.subject !== undefined && profile.subject !== wanted.subject) {
    const expected = `${profile.subject}, which the last certificate of the profile has`;
    report("subject", stated, expected, "Remove this key. Azure reports the subject.");
  }
  return wanted.subject;
}

/**
 * The root of the signing certificates. All customers of Public Trust have the same one:
 * https://learn.microsoft.com/azure/artifact-signing/concept-trust-models
 */
function planRoot(
  wanted: StackConfiguration["signing"]["rootCertificate"],
  profile: Profile | undefined,
  answer: Snapshot["signingRoot"],
  report: Report,
): string | undefined {
  const isPublic = profile?.type === "PublicTrust";
  if (!wanted) return isPublic ? microsoftRoot() : undefined;
  if (isPublic) {
    const expected = "no root, because all certificates of Public Trust have Microsoft's root";
    report("rootCertificate", wanted.file, expected, "Remove this key.");
  }
  const text = answerValue(answer);
  const expected = "a PEM file with one self-signed root certificate";
  if (text === undefined) {
    const said = answer && "said" in answer ? answer.said : "";
    const fix = `Give the path from the project's folder. The file cannot be read: ${said}`;
    report("rootCertificate.file", wanted.file, expected, fix);
    return undefined;
  }
  const fault = rootCertificateProblem(text);
  if (fault) {
    report("rootCertificate.file", wanted.file, expected, `Give another file: ${fault}.`);
    return undefined;
  }
  if (fingerprint(text) !== wanted.sha256) {
    const fix = `The file has ${fingerprint(text)}. Ask whoever gave you the certificate which one is right.`;
    report("rootCertificate.sha256", wanted.sha256, "the SHA-256 of the certificate", fix);
  }
  return certificateOnly(text);
}
