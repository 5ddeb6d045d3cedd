import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOf } from "../../surroundings/proposal-plan";

describe("the digest of a change", () => {
  const file = (content: string, path = "a.yml") => ({ key: "workflow", path, content });
  const change = fc.tuple(
    fc.nat(),
    fc.string(),
    fc.string(),
    fc.string(),
    fc.option(fc.string()),
    fc.nat(3),
  );
  type Of = readonly [number, string, string, string, string | null, number];
  const of = ([repositoryId, branch, path, content, there, turn]: Of) => {
    const base = new Map(there === null ? [] : [[path, there]]);
    return digestOf({ repositoryId, branch, files: [file(content, path)], base }, turn);
  };

  test("is of ten hexadecimal digits, that may be part of a branch's name", () => {
    expect(of([7, "main", "a.yml", "new", null, 0])).toBe("c22f1d8d84");
    fc.assert(fc.property(change, (it) => /^[0-9a-f]{10}$/.test(of(it))));
  });

  test("differs where repository, branch, path, content, what is there now, or its turn, do", () => {
    fc.assert(
      fc.property(change, change, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(of(one) === of(other)).toBe(isSame);
      }),
    );
  });

  test("tells a file that is not there from an empty one", () => {
    expect(of([7, "main", "a.yml", "new", null, 0])).not.toBe(
      of([7, "main", "a.yml", "new", "", 0]),
    );
  });
});
