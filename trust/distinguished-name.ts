/** C, ST, and O of a subject for Notation's trust policies, or why Notation can never match it. */
export type NotationSubject =
  | { readonly subject: string; readonly missing: readonly string[] }
  | { readonly problem: string };

interface Attribute {
  readonly type: string;
  readonly value: string;
}

// What Go's pkix.Name writes by name: https://github.com/golang/go/blob/go1.26.0/src/crypto/x509/pkix/pkix.go
const KNOWN = ["CN", "SERIALNUMBER", "C", "L", "ST", "STREET", "O", "OU", "POSTALCODE"];

/** Names of .NET that differ from those of RFC 4514, and attributes that .NET has no name for. */
const NAMES: Readonly<Record<string, string>> = {
  S: "ST",
  "OID.2.5.4.9": "STREET",
  "OID.2.5.4.17": "POSTALCODE",
};

// By their names: https://github.com/notaryproject/notation-go/blob/v1.3.2/internal/pkix/pkix.go
const REQUIRED = ["C", "ST", "O"];

/**
 * Azure reports the subject of a certificate in .NET's form (`O="Contoso, Inc.", S=Washington`).
 * Notation reads RFC 4514 (`ST=Washington, O=Contoso\, Inc.`). C, ST, and O stay for the life of an
 * identity validation. Other attributes can change, so verifiers do not compare them.
 * Source of .NET's form: https://learn.microsoft.com/dotnet/api/system.security.cryptography.x509certificates.x500distinguishedname.name
 */
export function notationSubject(dotNet: string): NotationSubject {
  const attributes = parse(dotNet);
  if (!attributes) return { problem: "it cannot be parsed" };
  const types = attributes.map(({ type }) => type);
  // Go writes such an attribute as `OID=#HEX`, and two of a type as one, and Notation reads neither.
  // Source: https://github.com/notaryproject/notation-go/blob/v1.3.2/internal/pkix/pkix.go
  const unknown = types.find((type) => !KNOWN.includes(type));
  if (unknown) return { problem: `it has the attribute ${unknown}, which Notation cannot read` };
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  if (twice) return { problem: `it has ${twice} more than once, which Notation cannot read` };
  const refused = attributes.find(({ value }) => value.includes("=#"));
  if (refused) return { problem: `its ${refused.type} has \`=#\`, which Notation cannot read` };
  const compared = REQUIRED.flatMap((type) => attributes.filter((it) => it.type === type));
  const subject = compared.map(({ type, value }) => `${type}=${escaped(value)}`).join(", ");
  return { subject, missing: REQUIRED.filter((type) => !types.includes(type)) };
}

/** One attribute: its type, then a quoted value with `""` for a quote, or a plain value. */
const ATTRIBUTE = /\s*([A-Za-z][A-Za-z0-9.]*)=(?:"((?:[^"]|"")*)"|([^",+]*))\s*(?:[,+](?=.)|$)/sy;

function parse(text: string): Attribute[] | undefined {
  const attributes: Attribute[] = [];
  const pattern = new RegExp(ATTRIBUTE);
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (!found) return undefined;
    const [, written = "", quoted, plain = ""] = found;
    const name = written.toUpperCase();
    const value = quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"');
    attributes.push({ type: NAMES[name] ?? name, value });
  }
  return attributes.length > 0 ? attributes : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc4514#section-2.4 */
function escaped(value: string): string {
  return value.replace(/[,+"\\<>;]|^[# ]| $/g, "\\$&");
}
