import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../../rehearsal/clouds/wire";
import { github, refusal } from "../support";

type Changes = NonNullable<Parameters<typeof github>[0]>;
type Repository = NonNullable<Changes["repositories"]>[number];

const KEYS = ["repo", "context", "job_workflow_ref"];
const inputs = { repository: "web", useDefault: false, includeClaimKeys: KEYS };

const on = (web: Partial<Repository> = {}, owner: Changes["owner"] = {}, host = "github.com") =>
  github({ owner, repositories: [{ name: "web", id: 7, ...web }], github: { host } });
const keys = ({ state }: ReturnType<typeof github>) => state.subjectKeys(state.repository("web"));
const sub = ({ get }: ReturnType<typeof github>) =>
  get("repos/contoso/web/actions/oidc/customization/sub").body;

test("a template is set over what was there, and reset to GitHub's", async () => {
  const cloud = on({ subjectTemplate: ["repository_id"] });
  expect(keys(cloud)).toEqual(["repository_id"]);
  const { id, outputs } = await cloud.template.create(inputs);
  expect([id, outputs]).toEqual(["web", inputs]);
  expect(keys(cloud)).toEqual(KEYS);
  expect(cloud.state.inventory()).toEqual([
    "subject template of web: repo,context,job_workflow_ref",
  ]);
  expect(sub(cloud)).toMatchObject({ use_default: false, include_claim_keys: KEYS });
  await cloud.template.delete(id, outputs);
  expect([keys(cloud), cloud.state.inventory()]).toEqual([["repo", "context"], []]);
  expect(sub(cloud)).toMatchObject({ use_default: true });
});

describe("whose template a repository has", () => {
  const theirs = { subjectTemplate: ["repository_owner_id", "repository_id"] };
  test.each([
    ["its own", { subjectTemplate: KEYS }, theirs, KEYS],
    ["GitHub's, though the organisation has one", {}, theirs, ["repo", "context"]],
    [
      "the organisation's, as it asks for it",
      { subjectTemplate: [] },
      theirs,
      theirs.subjectTemplate,
    ],
    ["GitHub's, as there is no other", { subjectTemplate: [] }, {}, ["repo", "context"]],
    [
      "GitHub's, as a person has none",
      { subjectTemplate: [] },
      { ...theirs, type: "User" },
      ["repo", "context"],
    ],
  ] as const)("%s", (_, web, owner, expected) => {
    expect(keys(on(web as Partial<Repository>, owner as Changes["owner"]))).toEqual(expected);
  });

  test("it asks for the organisation's by naming no keys", async () => {
    const cloud = on({}, theirs);
    await cloud.template.create({ repository: "web", useDefault: false });
    expect(keys(cloud)).toEqual(theirs.subjectTemplate);
    expect(cloud.state.inventory()).toEqual(["subject template of web: "]);
  });
});

describe("at preview already", () => {
  test.each([
    [{ useDefault: true }, "include_claim_keys cannot be set when use_default is true"],
    [{ includeClaimKeys: [] }, "includeClaimKeys: at least 1 is needed"],
  ])("%j is refused", (changes, reason) => {
    const faults = on().template.check({ ...inputs, ...changes });
    expect(faults).toEqual([{ property: "", reason }]);
  });

  test.each([
    inputs,
    { ...inputs, includeClaimKeys: UNKNOWN },
    { ...inputs, includeClaimKeys: undefined },
  ])("%j is not", (wanted) => {
    expect(on().template.check(wanted)).toEqual([]);
  });
});

describe("GitHub refuses", () => {
  test.each([
    [["repo", "repo"], "a claim key comes twice"],
    [["repo", "job-workflow-ref"], "job-workflow-ref is not a claim key"],
    [["repo", "jobworkflowref"], "jobworkflowref is not a claim key"],
  ])("the keys %j", async (includeClaimKeys, why) => {
    const cloud = on();
    expect(await refusal(() => cloud.template.create({ ...inputs, includeClaimKeys }))).toEqual({
      code: "422",
      message: `422: PUT actions/oidc/customization/sub: 422 ${why} []`,
    });
    expect(cloud.state.inventory()).toEqual([]);
  });

  test("a repository that is not there, at a refresh too", async () => {
    const wanted = { ...inputs, repository: "nope" };
    const { template } = on();
    expect((await refusal(() => template.create(wanted))).code).toBe("404");
    expect((await refusal(() => template.read("nope", wanted))).code).toBe("404");
  });
});

test("a refresh sees other keys", async () => {
  const cloud = on();
  const { id } = await cloud.template.create(inputs);
  expect(cloud.template.read(id, inputs)?.inputs).toEqual(inputs);
  cloud.state.repository("web").subjectTemplate = ["ref"];
  expect(cloud.template.read(id, inputs)?.inputs).toEqual({ ...inputs, includeClaimKeys: ["ref"] });
  cloud.state.repository("web").subjectTemplate = undefined;
  const fresh = { repository: "web", useDefault: true };
  expect(cloud.template.read(id, inputs)?.inputs).toEqual(fresh);
});

test("another repository is written to in place, and the one before stays customised", async () => {
  const cloud = github({
    repositories: [
      { name: "web", id: 7 },
      { name: "api", id: 8 },
    ],
  });
  const { id, outputs } = await cloud.template.create(inputs);
  const news = { ...inputs, repository: "api" };
  expect(cloud.template.diff(inputs, news)).toEqual({ changed: ["repository"], replaces: [] });
  await cloud.template.update(id, news, outputs);
  expect(cloud.state.inventory().length).toBe(2);
});

test("only github.com's subjects carry ids, and only it says the prefix", () => {
  const cloud = on({}, {}, "github.contoso.com");
  const web = cloud.state.repository("web");
  expect(cloud.state.subjectPrefix(web)).toBe("repo:Contoso/web");
  expect(cloud.state.immutableSubjects(web)).toBe(false);
  expect(sub(cloud)).toEqual({ use_default: true });
  expect(on().state.subjectPrefix(web)).toBe("repo:Contoso@5/web@7");
});
