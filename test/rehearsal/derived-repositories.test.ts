import { describe, expect, test } from "vitest";
import { derivedWorld } from "../../rehearsal/derived-world";
import { config } from "../support/config";
import { configurationOf } from "../support/planning";

function derived(pipelines: object) {
  return derivedWorld(configurationOf(config({ "countersign:pipelines": pipelines })));
}

describe("a derived world", () => {
  test("has a Dockerfile where each image needs one", () => {
    const { github } = derived({
      web: {
        adopt: true,
        images: [
          { name: "one", context: "apps/one" },
          { name: "two", context: "apps/two/", dockerfile: "docker/Dockerfile" },
          { name: "three" },
        ],
      },
    });
    expect(github.repositories[0]?.files).toEqual({
      "apps/one/Dockerfile": "FROM scratch\n",
      "apps/two/docker/Dockerfile": "FROM scratch\n",
      Dockerfile: "FROM scratch\n",
      ".github/workflows/sign-image.yml": "name: the workflow that is taken over\n",
    });
  });

  test("has one repository for all pipelines that use it", () => {
    const environment = (name: string) => ({ environment: { name, create: false } });
    const { github } = derived({
      first: {
        repository: "suite",
        ...environment("first"),
        branches: ["trunk"],
        images: [{ name: "suite/first", context: "first" }],
      },
      second: {
        repository: "Suite",
        ...environment("second"),
        level: "environment",
        tags: ["v*"],
        branches: [],
        workflow: ".github/workflows/sign-second.yml",
        commit: "pull-request",
        images: [{ name: "suite/second", context: "second" }],
      },
      web: {},
    });
    const policy = (name: string, type = "branch") => ({ name, type });
    expect(github.repositories).toMatchObject([
      {
        name: "suite",
        id: 821093847,
        defaultBranch: "trunk",
        protectedBranches: ["trunk"],
        files: { "first/Dockerfile": "FROM scratch\n", "second/Dockerfile": "FROM scratch\n" },
        environments: [
          { name: "first", policies: [policy("trunk")] },
          { name: "second", policies: [policy("v*", "tag")] },
        ],
      },
      { name: "web", id: 821093848, defaultBranch: "main" },
    ]);
  });
});
