import { describe, expect, test } from "vitest";
import { readBootstrap } from "../../bootstrap/configuration";
import { planBootstrap } from "../../bootstrap/plan";
import { config } from "../support/config";
import { stored } from "../support/planning";
import { found, OF, plan, read, VALUES } from "./planned";

describe("problems", () => {
  const paths = (problems: ReadonlyArray<{ readonly path: string }>) =>
    problems.map(({ path }) => path);

  test("of the configuration, all at once", () => {
    const { problems } = read({
      "bootstrap:repository": "contoso/platform",
      "bootstrap:brnch": "x",
    });
    expect(paths(problems)).toEqual([
      "bootstrap:stackFile",
      "bootstrap:resourceGroup",
      "bootstrap:repository",
      "bootstrap:brnch",
    ]);
  });

  test("of the stack's file are those of the stack", () => {
    expect(paths(read(VALUES, { "github:owner": "contoso" }).problems)).toContain(
      "countersign:registry",
    );
    const { problems } = readBootstrap(VALUES, () => {
      throw new Error("ENOENT: no such file");
    });
    expect(problems).toEqual([
      {
        path: "bootstrap:stackFile",
        given: "../Pulumi.prod.yaml",
        expected: "the file of a stack, such as ../Pulumi.prod.yaml",
        fix: "Check the path. ENOENT: no such file",
      },
    ]);
  });

  test("of providers that write elsewhere, and of a group that the deployment can change", () => {
    const others = { "github:owner": "ada", "bootstrap:resourceGroup": "RG-Images" };
    expect(paths(read({ ...VALUES, ...others }).problems)).toEqual([
      "bootstrap:resourceGroup",
      "github:owner",
    ]);
    const elsewhere = {
      ...stored(config()),
      "azure-native:subscriptionId": "5ab50000-0000-4000-8000-00000000c0de",
    };
    const { configuration } = read(VALUES, elsewhere);
    if (!configuration) throw new Error("no configuration");
    expect(paths(planBootstrap(configuration, found(), OF).problems)).toEqual([
      "azure-native:subscriptionId",
    ]);
  });

  test("of what exists", () => {
    const reviewers = { "bootstrap:reviewers": '{"users":["ada","nobody"]}' };
    expect(paths(plan(found(), { ...VALUES, ...reviewers }).problems)).toEqual([
      "bootstrap:reviewers.users",
    ]);
    expect(paths(plan({ ...found(), repository: undefined }).problems)).toEqual([
      "bootstrap:repository",
    ]);
    const subjects = { use_default: false, include_claim_keys: ["repo", "ref"] };
    expect(paths(plan(found({ subjects })).problems)).toEqual(["bootstrap:repository"]);
  });
});
