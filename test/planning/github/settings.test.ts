import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { StateResource } from "../../../snapshot";
import { config } from "../../support/config";
import {
  environment,
  forbidden,
  found,
  missing,
  planned,
  plannedWeb,
  repository,
  snapshot,
  WORKFLOW,
} from "../../support/planning";
import { refused, refusedWeb } from "../../support/refused";

const ALL = ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID"];
const existing = (...names: string[]) => ({
  repositories: { web: repository({ settings: found(["OTHER", ...names]) }) },
});
const gated = (pipeline: object) => ({ branches: ["main"], environment: "release", ...pipeline });

describe("an organization's values under GitHub's free plan", () => {
  const owner = { login: "Contoso", id: 5, type: "Organization" };
  const having = (isPrivate: boolean, plan?: string) => ({
    repositories: { web: repository({ owner, private: isPrivate }) },
    github: { plan: found(plan) },
  });
  test.each(["secrets", "variables"])("cannot be read by private repositories: %s", (ids) => {
    const wanted = { level: "organization", ids };
    expect(refusedWeb(wanted, having(true, "free"))).toEqual([
      `web.level | "organization" | repository, because Contoso has GitHub's free plan, and Contoso/web is private: its runs would read empty ${ids} | Remove \`level\`, or use GitHub Team or Enterprise.`,
    ]);
    expect(refusedWeb(wanted, having(false, "free"))).toEqual([]);
    expect(refusedWeb(wanted, having(true, "team"))).toEqual([]);
    expect(refusedWeb(wanted, having(true))).toEqual([]);
    expect(refusedWeb({ ids }, having(true, "free"))).toEqual([]);
  });
});

describe("where the login settings are", () => {
  const repository_ = { scope: "repository", suffix: "" };
  const environment_ = { scope: "environment", environment: "release", suffix: "" };
  const organization = { scope: "organization", suffix: "_WEB" };
  test.each([
    [{}, { kind: "secrets", ...repository_ }],
    [{ ids: "variables" }, { kind: "variables", ...repository_ }],
    [{ level: "environment" }, { kind: "secrets", ...environment_ }],
    [
      { level: "environment", ids: "variables" },
      { kind: "variables", ...environment_ },
    ],
    [{ level: "organization" }, { kind: "secrets", ...organization }],
    [
      { level: "organization", ids: "variables" },
      { kind: "variables", ...organization },
    ],
  ])("%j: there only, and the workflow reads them", (choice, location) => {
    const { settings, files, record } = plannedWeb(gated(choice));
    expect(settings).toEqual([location]);
    expect(record.plans[0]?.loginSettings).toEqual(location);
    const workflow = files.committed?.files.find(({ path }) => path === WORKFLOW)?.content ?? "";
    const context = location.kind === "secrets" ? "secrets" : "vars";
    const text = JSON.stringify(parse(workflow));
    for (const name of ALL) expect(text).toContain(`\${{ ${context}.${name}${location.suffix} }}`);
  });

  test("in the organization, those of two pipelines have different names", () => {
    const level = "organization";
    const pipelines = { web: { level }, "team-api": { level, repository: "api" } };
    const repositories = { web: repository(), "team-api": repository({ name: "api", id: 8 }) };
    const plan = planned(
      config({ "countersign:pipelines": pipelines }),
      snapshot({ repositories }),
    );
    expect(plan.pipelines.map(({ settings }) => settings[0]?.suffix)).toEqual([
      "_WEB",
      "_TEAM_API",
    ]);
  });
});

