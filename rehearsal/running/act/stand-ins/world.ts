import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Delays, WORLD_VARIABLE, type World } from "../grants";

export function world(): World {
  const file = process.env[WORLD_VARIABLE];
  if (!file) throw new Error(`${WORLD_VARIABLE} is not set`);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Seconds since 1970, with the seconds that the job waited for Azure. Nobody really waits. */
export function now(): number {
  const waited = lines(join(homedir(), "waited")).reduce((sum, each) => sum + Number(each), 0);
  return Math.floor(Date.now() / 1000) + waited;
}

/** Whether Azure does not know a credential or role yet. Each question counts. */
export function isLate(what: keyof Delays): boolean {
  const file = join(homedir(), `asked-${what}`);
  const asked = lines(file).length;
  appendFileSync(file, "asked\n");
  return asked < (world().delays?.[what] ?? 0);
}

/** The seconds that a token of GitHub lives: https://github.com/Azure/azure-cli/issues/28708 */
export const TOKEN_LIFETIME = 300;

/** The login of the Azure CLI. Later steps of the job share it. */
export function logIn(): void {
  mkdirSync(azureFolder(), { recursive: true });
  writeFileSync(loginFile(), String(now()));
}

/** Fails without a login. A token for another service needs GitHub's token, which must be fresh. */
export function requireLogin(): void {
  if (!existsSync(loginFile())) throw new Error("Please run 'az login' to setup account.");
  if (now() - Number(readFileSync(loginFile(), "utf8")) > TOKEN_LIFETIME) {
    throw new Error("AADSTS700024: Client assertion is not within its valid time range.");
  }
}

/** Where Docker and Notation look for a registry's credentials. */
export function dockerConfig(): string {
  return join(dockerFolder(), "config.json");
}

/** Set by setup-buildx. Without it, images have no attestations. */
export function buildxMark(): string {
  return join(dockerFolder(), "buildx", "current");
}

/** Set by setup-qemu, for the whole machine. */
export function emulatorMark(): string {
  return join(homedir(), "emulators");
}

function dockerFolder(): string {
  return process.env.DOCKER_CONFIG || join(homedir(), ".docker");
}

function azureFolder(): string {
  return process.env.AZURE_CONFIG_DIR || join(homedir(), ".azure");
}

function loginFile(): string {
  return join(azureFolder(), "azureProfile.json");
}

function lines(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}
