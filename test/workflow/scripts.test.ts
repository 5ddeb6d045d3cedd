import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Job } from "../../workflow/model";
import { reusableWorkflow } from "../../workflow/reusable-workflow";
import { BUILD } from "../support/build-plan";

const { steps } = reusableWorkflow(BUILD).jobs.sign as Job;

function bash(script: string, env: Record<string, string> = {}) {
  const options = { encoding: "utf8", env: { PATH: "/usr/bin:/bin", ...env } } as const;
  return spawnSync("bash", ["-eo", "pipefail", "-c", script], options);
}

describe("the functions in azure.sh", () => {
  /** The waits for a command that always fails like this, with a clock that never really waits. */
  function waitsFor(said: string): number[] {
    const script = `deadline=600
      . workflow/steps/azure.sh
      clock=0
      date() { echo "$clock"; }
      sleep() { clock=$((clock + $1)); echo "wait $1"; }
      request_token() { token=fresh; }
      az() { [ "$*" != "account set --subscription " ] || return 0; }
      refuse() { printf '%s\\n' "$SAID"; return 1; }
      again refuse || echo failed`;
    const { stdout } = bash(script, { SAID: said });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("failed");
    return [...stdout.matchAll(/^wait (\d+)$/gm)].map(([, seconds]) => Number(seconds));
  }

  const acr = (code: number) =>
    `WARNING: Unable to get AAD authorization tokens with message: An error occurred: CONNECTIVITY_REFRESH_TOKEN_ERROR
Access to registry 'contoso.azurecr.io' was denied. Response code: ${code}. Please try running 'az login' again to refresh permissions.
ERROR: Unable to authenticate using AAD or admin login credentials.`;
  const id = "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a01";

  // Sources: azure-cli 2.91.0, and Entra's error codes.
  test.each([
    "ERROR: AADSTS70021: No matching federated identity record found for presented assertion.",
    "ERROR: AADSTS700213: No matching federated identity record found for presented assertion subject 'repo:x'.",
    '{"error":"unauthorized_client","error_description":"AADSTS700016: Application not found"}',
    `ERROR: No subscriptions found for ${id}.`,
    `ERROR: The subscription of '${id}' doesn't exist in cloud 'AzureCloud'.`,
    acr(401),
    "ERROR: 401 Unauthorized, CONNECTIVITY_REFRESH_TOKEN_ERROR",
    "unauthorized: authentication required, visit https://aka.ms/acr/authorization for more information.",
    "denied: requested access to the resource is denied",
    "This identity may not push yet.",
    "ERROR: Forbidden",
  ])("wait for at most ten minutes: %s", (said) => {
    const waits = waitsFor(said);
    expect(waits).toEqual([10, 20, 40, ...Array(8).fill(60)]);
  });

  test.each([
    "ERROR: AADSTS700211: No matching federated identity record found for presented assertion issuer 'x'.",
    "ERROR: AADSTS700212: No matching federated identity record found for presented assertion audience 'x'.",
    "ERROR: AADSTS700024: Client assertion is not within its valid time range.",
    acr(403),
    "ERROR: Looks like you don't have access to registry 'contoso.azurecr.io'.",
    "denied: client with IP '192.0.2.1' is not allowed access.",
    "ERROR: Unable to authenticate using AAD or admin login credentials.",
    "ERROR: Not Found",
    "az: command not found",
  ])("fail at once: %s", (said) => {
    expect(waitsFor(said)).toEqual([]);
  });

  test("log in again with a fresh token before each further try, and never before the first", () => {
    const script = `deadline=600
      . workflow/steps/azure.sh
      date() { echo 0; }
      sleep() { :; }
      number=0
      request_token() { number=$((number + 1)); token="token$number"; }
      az() { echo "$*" >&3; }
      ask() { echo ask >&3; [ "$number" -ge 2 ] || { echo "ERROR: Forbidden"; return 1; }; }
      exec 3>&1
      again ask
      again ask`;
    const env = { CLIENT_ID: "c", TENANT_ID: "t", SUBSCRIPTION_ID: "s" };
    const said = bash(script, env)
      .stdout.split("\n")
      .filter((line) => /^(ask|login|acc)/.test(line));
    const login = (token: string) => [
      `login --service-principal --username c --tenant t --federated-token ${token} --output none`,
      "account set --subscription s",
      "ask",
    ];
    expect(said).toEqual(["ask", ...login("token1"), ...login("token2"), "ask"]);
  });

  test.each([
    ["contoso.azurecr.io", "login --name Contoso"],
    ["contoso-a1b2c3.azurecr.io", "login --name Contoso --suffix a1b2c3"],
    ["contosox-a1b2c3.azurecr.io", "login --name Contoso"],
  ])("log in to the registry at %s", (server, expected) => {
    const script = `. workflow/steps/azure.sh
      az() { shift; echo "$*"; }
      log_in`;
    const { stdout } = bash(script, { REGISTRY: "Contoso", LOGIN_SERVER: server });
    expect(stdout.trim()).toBe(expected);
  });

  test("hide the token that they request", () => {
    const script = `. workflow/steps/azure.sh
      curl() { printf '%s ' "$@" >&2; echo '{"value":"secret"}'; }
      request_token`;
    const { stdout, stderr } = bash(script, {
      ACTIONS_ID_TOKEN_REQUEST_URL: "https://tokens.example/?api-version=2.0",
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bearer",
      AUDIENCE: "api://AzureADTokenExchange",
    });
    expect(stdout).toBe("::add-mask::secret\n");
    expect(stderr).toContain("--get --data-urlencode audience=api://AzureADTokenExchange");
  });
});

test("each job has its own folders, and the functions have its deadline", () => {
  const { run } = steps.find(({ name }) => name === "Prepare the job") as { run: string };
  const RUNNER_TEMP = mkdtempSync(join(tmpdir(), "countersign-script-"));
  const prepare = (file: string) => {
    const GITHUB_ENV = join(RUNNER_TEMP, file);
    expect(bash(run, { RUNNER_TEMP, GITHUB_ENV }).status).toBe(0);
    const set = readFileSync(GITHUB_ENV, "utf8").trim().split("\n");
    return Object.fromEntries(set.map((line) => line.split("=")));
  };
  const [one, two] = [prepare("one"), prepare("two")];
  expect(Object.keys(one)).toEqual([
    ...["JOB_FOLDER", "DOCKER_CONFIG", "AZURE_CONFIG_DIR", "XDG_CONFIG_HOME", "NOTATION_CACHE"],
  ]);
  expect(new Set([...Object.values(one), ...Object.values(two)]).size).toBe(10);
  const functions = readFileSync(join(one.JOB_FOLDER, "azure.sh"), "utf8");
  const [, deadline] = /^deadline=(\d+)\n/.exec(functions) ?? [];
  expect(Math.abs(Number(deadline) - Date.now() / 1000 - 600)).toBeLessThan(5);
  expect(functions.replace(/^.*\n/, "")).toBe(readFileSync("workflow/steps/azure.sh", "utf8"));
  rmSync(RUNNER_TEMP, { recursive: true });
});
