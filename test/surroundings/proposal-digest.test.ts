import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOf } from "../../surroundings/proposal-plan";

describe("the digest of a change", () => {
  const file = (content: string, path = "a.yml") => ({ key: "workflow", path, content });
  const change = fc.tuple(fc.nat(), fc.string(), fc.string(), fc.option(fc.string()));
  const of = ([id, path, content, base]: readonly [number, string, string, string | null]) =>
    digestOf(id, [file(content, path)], new Map(base === null ? [] : [[path, base]]));

  test("is of ten hexadecimal digits, that may be part of a branch's name", () => {
    expect(of([7, "a.yml", "new", null])).toBe("3cea17d770");
    fc.assert(fc.property(change, (it) => /^[0-9a-f]{10}$/.test(of(it))));
  });

  test("differs where repository, path, content, or what is there now, do", () => {
    fc.assert(
      fc.property(change, change, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(of(one) === of(other)).toBe(isSame);
      }),
    );
  });

  test("tells a file that is not there from an empty one", () => {
    expect(of([7, "a.yml", "new", null])).not.toBe(of([7, "a.yml", "new", ""]));
  });
});
