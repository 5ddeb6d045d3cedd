import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { WORLD_VARIABLE, type World } from "../grants";

export function world(): World {
  const file = process.env[WORLD_VARIABLE];
  if (!file) throw new Error(`${WORLD_VARIABLE} is not set`);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The login of the Azure CLI. Later steps of the job share it. */
export function logIn(): void {
  mkdirSync(join(homedir(), ".azure"), { recursive: true });
  writeFileSync(loginFile(), "{}");
}

export function loggedIn(): boolean {
  return existsSync(loginFile());
}

/** Where Docker and Notation look for a registry's credentials. */
export function dockerConfig(): string {
  return join(homedir(), ".docker", "config.json");
}

/** Set by setup-buildx. Without it, images have no attestations. */
export function buildxMark(): string {
  return join(homedir(), ".docker", "buildx", "current");
}

function loginFile(): string {
  return join(homedir(), ".azure", "azureProfile.json");
}
