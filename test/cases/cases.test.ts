import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import program from "../../index";
import { rehearse } from "../../rehearsal/rehearse";
import type { Report } from "../../rehearsal/report";
import { readStackFile } from "../../rehearsal/stack-file";
import { parseWorld } from "../../rehearsal/world/world";
import { theEngine } from "../support/engine";

/** Rehearses a stack file of a case, in the case's world if it has one. */
async function rehearsed(name: string, file: string): Promise<Report> {
  const at = (it: string) => join(__dirname, name, it);
  const world = at("world.yaml");
  const given = existsSync(world) ? parseWorld(parse(readFileSync(world, "utf8"))) : undefined;
  const { report } = await rehearse({
    engine: await theEngine(),
    program,
    project: readFileSync("Pulumi.yaml", "utf8"),
    stack: readStackFile(at(`Pulumi.${file}.yaml`)),
    // One mode of the registry is enough here.
    stated: { azure: { registries: [{ name: "contosoimages", mode: "abac" }] } },
    ...(given && { world: given }),
  });
  return report;
}

/** The runs that log in, and what they trust. */
const loggedIn = ({ proof }: Report) =>
  proof.filter((row) => row.declared && row.exchange === "token").map((row) => row.run);
const trusts = (report: Report) => Object.values(report.trusts).flat();
const ENVIRONMENT = "repo:contoso@5544123/infrastructure@821093847:environment:";

describe("a situation from the field in which images are signed", () => {
  test.each([
    ["case", `${ENVIRONMENT}customer/production`],
    ["emoji", `${ENVIRONMENT}🚀 production`],
    ["existing", `${ENVIRONMENT}customer/production`],
  ])("01: an environment with any name (%s)", async (file, subject) => {
    const report = await rehearsed("01-environment-slash", file);
    expect([report.reasons, trusts(report)]).toEqual([[], [subject]]);
    expect(loggedIn(report)).not.toEqual([]);
  });

  test.each(["case", "owner"])("03: logins of managed users (%s)", async (file) => {
    expect((await rehearsed("03-emu-logins", file)).reasons).toEqual([]);
  });

  test("04: an enterprise's own issuer, and no token of the plain one", async () => {
    const report = await rehearsed("04-enterprise-issuer", "case");
    expect(report.reasons).toEqual([]);
    expect(loggedIn(report)).toEqual(["push to branch main"]);
    const plain = report.proof.find(({ run }) => /issuer/.test(run));
    expect(plain).toMatchObject({ declared: false, exchange: "AADSTS700211" });
  });

  test("05: any rule that stops a commit leads to a pull request", async () => {
    const report = await rehearsed("05-rules-not-known", "case");
    expect([report.reasons, report.merged.length]).toEqual([[], 1]);
  });

  test.each(["case", "levels"])("09: one repository with two applications (%s)", async (file) => {
    const report = await rehearsed("09-monorepo-tags", file);
    expect(report.reasons).toEqual([]);
    expect(loggedIn(report).length).toBeGreaterThan(1);
  });

  test("12: two subscriptions", async () => {
    const report = await rehearsed("12-two-subscriptions", "case");
    expect(report.reasons).toEqual([]);
    expect(report.made.map(({ name }) => name)).toContain("web-registry-contosoimages-writer");
  });

  test("13: names of branches", async () => {
    expect((await rehearsed("13-branch-names", "case")).reasons).toEqual([]);
  });

  test.each(["prod", "adopt"])("16: beside another stack of the repository (%s)", async (file) => {
    const report = await rehearsed("16-dev-and-prod", file);
    expect([report.reasons, loggedIn(report)]).toEqual([[], ["push to branch main"]]);
  });

  test("17: a default branch that is a pattern to GitHub", async () => {
    const report = await rehearsed("17-default-branch-plus", "case");
    expect([report.reasons, loggedIn(report)]).toEqual([[], ["push to branch c++17"]]);
  });

  test("22: a workflow whose pins a bot raised", async () => {
    const report = await rehearsed("22-bot-bumps-pins", "case");
    expect(report.reasons).toEqual([]);
    expect(report.notes.join()).toContain("web takes over .github/workflows/sign-image.yml");
  });

  test("24: a branch and tags on one commit", async () => {
    const report = await rehearsed("24-tags-on-one-commit", "case");
    expect(report.reasons).toEqual([]);
    expect(loggedIn(report)).toEqual(["push to branch main", "push to tag v1.0"]);
  });
});

describe("a situation from the field that preview refuses", () => {
  const rows: ReadonlyArray<readonly [string, string, RegExp]> = [
    ["04-enterprise-issuer", "provider", /github:issuer.*countersign:issuer/s],
    [
      "06-push-ruleset",
      "case",
      /web\.commit.*ruleset protect-workflows \(file_path_restriction\)/s,
    ],
    ["09-monorepo-tags", "two", /second-app\.level.*level: environment/s],
    ["09-monorepo-tags", "paths", /suite\.paths/s],
    ["11-actions-policy", "case", /wheel\.repository.*enter: actions\/checkout@\*, /s],
    ["12-two-subscriptions", "id", /signing\.resourceGroup.*`subscription`/s],
    ["12-two-subscriptions", "plain", /signing\.account.*set `subscription`/s],
    ["16-dev-and-prod", "remedy", /web\.environment.*environment\.create: true/s],
    ["19-org-values-free-plan", "case", /web\.level.*free plan.*empty variables/s],
  ];
  test.each(rows)("%s (%s)", async (name, file, reason) => {
    const report = await rehearsed(name, file);
    expect(report.reasons.join("\n")).toMatch(reason);
    expect(report.made).toEqual([]);
  });
});
