import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { buildxMark, emulatorMark } from "./world";

export function setupBuildx(): void {
  mkdirSync(dirname(buildxMark()), { recursive: true });
  writeFileSync(buildxMark(), "");
}

export function setupQemu(): void {
  writeFileSync(emulatorMark(), "");
}
