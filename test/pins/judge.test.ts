import { describe, expect, test } from "vitest";
import { checksumOf } from "../../pins/github";
import { isBehind, judge, newestOf, type Said, type Verdict } from "../../pins/judge";
import { type Pin, pins } from "../../pins/table";
import { ACTIONS, IMAGES, NOTATION, PLUGIN } from "../../workflow/pins";

describe("newestOf", () => {
  test.each<readonly [string, string, readonly string[], string | undefined]>([
    ["compares numbers", "v1.9.0", ["v1.9.0", "v1.10.0", "v1.2.0"], "v1.10.0"],
    ["leaves out tags that move", "v7.0.1", ["v8", "v7", "v7.1", "v7.0.1"], "v7.0.1"],
    ["leaves out what is not stable", "v1.3.2", ["v2.0.0-alpha.1", "v1.3.2"], "v1.3.2"],
    ["leaves out variants", "v0.33.0", ["v0.34.0-rootless", "v0.33.0", "latest"], "v0.33.0"],
    ["keeps to the form", "qemu-v10.2.3", ["buildkit-v11.0.0", "qemu-v10.2.4"], "qemu-v10.2.4"],
    ["knows of no other form", "v1.0.0", ["1.1.0", "release-v1.1.0"], undefined],
    ["knows of no tag", "v1.0.0", [], undefined],
  ])("%s", (_, pinned, tags, newest) => {
    expect(newestOf(pinned, tags)).toBe(newest);
  });
});

test.each([
  ["v1.9.0", "v1.10.0", true],
  ["v1.10.0", "v1.9.0", false],
  ["v1.9.0", "v1.9.0", false],
  ["v1.9.0", undefined, false],
])("%s is behind %s: %s", (pinned, newest, expected) => {
  expect(isBehind(pinned, newest)).toBe(expected);
});

test("a tag that is no version is refused", () => {
  expect(() => isBehind("v7", "v8.0.0")).toThrow("v7 is no stable version");
});

describe("judge", () => {
  const pin: Pin = { name: "a/b", tag: "v1.0.0", digests: { x: "1", y: "2" }, of: "action" };
  const other = { x: "1", y: "3" };
  const next = { x: "4", y: "5" };
  test.each<readonly [string, Said, Omit<Verdict, "name" | "has">]>([
    [
      "the newest, with its digests",
      { newest: "v1.0.0", pinned: pin.digests },
      { newest: "v1.0.0", digest: "right", isBad: false },
    ],
    [
      "behind",
      { newest: "v1.1.0", pinned: pin.digests, next },
      {
        newest: "v1.1.0",
        digest: "right",
        raise: { tag: "v1.1.0", digests: next },
        isBad: true,
      },
    ],
    [
      "behind, with digests that are not known",
      { newest: "v1.1.0" },
      {
        newest: "v1.1.0",
        digest: "unknown",
        raise: { tag: "v1.1.0", digests: {} },
        isBad: true,
      },
    ],
    [
      "one digest of another file",
      { newest: "v1.0.0", pinned: other },
      { newest: "v1.0.0", digest: "wrong", raise: { tag: "v1.0.0", digests: other }, isBad: true },
    ],
    [
      "a tag that does not exist",
      { newest: "v0.9.0", pinned: {} },
      { newest: "v0.9.0", digest: "wrong", raise: { tag: "v1.0.0", digests: {} }, isBad: true },
    ],
    ["nothing is known", {}, { newest: "unknown", digest: "unknown", isBad: false }],
    [
      "only the newest is known",
      { newest: "v1.0.0" },
      { newest: "v1.0.0", digest: "unknown", isBad: false },
    ],
  ])("%s", (_, said, expected) => {
    expect(judge(pin, said)).toEqual({ name: "a/b", has: "v1.0.0", ...expected });
  });
});

test("a checksum is that of exactly one file", () => {
  const [one, two] = ["1".repeat(64), "2".repeat(64)];
  const text = `${one}  a_linux_amd64.tar.gz.sig\n${two}  a_linux_amd64.tar.gz\r\n${one} *b.zip\n`;
  expect(checksumOf("a_linux_amd64.tar.gz", text)).toBe(two);
  expect(checksumOf("b.zip", text)).toBe(one);
  expect(checksumOf("linux_amd64.tar.gz", text)).toBeUndefined();
});

describe("the table", () => {
  const all = pins();

  test("has all pins of the workflow, and each repository once", () => {
    const actions = Object.values(ACTIONS).map(({ action }) =>
      action.split("/").slice(0, 2).join("/"),
    );
    const images = Object.values(IMAGES).map((it) => it.slice(0, it.indexOf(":")));
    const tools = [NOTATION.repository, PLUGIN.repository];
    expect(all.map((it) => it.name)).toEqual([...new Set(actions), ...images, ...tools]);
  });

  test.each(all)("$name $tag has a stable version and whole digests", ({ tag, digests }) => {
    expect(newestOf(tag, [tag])).toBe(tag);
    for (const [of, digest] of Object.entries(digests)) {
      const lengths: Record<string, RegExp> = {
        commit: /^[0-9a-f]{40}$/,
        index: /^sha256:[0-9a-f]{64}$/,
      };
      expect(digest).toMatch(lengths[of] ?? /^[0-9a-f]{64}$/);
    }
  });
});
