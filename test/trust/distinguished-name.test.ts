import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { notationSubject } from "../../trust/distinguished-name";

describe("a subject in .NET's form", () => {
  test.each([
    [
      "CN=Contoso Ltd, O=Contoso Ltd, L=Redmond, S=Washington, C=US",
      "CN=Contoso Ltd, O=Contoso Ltd, L=Redmond, ST=Washington, C=US",
    ],
    ['O="Contoso, Inc.", S=WA, C=US', "O=Contoso\\, Inc., ST=WA, C=US"],
    ['O="A ""B"" + C; <D>", S=x, C=US', 'O=A \\"B\\" \\+ C\\; \\<D\\>, ST=x, C=US'],
    ['O="#1", S=" x ", C=US', "O=\\#1, ST=\\ x\\ , C=US"],
    ["O=a\\b=c, S=x, C=US", "O=a\\\\b=c, ST=x, C=US"],
    ["O=Ångström, s=x, c=US", "O=Ångström, ST=x, C=US"],
    [
      "OID.2.5.4.17=98052, OID.2.5.4.9=One Way, O=a, S=b, C=US",
      "POSTALCODE=98052, STREET=One Way, O=a, ST=b, C=US",
    ],
    ["SERIALNUMBER=1 + O=a, S=b, C=US", "SERIALNUMBER=1, O=a, ST=b, C=US"],
  ])("%s is %s to Notation", (dotNet, subject) => {
    expect(notationSubject(dotNet)).toEqual({ subject, missing: [] });
  });

  test.each([
    ["CN=a, O=b, C=US", ["ST"]],
    ["CN=a", ["C", "ST", "O"]],
  ])("%s lacks %j", (dotNet, missing) => {
    expect(notationSubject(dotNet)).toMatchObject({ missing });
  });

  test.each([
    ["O=a, OU=x, OU=y, S=b, C=US", "it has OU more than once, which Notation cannot read"],
    ["O=a, E=x@y, S=b, C=US", "it has the attribute E, which Notation cannot read"],
    [
      "OID.1.3.6.1.4.1.311.60.2.1.3=US, O=a",
      "it has the attribute OID.1.3.6.1.4.1.311.60.2.1.3, which Notation cannot read",
    ],
    ["", "it cannot be parsed"],
    ['O="a', "it cannot be parsed"],
    ["O=a,", "it cannot be parsed"],
    ["a, O=b", "it cannot be parsed"],
  ])("%s can never be matched: %s", (dotNet, problem) => {
    expect(notationSubject(dotNet)).toEqual({ problem });
  });
});

/** Reads RFC 4514 as https://www.rfc-editor.org/rfc/rfc4514 describes it. */
function unescaped(subject: string): string[] {
  return subject
    .split(/(?<!(?<!\\)(?:\\\\)*\\), /)
    .map((it) => it.slice(it.indexOf("=") + 1).replace(/\\(.)/g, "$1"));
}

test("any value comes back as it was", () => {
  const value = fc.string({ minLength: 1, unit: fc.constantFrom(...'ab ,+"\\<>;#=Å') });
  const quoted = (it: string) => `"${it.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(value, value, (organization, state) => {
      const dotNet = `O=${quoted(organization)}, S=${quoted(state)}, C=US`;
      const found = notationSubject(dotNet);
      expect("subject" in found && unescaped(found.subject)).toEqual([organization, state, "US"]);
    }),
  );
});
