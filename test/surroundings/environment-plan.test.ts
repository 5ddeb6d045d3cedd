import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import { planEnvironment } from "../../surroundings/environment-plan";
import type { Repository } from "../../surroundings/repository";
import { GITHUB_COM, gitHubHost } from "../../trust/hosts";

/** What GitHub answers to the question for the owner: a plan, no plan, or that nobody may ask. */
let answer: object | "403" | "404" | "500" = {};
const asked: string[] = [];

/** As gRPC hands one on. */
const failure = (details: string) => Object.assign(new Error(details), { details });

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call({ inputs }) {
      asked.push(inputs.endpoint);
      if (answer === "403" || answer === "500") throw failure(`GET: ${answer} []`);
      if (answer === "404") return { code: 404, body: "{}" };
      return { code: 200, body: JSON.stringify(answer) };
    },
  });
});

function repository(changes: Partial<Repository> = {}, host = GITHUB_COM): Repository {
  return {
    owner: "Contoso",
    name: "web",
    id: 7,
    defaultBranch: "main",
    url: "https://github.com/Contoso/web",
    isPrivate: true,
    isOrganizations: true,
    subjects: {
      today: undefined,
      names: { form: "names", prefix: "repo:Contoso/web" },
      immutable: { form: "immutable", prefix: "repo:Contoso@5/web@7" },
    },
    source: {
      host,
      owner: { login: "Contoso", id: 5 },
      repository: { name: "web", id: 7, visibility: "private" },
      keys: ["repo", "context"],
    },
    ...changes,
  };
}

const wanted = {
  name: "release",
  reviewers: { users: [], teams: [] },
  preventSelfReview: false,
  waitMinutes: 5,
  adminsCanBypass: false,
};
const planned = { ...wanted, create: true };

describe("a plan that nobody knows refuses nothing", () => {
  test.each([
    ["not said", { login: "Contoso" }],
    ["not to be asked for", "403"],
    ["of an account that is not found", "404"],
    ["of another name", { plan: { name: "business" } }],
  ] as const)("%s", async (_, said) => {
    answer = said;
    asked.length = 0;
    expect(await planEnvironment(repository(), wanted, "at")).toEqual(planned);
    expect(asked).toEqual(["orgs/Contoso"]);
  });

  test("a person's is asked for by another path", async () => {
    answer = {};
    asked.length = 0;
    await planEnvironment(repository({ isOrganizations: false }), wanted, "at");
    expect(asked).toEqual(["users/Contoso"]);
  });

  test.each([
    ["a public repository's", repository({ isPrivate: false })],
    ["a server's", repository({}, gitHubHost("https://github.contoso.example/api/v3"))],
    ["a tenant's", repository({}, gitHubHost("https://api.contoso.ghe.com"))],
  ])("%s is not even asked for", async (_, it) => {
    answer = { plan: { name: "free" } };
    asked.length = 0;
    expect(await planEnvironment(it, wanted, "at")).toEqual(planned);
    expect(asked).toEqual([]);
  });
});

test("any other failure is no answer", async () => {
  answer = "500";
  await expect(planEnvironment(repository(), wanted, "at")).rejects.toThrow(
    "The environment cannot be made: GET: 500 []",
  );
});
