import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { describe, expect, test } from "vitest";
import { decode, encode, hasUnknown, type Properties, UNKNOWN } from "../../rehearsal/clouds/wire";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });
const output = (rest: object) => ({ [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...rest });
const received = (properties: object) => decode(Struct.fromJavaScript(properties as never));

describe("decode", () => {
  test("without a struct there are no properties", () => {
    expect(decode(undefined)).toEqual({});
  });

  test("plain data stays as it is", () => {
    const plain = { a: "x", b: 1, c: true, d: null, e: ["x", { f: [] }], g: { h: {} } };
    expect(received(plain)).toEqual(plain);
  });

  test.each([
    [secret("x"), "x"],
    [secret(""), ""],
    [secret(false), false],
    [secret({ a: secret(["x"]) }), { a: ["x"] }],
    [secret(UNKNOWN), UNKNOWN],
    [output({ value: "x", secret: true, dependencies: ["urn"] }), "x"],
    [output({ secret: true }), UNKNOWN],
    [output({ value: secret("x") }), "x"],
    [
      { [SIGNATURE]: "another", value: "x" },
      { [SIGNATURE]: "another", value: "x" },
    ],
  ])("%j becomes %j, at any depth", (sent, expected) => {
    const [one, other] = [received({ it: sent }), received({ list: [{ it: sent }] })];
    expect(one).toEqual({ it: expected });
    expect(other).toEqual({ list: [{ it: expected }] });
  });
});

test("encode leaves out what is undefined, and nothing else", () => {
  const sent: Properties = { a: undefined, b: null, c: [{ d: undefined, e: "" }], f: { g: false } };
  expect(decode(encode(sent))).toEqual({ b: null, c: [{ e: "" }], f: { g: false } });
});

test.each([
  [UNKNOWN, true],
  [{ a: { b: ["x", UNKNOWN] } }, true],
  [["x", { a: [UNKNOWN] }], true],
  [{ a: { b: ["x", null, 1, undefined] } }, false],
  [{ [UNKNOWN]: "x" }, false],
  ["x", false],
  [null, false],
])("whether %j holds anything unknown: %s", (value, expected) => {
  expect(hasUnknown(value)).toBe(expected);
});
