import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { notationSubject } from "../../trust/distinguished-name";

describe("a subject in .NET's form", () => {
  test.each([
    [
      "CN=Contoso Ltd, O=Contoso Ltd, L=Redmond, S=Washington, C=US",
      "C=US, ST=Washington, O=Contoso Ltd",
    ],
    ['O="Contoso, Inc.", S=WA, C=US', "C=US, ST=WA, O=Contoso\\, Inc."],
    ['O="A ""B"" + C; <D>", S=x, C=US', 'C=US, ST=x, O=A \\"B\\" \\+ C\\; \\<D\\>'],
    ['O="#1", S=" x ", C=US', "C=US, ST=\\ x\\ , O=\\#1"],
    ["O=a\\b=c, S=x, C=US", "C=US, ST=x, O=a\\\\b=c"],
    ["O=Ångström, s=x, c=US", "C=US, ST=x, O=Ångström"],
    ["OID.2.5.4.17=98052, OID.2.5.4.9=One Way, O=a, S=b, C=US", "C=US, ST=b, O=a"],
    ["SERIALNUMBER=1 + O=a, S=b, C=US", "C=US, ST=b, O=a"],
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
    ["O=a=#b, S=b, C=US", "its O has `=#`, which Notation cannot read"],
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
      const isRefused = [organization, state].some((it) => it.includes("=#"));
      if (isRefused) expect(found).toHaveProperty("problem");
      else
        expect("subject" in found && unescaped(found.subject)).toEqual(["US", state, organization]);
    }),
  );
});
