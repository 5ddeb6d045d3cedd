import { describe, expect, test } from "vitest";
import {
  type ProfileScope,
  profileScopes,
  type RegistryScope,
  registryScopes,
} from "../../trust/scopes";

const registry = (id: string, ...images: string[]): RegistryScope => ({
  id,
  name: id,
  permissions: "abac",
  images,
});
const profile = (id: string): ProfileScope => ({ id, account: "a", name: id });

describe("registryScopes", () => {
  test.each([
    ["no others", [], [registry("one", "web")]],
    [
      "the same registry with another image",
      [registry("one", "api")],
      [registry("one", "web", "api")],
    ],
    ["the same registry with the same image", [registry("one", "web")], [registry("one", "web")]],
    [
      "the same registry in another case",
      [registry("ONE", "api")],
      [registry("one", "web", "api")],
    ],
    [
      "another registry",
      [registry("two", "web")],
      [registry("one", "web"), registry("two", "web")],
    ],
    [
      "another registry twice",
      [registry("two", "web"), registry("Two", "api")],
      [registry("one", "web"), registry("two", "web", "api")],
    ],
  ])("%s", (_, others, expected) => {
    expect(registryScopes(registry("one", "web"), others)).toEqual(expected);
  });
});

describe("profileScopes", () => {
  test.each([
    ["no others", [], [profile("one")]],
    ["the same profile in another case", [profile("ONE")], [profile("one")]],
    ["another profile twice", [profile("two"), profile("Two")], [profile("one"), profile("two")]],
  ])("%s", (_, others, expected) => {
    expect(profileScopes(profile("one"), others)).toEqual(expected);
  });
});