describe("what exists there already", () => {
  const secret = (name: string, where: string) =>
    `web.adopt | "secret ${name} of ${where}" | a secret that does not exist yet | Set \`adopt: true\` to overwrite the secret. If another stack uses it, set \`level: environment\` with an environment of its own. If an interrupted run wrote it, delete it on GitHub.`;
  const variable = (name: string, where: string) =>
    `web.ids | "variable ${name} of ${where}" | a variable that does not exist yet | Delete the variable on GitHub, or import it with \`pulumi import\`. Countersign never overwrites variables.`;
  test.each([
    ["a secret", {}, "AZURE_TENANT_ID", secret("AZURE_TENANT_ID", "Contoso/web")],
    [
      "a secret of the environment",
      gated({ level: "environment" }),
      "AZURE_CLIENT_ID",
      secret("AZURE_CLIENT_ID", "environment release of Contoso/web"),
    ],
    [
      "a secret of the organization",
      { level: "organization" },
      "AZURE_CLIENT_ID_WEB",
      secret("AZURE_CLIENT_ID_WEB", "organization Contoso"),
    ],
    [
      "a variable, even with adopt",
      { ids: "variables", adopt: true },
      "AZURE_CLIENT_ID",
      variable("AZURE_CLIENT_ID", "Contoso/web"),
    ],
    [
      "a variable of the organization, even with adopt",
      { level: "organization", ids: "variables", adopt: true },
      "AZURE_TENANT_ID_WEB",
      variable("AZURE_TENANT_ID_WEB", "organization Contoso"),
    ],
  ])("%s is refused", (_, pipeline, name, expected) => {
    expect(refusedWeb(pipeline, existing(name))).toEqual([expected]);
  });

  test("all of them are reported, each by its name", () => {
    expect(refusedWeb({}, existing(...ALL))).toEqual(ALL.map((it) => secret(it, "Contoso/web")));
  });

  test.each([
    ["secrets, with adopt", { adopt: true }, existing(...ALL)],
    ["secrets of another name", { level: "organization" }, existing(...ALL)],
    [
      "names that cannot be read",
      {},
      { repositories: { web: repository({ settings: forbidden }) } },
    ],
    [
      "an environment that is yet to be created",
      gated({ level: "environment" }),
      { repositories: { web: repository({ settings: missing }) } },
    ],
  ])("not refused: %s", (_, pipeline, there) => {
    expect(refusedWeb(pipeline, there)).toEqual([]);
  });

  /** The secrets that the state has; one run was interrupted before it wrote the others. */
  const held = (repositoryId: number, name = "AZURE_CLIENT_ID"): StateResource => ({
    type: "github:index/actionsSecret:ActionsSecret",
    name: `web-ids-${name.toLowerCase().replaceAll("_", "-")}`,
    outputs: { repositoryId, secretName: name },
  });

  test("what this stack wrote there is its own, and what it did not write is not", () => {
    const there = { ...existing(...ALL.slice(0, 2)), resources: [held(7)] };
    expect(refusedWeb({}, there)).toEqual([secret("AZURE_TENANT_ID", "Contoso/web")]);
  });

  test("what it wrote to another repository, or as a variable, is not", () => {
    const own = (resource: StateResource) =>
      refusedWeb({}, { ...existing("AZURE_CLIENT_ID"), resources: [resource] });
    const refusal = [secret("AZURE_CLIENT_ID", "Contoso/web")];
    expect(own(held(8))).toEqual(refusal);
    const outputs = { repositoryId: 7, variableName: "AZURE_CLIENT_ID" };
    expect(own({ ...held(7), outputs })).toEqual(refusal);
    expect(own(held(7))).toEqual([]);
  });

  test("what it wrote to the organization is its own, of whichever repository", () => {
    const { outputs, ...rest } = held(0, "AZURE_CLIENT_ID_WEB");
    const resources = [{ ...rest, outputs: { secretName: outputs.secretName } }];
    const there = { ...existing("AZURE_CLIENT_ID_WEB"), resources };
    expect(refusedWeb({ level: "organization" }, there)).toEqual([]);
  });
});

test("a person has no organization's settings", () => {
  const web = repository({
    owner: { login: "Contoso", id: 5, type: "User" },
    environments: environment("release", []),
  });
  const pipelines = { web: { level: "organization" } };
  expect(
    refused(config({ "countersign:pipelines": pipelines }), { repositories: { web } }),
  ).toEqual([
    'web.level | "organization" | repository or environment, because Contoso is not an organization | Remove `level`.',
  ]);
});
