import { describe, expect, test } from "vitest";
import { committedFiles, leftovers, mergeProposals } from "../../rehearsal/traces";
import { built, WORKFLOW } from "./built";

function proposed() {
  const { clouds, intents } = built({ pipelines: { web: {} }, trusted: [] });
  const repository = clouds.github.repository("web");
  const main = repository.branches.get("main")!;
  main.clear();
  const before = clouds.inventory();
  repository.starts.set("ours", new Map());
  repository.branches.set("ours", new Map([[WORKFLOW, "ours"]]));
  repository.commits.push({ branch: "ours", path: WORKFLOW, message: "" });
  repository.pullRequests.set(1, {
    number: 1,
    title: "Sign images",
    body: "",
    head: "ours",
    base: "main",
    state: "open",
    merged: false,
  });
  return { clouds, intents, repository, before };
}

describe("what is proposed", () => {
  test("is merged, and then counts as committed", () => {
    const { clouds, intents } = proposed();
    const committed = () => committedFiles(clouds, intents).map(({ content }) => content);
    expect(committed()).toEqual([""]);
    expect(mergeProposals(clouds)).toEqual({
      pullRequests: ["Contoso/web#1: Sign images"],
      stays: [`file web/${WORKFLOW} on main`],
    });
    expect(committed()).toEqual(["ours"]);
    expect(mergeProposals(clouds)).toEqual({ pullRequests: [], stays: [] });
  });

  test("stays where it was merged; branch and open pull request must go", () => {
    const { clouds, intents, repository, before } = proposed();
    const left = (known: readonly string[]) => leftovers(known, clouds.inventory(), intents);
    const branch = ["branch web/ours", `file web/${WORKFLOW} on ours`];
    expect(left(before)).toEqual(
      [...branch, "open pull request web#1"].map((thing) => `destroy did not delete ${thing}`),
    );
    const { stays } = mergeProposals(clouds);
    expect(left([...before, ...stays])).toEqual([]);
    repository.branches.get("main")?.clear();
    expect(left([...before, ...stays])).toEqual([
      `destroy deleted file web/${WORKFLOW} on main, which existed before`,
    ]);
  });
});

test("of what a pipeline adopted only its own secrets go", () => {
  const web = { adopt: true, level: "organization" };
  const { intents } = built({ pipelines: { web, api: { adopt: true } }, trusted: [] });
  const own = [
    "secret of the organization AZURE_CLIENT_ID_WEB",
    "secret of the organization AZURE_TENANT_ID_WEB",
    "secret api/AZURE_CLIENT_ID",
  ];
  const others = [
    "secret of the organization NPM_WEB",
    "secret of the organization AZURE_CLIENT_ID",
  ];
  expect(leftovers([...own, ...others], [], intents)).toEqual(
    others.map((thing) => `destroy deleted ${thing}, which existed before`),
  );
});
