// Builds what the npm package contains: JavaScript, declarations, and the files that are not code.
import { execFileSync } from "node:child_process";
import { cpSync, rmSync, statSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
const isAsset = (file) => statSync(file).isDirectory() || !file.endsWith(".ts");
for (const folder of [
  "policy",
  "rehearsal/running",
  "rehearsal/tools",
  "verification",
  "workflow",
]) {
  cpSync(folder, `dist/${folder}`, { recursive: true, filter: isAsset });
}
