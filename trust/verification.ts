import { trustPolicy } from "./policy";

/** DIGEST stands for the digest that a run's summary names. */
export function inspectCommand(reference: string): string {
  return `notation inspect ${reference}@DIGEST`;
}

/** What a verifier runs once, then for each digest. */
export function verifyCommands(what: {
  readonly references: readonly string[];
  /** Subject of the signing certificate; undefined as long as none was issued. */
  readonly subject: string | undefined;
  /** Files with the root certificates; undefined: one that the verifier must supply. */
  readonly timestampRoot: string;
  readonly signingRoot: string | undefined;
}): string {
  const policy = trustPolicy(what.subject ?? "SUBJECT", what.references);
  return [
    `notation cert add --type ca --store countersign ${what.signingRoot ?? "SIGNING_ROOT.pem"}`,
    `notation cert add --type tsa --store countersign ${what.timestampRoot}`,
    "cat > trustpolicy.json <<'END'",
    JSON.stringify(policy, undefined, 2),
    "END",
    "notation policy import trustpolicy.json",
    `notation verify ${what.references[0]}@DIGEST`,
  ].join("\n");
}
