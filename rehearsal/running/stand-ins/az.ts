import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { dockerConfig, loggedIn, world } from "./world";

/** `az acr login --name NAME [--suffix LABEL]`. No other command of the Azure CLI works. */
export function az(): void {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { name: { type: "string" }, suffix: { type: "string" } },
    });
    if (positionals.join(" ") !== "acr login") throw new Error(`unknown: ${positionals.join(" ")}`);
    acrLogin(values.name, values.suffix);
  } catch (error) {
    console.error(`ERROR: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

function acrLogin(name: string | undefined, suffix: string | undefined): void {
  if (!loggedIn()) throw new Error("Please run 'az login' to setup account.");
  const { registry } = world();
  if (name !== registry.name) {
    throw new Error(`The resource with name '${name}' and type registries could not be found`);
  }
  const label = registry.loginServer.split(".")[0] ?? "";
  const hashed = label.startsWith(`${name}-`) ? label.slice(name.length + 1) : undefined;
  if (suffix !== hashed) throw new Error(`Could not connect to the registry login server`);
  const file = dockerConfig();
  const config = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const auth = Buffer.from(`${registry.user}:${registry.password}`).toString("base64");
  config.auths = { ...config.auths, [registry.loginServer]: { auth } };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(config));
  console.log("Login Succeeded");
}
