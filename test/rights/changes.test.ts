import { describe, expect, test } from "vitest";
import { changesOf } from "../../rights/changes";
import { type KnownResource, previewResources } from "../../rights/resources";
import { trustsOf } from "../../rights/rights";
import {
  condition,
  credential,
  PROFILES,
  pipeline,
  READER,
  resource,
  role,
  SIGNER,
  STACK,
  WRITER,
} from "./stack-resources";

const STRANGER = "azure-native:authorization:RoleAssignment";

describe("the change of a preview", () => {
  const of = (images: readonly string[], subject = "a", issuer?: string) => [
    STACK,
    ...pipeline(
      "web",
      credential("web", subject, [], issuer),
      role("web", WRITER, "/r/registry", condition(...images)),
      role("web", SIGNER, `${PROFILES}/one`),
    ),
  ];
  const changed = (before: readonly KnownResource[], after: readonly KnownResource[]) =>
    changesOf(trustsOf(before), trustsOf(after)).map(
      ({ change, subject, right }) => `${subject} ${change} ${right}`,
    );

  test("a widened condition is a gain of that image only", () => {
    expect(changed(of(["web"]), of(["web", "api"]))).toEqual(["a gains push registry/api"]);
  });

  test("another subject gains everything, and the former one loses it", () => {
    expect(changed(of(["web"]), of(["web"], "b"))).toEqual([
      "b gains push registry/web",
      "b gains sign with account/one",
      "a loses push registry/web",
      "a loses sign with account/one",
    ]);
  });

  test("another issuer of the same subject gains everything, and the former one loses it", () => {
    const [before, after] = [of(["web"]), of(["web"], "a", "https://other.example")].map(trustsOf);
    expect(
      changesOf(before ?? [], after ?? []).map(
        ({ change, issuer, right }) => `${issuer} ${change} ${right}`,
      ),
    ).toEqual([
      "https://other.example gains push registry/web",
      "https://other.example gains sign with account/one",
      "https://issuer.example loses push registry/web",
      "https://issuer.example loses sign with account/one",
    ]);
  });

  const web = (...roles: readonly KnownResource[]) => [
    STACK,
    ...pipeline("web", credential("web", "a"), ...roles),
  ];
  const reader = role("web", READER, "/r/registry");
  const writer = (limit?: string) => role("web", WRITER, "/r/registry", limit);
  test.each([
    ["who could only log in gains a right", web(), web(writer()), ["a gains push registry/*"]],
    ["who can then only log in loses a right", web(writer()), web(), ["a loses push registry/*"]],
    ["who could push can still pull", web(writer()), web(reader), ["a loses push registry/*"]],
    ["who gains a login gains no more", [STACK], web(), ["a gains log in"]],
    [
      "one condition of another form is not another one",
      web(writer("one")),
      web(writer("two")),
      ["a gains push registry/* (a condition)", "a loses push registry/* (a condition)"],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(changed(before, after)).toEqual(expected);
  });

  const release = (reviewers: readonly string[], ...patterns: readonly string[]) => {
    const type = "github:index/repositoryEnvironment:RepositoryEnvironment";
    const environment = "release";
    return [
      STACK,
      ...pipeline(
        "web",
        credential("web", "repo:o/web:environment:release"),
        resource("web/release", type, "web", { environment, reviewers }),
        ...patterns.map((branchPattern) =>
          resource(`web/${branchPattern}`, `${type}DeploymentPolicy`, "web", {
            environment,
            branchPattern,
          }),
        ),
      ),
    ];
  };
  const subject = "repo:o/web:environment:release";
  test.each([
    [
      "a wider policy of an environment",
      release(["a"], "main"),
      release(["a"], "**"),
      [`${subject} gains run on branch **`, `${subject} loses run on branch main`],
    ],
    [
      "an environment that loses its reviewers",
      release(["a"], "main"),
      release([], "main"),
      [`${subject} gains run without a review`],
    ],
    [
      "a role of a principal that no credential lets in",
      [STACK],
      [STACK, resource("x", STRANGER, "stack", { ...writer().inputs, principalId: "p" })],
      ["principal p gains push registry/*"],
    ],
  ])("%s is a change", (_, before, after, expected) => {
    expect(changed(before, after)).toEqual(expected);
  });

  test("what an interrupted update has to delete does not hide what replaced it", () => {
    const [now] = of(["web"]).slice(-2);
    const old = { ...now, inputs: { ...now?.inputs, scope: "/r/former" }, delete: true };
    const steps = [...of(["web"]), old].map((it) => {
      const op = "delete" in it ? "delete" : "same";
      return {
        op,
        urn: it.urn ?? "",
        oldState: it as KnownResource,
        newState: it as KnownResource,
      };
    });
    const { before, after } = previewResources({ steps });
    expect(changed(before, after)).toEqual([]);
  });

  test("a replacement that ends equal is no change", () => {
    const steps = of(["web"]).flatMap((it) => [
      { op: "create-replacement", urn: it.urn, oldState: it, newState: it },
      { op: "replace", urn: it.urn, oldState: it, newState: it },
      { op: "delete-replaced", urn: it.urn, oldState: it },
    ]);
    const { before, after } = previewResources({ steps });
    expect(changed(before, after)).toEqual([]);
  });

  test("a deleted pipeline loses everything", () => {
    const steps = of(["web"]).map((it) => ({ op: "delete", urn: it.urn, oldState: it }));
    const { before, after } = previewResources({ steps });
    expect(changed(before, after)).toEqual([
      "a loses push registry/web",
      "a loses sign with account/one",
    ]);
  });
});
