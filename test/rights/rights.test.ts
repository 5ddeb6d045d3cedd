import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inWords, worthSaying } from "../../rights/changes";
import { stateResources } from "../../rights/resources";
import { type Trust, trustsOf } from "../../rights/rights";
import { EXAMPLE } from "./drawing";
import {
  condition,
  credential,
  PROFILES,
  PUSH,
  pipeline,
  resource,
  role,
  SIGNER,
  STACK,
  WRITER,
} from "./stack-resources";

const state = JSON.parse(readFileSync("test/fixtures/example-state.json", "utf8"));
const trusts = trustsOf(stateResources(state));

test("the rights of the example stack, from its state", () => {
  const said = trusts.map((it) => ({ ...it, rights: worthSaying(it.rights) }));
  const byName = (all: readonly Trust[]) =>
    [...all]
      .sort((one, other) => one.subject.localeCompare(other.subject))
      .map((it) => ({ ...it, rights: it.rights.map((right) => JSON.stringify(right)).sort() }));
  expect(byName(said)).toEqual(byName(EXAMPLE));
});

describe("who can do what", () => {
  test("an identity that exists already belongs to its pipeline", () => {
    const all = [
      STACK,
      ...pipeline("web", credential("web", "a"), role("web", PUSH, "/r/one")),
      ...pipeline("api", credential("api", "b"), role("api", PUSH, "/r/two")),
    ];
    expect(
      trustsOf(all).map(({ subject, identity, rights }) => [subject, identity, rights.length]),
    ).toEqual([
      ["a", "theirs", 2],
      ["b", "theirs", 2],
    ]);
  });

  test("every pipeline of a shared identity has its rights", () => {
    const shared = resource("shared", "countersign:index:SharedIdentity", "stack");
    const identity = resource(
      "shared/identity",
      "azure-native:managedidentity:UserAssignedIdentity",
      "shared",
      { resourceName: "ours" },
    );
    const all = [
      STACK,
      shared,
      identity,
      role("shared", WRITER, "/r/registry", condition("web", "api"), ["shared/identity"]),
      ...pipeline("web", credential("web", "a", ["shared/identity"])),
      ...pipeline("api", credential("api", "b", ["shared/identity"])),
    ];
    for (const { identity, rights } of trustsOf(all)) {
      expect(identity).toBe("ours");
      expect(worthSaying(rights)).toEqual([
        { action: "push", target: "registry/api" },
        { action: "push", target: "registry/web" },
      ]);
    }
  });

  const form = condition("web") ?? "";
  test.each([
    ["no condition", WRITER, undefined, "push registry/*"],
    ["another condition", WRITER, "something else", "push registry/* (a condition)"],
    ["the condition", WRITER, form, "push registry/web"],
    ["a wider one", WRITER, `${form} OR (true)`, "push registry/* (a condition)"],
    [
      "one with another comparison",
      WRITER,
      form.replace(/ OR \((@Request\S+)(.*)\)\)$/, " OR ($1$2 OR $1 StringLike '*'))"),
      "push registry/* (a condition)",
    ],
    [
      "one that leaves an action out",
      WRITER,
      form.replace(/ AND [^ ]+content\/write'}\)/, ""),
      "push registry/* (a condition)",
    ],
    ["one of a role that no condition limits", PUSH, form, "push registry/* (a condition)"],
  ])("%s is said", (_, guid, limit, expected) => {
    const all = [
      STACK,
      ...pipeline("web", credential("web", "a"), role("web", guid, "/r/registry", limit)),
    ];
    expect(worthSaying(trustsOf(all)[0]?.rights ?? []).map(inWords)).toEqual([expected]);
  });

  test("profiles of the same name are told apart by their accounts", () => {
    const all = [
      STACK,
      ...pipeline("web", credential("web", "a"), role("web", SIGNER, `${PROFILES}/one`)),
    ];
    expect(trustsOf(all)[0]?.rights.map(inWords)).toEqual(["sign with account/one"]);
  });

  test("an unknown role is said by its ID", () => {
    const all = [STACK, ...pipeline("web", credential("web", "a"), role("web", "owner", "/g/rg"))];
    expect(trustsOf(all)[0]?.rights).toEqual([{ action: "other", target: "role owner on rg" }]);
  });
});
