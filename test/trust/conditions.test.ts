import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCondition } from "../../rehearsal/clouds/azure/condition-language";
import { repositoryCondition } from "../../trust/conditions";
import { registryGrants } from "../../trust/roles";

const NAME = "Microsoft.ContainerRegistry/registries/repositories:name";
const R = "Microsoft.ContainerRegistry/registries/repositories";
const GUARDED = [
  `${R}/content/read`,
  `${R}/metadata/read`,
  `${R}/content/write`,
  `${R}/metadata/write`,
];

const image = fc.stringMatching(/^[a-z0-9]{1,12}(?:[._-][a-z0-9]{1,8})?(?:\/[a-z0-9]{1,12})?$/);

describe("repositoryCondition", () => {
  test("is the text that Microsoft's tools write, in one line", () => {
    expect(repositoryCondition([`${R}/content/read`, `${R}/metadata/read`], ["hello-world"])).toBe(
      "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'}) AND " +
        "!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'})) OR " +
        "(@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase 'hello-world'))",
    );
  });

  test("allows each of several repositories", () => {
    const condition = repositoryCondition([`${R}/content/read`], ["a/b", "c"]);
    expect(condition).toBe(
      `((!(ActionMatches{'${R}/content/read'})) OR (@Request[${NAME}] StringEqualsIgnoreCase 'a/b' OR @Request[${NAME}] StringEqualsIgnoreCase 'c'))`,
    );
  });

  test.each([
    [[], ["a"]],
    [[`${R}/content/read`], []],
  ])("refuses %j over %j", (actions, names) => {
    expect(() => repositoryCondition(actions, names)).toThrow(
      "a condition needs at least one data action and one repository",
    );
  });

  test.each(["it's", "A", "", "a b", "*", "a'} OR (1"])("refuses the name %j", (name) => {
    expect(() => repositoryCondition([`${R}/content/read`], [name])).toThrow(
      "not the name of a repository",
    );
  });

  test("allows exactly the named repositories, as an independent reader of conditions finds", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(image, { minLength: 1, maxLength: 8 }),
        image,
        fc.constantFrom(...GUARDED),
        (named, other, dataAction) => {
          for (const { condition } of registryGrants("abac", named)) {
            const judge = parseCondition(condition as string);
            for (const name of named) {
              expect(judge({ dataAction, attributes: { [NAME]: name } })).toBe(true);
            }
            const guarded = (condition as string).includes(dataAction);
            const allowed = !guarded || named.includes(other);
            expect(judge({ dataAction, attributes: { [NAME]: other } })).toBe(allowed);
            expect(judge({ dataAction, attributes: { [NAME]: `${named[0]}/deeper` } })).toBe(
              !guarded || named.includes(`${named[0]}/deeper`),
            );
            expect(judge({ dataAction, attributes: {} })).toBe(!guarded);
          }
        },
      ),
    );
  });
});

describe("registryGrants", () => {
  test("RBAC: push and pull, without a condition, because this mode has none", () => {
    expect(registryGrants("rbac", ["web"])).toEqual([
      { key: "push", role: "8311e382-0749-4cb8-b61a-304f252e45ec" },
      { key: "pull", role: "7f951dda-4ed3-4680-a7ca-43fe172d538d" },
    ]);
  });

  test("ABAC: the condition guards every data action of each role", () => {
    const [writer, reader] = registryGrants("abac", ["web"]);
    expect(writer?.role).toBe("2a1e307c-b015-4ebd-883e-5b7698a07328");
    expect(reader?.role).toBe("b93aa761-3e63-49ed-ac28-beffa264f7ac");
    expect([writer?.conditionVersion, reader?.conditionVersion]).toEqual(["2.0", "2.0"]);
    const guardedBy = (condition?: string) =>
      [...(condition?.matchAll(/ActionMatches\{'([^']+)'\}/g) ?? [])].map(([, it]) => it);
    expect(guardedBy(writer?.condition)).toEqual([GUARDED[0], GUARDED[1], GUARDED[2], GUARDED[3]]);
    expect(guardedBy(reader?.condition)).toEqual([GUARDED[0], GUARDED[1]]);
  });
});
