import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { dockerConfig, isLate, requireLogin, world } from "./world";

type Values = Partial<Record<string, string | boolean>>;

/**
 * `az acr login`. With `--expose-token`, it prints the token, and Docker does not get it.
 * Source of the messages: azure-cli 2.91.0, command_modules/acr/_docker_utils.py and _errors.py
 */
export function acrLogin({ name, suffix, "expose-token": expose, query, output }: Values): void {
  requireLogin();
  const { registry } = world();
  if (name !== registry.name) {
    throw new Error(`The resource with name '${name}' and type registries could not be found`);
  }
  // The registry on this machine has no domain name label.
  if (suffix !== undefined) throw new Error("Could not connect to the registry login server");
  if (isLate("registry")) {
    console.error(
      `WARNING: The resource with name '${name}' and type 'Microsoft.ContainerRegistry/registries' could not be found in subscription.`,
    );
    console.error(
      `WARNING: Unable to get AAD authorization tokens with message: An error occurred: CONNECTIVITY_REFRESH_TOKEN_ERROR\nAccess to registry '${registry.loginServer}' was denied. Response code: 401. Please try running 'az login' again to refresh permissions.`,
    );
    throw new Error(
      "Unable to authenticate using AAD or admin login credentials. Please specify both username and password in non-interactive mode.",
    );
  }
  if (expose) {
    if (query !== "accessToken" || output !== "tsv") throw new Error("query what, and how?");
    console.log(registry.password);
    return;
  }
  const file = dockerConfig();
  const config = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const auth = Buffer.from(`${registry.user}:${registry.password}`).toString("base64");
  config.auths = { ...config.auths, [registry.loginServer]: { auth } };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(config));
  console.log("Login Succeeded");
}

/**
 * The registry's answer to a request for an access token. The claim `access` has what the identity
 * may do of what it asks for: https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
 */
export function exchange({ url, body, headers, query, output, ...more }: Values): void {
  const { registry, push, pull } = world();
  const form = new URLSearchParams(String(body));
  const asked = {
    url,
    headers,
    grant: form.get("grant_type"),
    service: form.get("service"),
    isPlain: more["skip-authorization-header"] && query === "access_token" && output === "tsv",
  };
  const expected = {
    url: `https://${registry.loginServer}/oauth2/token`,
    headers: "Content-Type=application/x-www-form-urlencoded",
    grant: "refresh_token",
    service: registry.loginServer,
    isPlain: true,
  };
  if (JSON.stringify(asked) !== JSON.stringify(expected)) {
    throw new Error(`Bad Request(${JSON.stringify(asked)})`);
  }
  if (form.get("refresh_token") !== registry.password) {
    throw new Error('Unauthorized({"errors":[{"message":"authentication required"}]})');
  }
  const [type, name = "", actions] = (form.get("scope") ?? "").split(":");
  if (type !== "repository" || !/^pull(,push)?$/.test(actions ?? "")) {
    throw new Error("Bad Request(scope)");
  }
  const isPush = actions === "pull,push" && push.includes(name) && !isLate("push");
  const isPull = pull === undefined || pull.includes(name);
  const allowed = [...(isPull ? ["pull"] : []), ...(isPush ? ["push"] : [])];
  const claims = { access: [{ type, name, actions: allowed }] };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  console.log(`${part({ typ: "JWT" })}.${part(claims)}.signature`);
}

/** A read of the registry, with a token for the repository. */
export async function readRegistry({ url, headers, output, ...more }: Values): Promise<void> {
  const { registry } = world();
  const { loginServer, user, password } = registry;
  const { Authorization = "", Accept = "" } = JSON.parse(String(headers));
  const [, name = "", path = ""] =
    new RegExp(`^https://${loginServer}/v2/(.+)/((?:manifests|referrers)/sha256:\\w{64})$`).exec(
      String(url),
    ) ?? [];
  const [, claims = ""] = String(Authorization).replace("Bearer ", "").split(".");
  const [access] = JSON.parse(Buffer.from(claims, "base64url").toString() || "{}").access ?? [];
  if (access?.name !== name || !access.actions.includes("pull")) throw new Error("Unauthorized()");
  if (!more["skip-authorization-header"] || output !== "json") throw new Error("Bad Request()");
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  const response = await fetch(`http://${loginServer}/v2/${name}/${path}`, {
    headers: { Authorization: `Basic ${basic}`, Accept: String(Accept) },
  });
  if (!response.ok) throw new Error(`Not Found(${await response.text()})`);
  console.log(JSON.stringify(await response.json(), undefined, 2));
}

/** The tags of a repository. This registry does not know when a tag was written. */
export async function showTags({ name, repository, orderby, top, output }: Values): Promise<void> {
  requireLogin();
  const { registry, pull } = world();
  if (name !== registry.name) throw new Error(`registries/${name} could not be found`);
  if (pull && !pull.includes(String(repository))) throw new Error("Unauthorized()");
  if (orderby !== "time_desc" || output !== "tsv") throw new Error("Bad Request()");
  const basic = Buffer.from(`${registry.user}:${registry.password}`).toString("base64");
  const url = `http://${registry.loginServer}/v2/${repository}/tags/list`;
  const response = await fetch(url, { headers: { Authorization: `Basic ${basic}` } });
  if (!response.ok) throw new Error(`Not Found(${await response.text()})`);
  const { tags } = (await response.json()) as { readonly tags: readonly string[] };
  console.log(tags.slice(0, Number(top)).join("\n"));
}
