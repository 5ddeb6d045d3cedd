import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keep } from "../../commands/rehearse/keep";
import type { Rehearsed } from "../../rehearsal/rehearse";

const report = { version: 1, outputs: {} } as unknown as Rehearsed["report"];
const rehearsed = (repository: string): Rehearsed => ({
  report,
  files: [{ repository, path: "a.yml", sha256: "", content: repository }],
  callable: { "contoso/central/sign.yml@refs/heads/main": "text" },
});

let folder: string;
const has = (path: string) => existsSync(join(folder, path));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keep-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("what an earlier rehearsal kept is replaced, and nothing else is", () => {
  keep(rehearsed("contoso/old"), folder, { derived: "old" });
  mkdirSync(join(folder, "verify"));
  writeFileSync(join(folder, "verify/old"), "");
  writeFileSync(join(folder, "notes.txt"), "");
  keep({ ...rehearsed("contoso/new"), callable: {} }, folder, { given: "elsewhere.yaml" });
  expect(["contoso/old", "contoso/new"].map((it) => has(`repositories/${it}/a.yml`))).toEqual([
    false,
    true,
  ]);
  expect(["callable", "verify", "world.yaml"].map(has)).toEqual([false, false, false]);
  expect(["notes.txt", "report.json"].map(has)).toEqual([true, true]);
});

test("the world that was given stays", () => {
  keep(rehearsed("contoso/web"), folder, { derived: "edited" });
  keep(rehearsed("contoso/web"), folder, { given: join(folder, "world.yaml") });
  expect(readFileSync(join(folder, "world.yaml"), "utf8")).toBe("edited");
});

test("a folder that no rehearsal used keeps its folders of the same names", () => {
  mkdirSync(join(folder, "verify"));
  writeFileSync(join(folder, "verify/own"), "");
  keep(rehearsed("contoso/web"), folder, {});
  expect(has("verify/own")).toBe(true);
});
