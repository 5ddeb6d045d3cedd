import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { withCommands } from "../support/commands";

const WORKFLOWS = ["preview", "deploy", "drift"].map(
  (name) => `.github/workflows/countersign-${name}.yml`,
);

test("`ci` writes three workflows again and again, and overwrites no others", async () => {
  await withCommands({}, async ({ run, read, folder }) => {
    const cloud = ["--organization", "contoso", "--allow-organization-token"];
    const ci = ["ci", "--stack", "contoso/prod", ...cloud];
    const { code, stdout, stderr } = await run(ci);
    expect(code, stderr).toBe(0);
    for (const path of WORKFLOWS) expect(stdout).toContain(`Wrote ${path}.`);
    expect(read(WORKFLOWS[0] as string)).toContain("STACK: contoso/prod");
    expect(stdout).toContain("The App of countersign-preview needs actions: read,");
    expect((await run([...ci, "--branch", "release"])).code).toBe(0);
    const other = await run(["ci", "--stack", "eve/prod", ...cloud]);
    expect(other.stderr).toContain("or wrote it for another stack");
    expect(read(WORKFLOWS[1] as string)).toContain("- 'release'");

    writeFileSync(join(folder, WORKFLOWS[2] as string), "name: theirs\n");
    const refused = await run(ci);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain(
      `${WORKFLOWS[2]}: this command did not write the file, or wrote it`,
    );
    expect(read(WORKFLOWS[1] as string)).toContain("- 'release'");
  });
});

test("`ci` names every option that is missing", async () => {
  await withCommands({}, async ({ run, folder }) => {
    const { code, stderr } = await run(["ci", "--stack", "prod"]);
    expect(code).toBe(1);
    expect(stderr).toContain("Name the backend that keeps the state");
    expect(existsSync(join(folder, ".github"))).toBe(false);
  });
});

test("`picture` draws a state as a tree and as Mermaid, and says what it needs", async () => {
  await withCommands({}, async ({ run, folder }) => {
    const state = readFileSync("test/fixtures/example-state.json", "utf8");
    const longer = `environment:${"long-".repeat(12)}`;
    writeFileSync(join(folder, "state.json"), state.replaceAll("environment:", longer));
    const tree = await run(["picture", "--state", "state.json"]);
    expect(tree).toMatchObject({ code: 0, stderr: "" });
    expect(tree.stdout).toContain("     ├─ push contosoimages/web\n");
    expect(tree.stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
    const diagram = await run(["picture", "--state", "state.json", "--format", "mermaid"]);
    expect(diagram.stdout).toMatch(/^flowchart LR\n/);
    expect(await run(["picture"])).toMatchObject({
      code: 1,
      stderr: "Give one of --stack, --state, and --preview.\n",
    });
  });
});

test("`rehearse-bootstrap` proves the example", async () => {
  await withCommands({}, async ({ run }) => {
    const config = resolve("bootstrap/Pulumi.dev.yaml");
    const { code, stdout, stderr } = await run(["rehearse-bootstrap", "--config", config]);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("the trust proof holds");
  });
});

test("a command that does not exist, and one with an unknown option, explain themselves", async () => {
  await withCommands({}, async ({ run }) => {
    const unknown = await run(["docter"]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("There is no command docter.");
    const misused = await run(["prove", "--stak", "prod"]);
    expect(misused.code).toBe(2);
    expect(misused.stderr).toContain("npm run prove -- --stack NAME");
    const help = await run(["adopt", "--help"]);
    expect(help.stdout).toMatch(/^npm run adopt/);
    expect(help.stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
  });
});
