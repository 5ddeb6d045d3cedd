import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, test } from "vitest";
import type { Held } from "../../surroundings/held";
import { checkRemovals } from "../../surroundings/removed-pipelines";
import { block } from "../support/block";

const there = new Set<string>();

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: ({ inputs: { endpoint } }) =>
      there.has(endpoint)
        ? { code: 200, body: JSON.stringify({ name: endpoint.split("/branches/")[1] }) }
        : { code: 404, body: "" },
  });
});

const NAME = "web-proposal-0123456789";
const BRANCH = "countersign/web-0123456789";
const urn = (type: string, name: string) => `urn:pulumi:test::countersign::${type}::${name}`;
const proposed = (released: boolean): Held => ({
  [urn("countersign:index:ProposedFiles", NAME)]: { released },
  [urn("countersign:index:ProposedFiles$github:index/branch:Branch", `${NAME}-branch`)]: {
    repository: "web",
    branch: BRANCH,
  },
});
const check = (held: Held, pipelines: object = {}) =>
  checkRemovals({ owner: "contoso", pipelines: pipelines as never }, held).then(
    () => "",
    (failure: Error) => failure.message,
  );

test("a pipeline with a proposal cannot go where its branch or its repository is gone", async () => {
  const of = (lost: string, remedy: string) =>
    block(
      "countersign:pipelines.web",
      "nothing",
      `a pipeline whose proposals the state knows: ${lost} is gone`,
      remedy,
    );
  there.clear();
  expect(await check(proposed(false))).toContain(
    of(
      "contoso/web",
      "take what was in it out of the state: `pulumi state delete URN`, for each URN of `pulumi stack --show-urns`",
    ),
  );
  there.add("repos/contoso/web");
  expect(await check(proposed(false))).toContain(
    of(`branch ${BRANCH} of contoso/web`, "run `pulumi refresh`, then `pulumi up`"),
  );
});

test("it can where the branch is there, was released, or the pipeline stays", async () => {
  there.clear();
  expect(await check(proposed(true))).toBe("");
  expect(await check(proposed(false), { web: {} })).toBe("");
  there.add(`repos/contoso/web/branches/${BRANCH}`);
  expect(await check(proposed(false))).toBe("");
});
