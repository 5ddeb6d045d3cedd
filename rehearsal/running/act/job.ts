import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isArm } from "../../../workflow/jobs";
import { AUTHORITY_CONFIG } from "../services/authority";
import { REQUEST_TOKEN } from "../services/issuer";
import type { Services } from "../services/services";
import { type ActResult, act, type StepResult } from "./act";
import { type Grants, WORLD_VARIABLE, type World } from "./grants";
import { endLeftovers } from "./leftovers";
import { eventOf, type JobRun, localRepositories, type Start } from "./preflight";

export interface JobOptions {
  /** The workflow's path in the repository. */
  readonly workflow: string;
  readonly event: Start & {
    /** Files that the pushed commit changes, besides a former commit. Default: it is the first one. */
    readonly changed?: readonly string[];
  };
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly grants: Grants;
  readonly services: Services;
  readonly tools: { readonly act: string; readonly node: string; readonly openssl: string };
  /** Seconds that a signing certificate is valid. Default: three days, as in the service. */
  readonly leafSeconds?: number;
  /** Puts into the home folder what an earlier job left there. */
  readonly leftBehind?: (home: string) => void;
  readonly onStep?: (step: StepResult) => void;
  readonly signal?: AbortSignal;
}

const THREE_DAYS = 3 * 24 * 60 * 60;

/** Runs one job with act, in its own home folder. */
export async function runJob(
  options: JobOptions,
  run: JobRun,
  place: {
    readonly repository: string;
    /** The workflow that act reads. */
    readonly workflow: string;
    /** All workflows of the repository. */
    readonly workflows: readonly string[];
    /** The commit before the push. */
    readonly before?: string;
    readonly home: string;
    readonly prefix: readonly string[];
  },
): Promise<ActResult> {
  const { services, tools, event, onStep, signal } = options;
  const { repository, workflow, workflows, home, prefix, before } = place;
  mkdirSync(join(home, "tmp"), { recursive: true });
  options.leftBehind?.(home);
  const file = (name: string, text: string) => {
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  const lines = (values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values)
      .map(([key, value]) => `${key}=${JSON.stringify(value)}\n`)
      .join("");
  const { ref, inputs } = event;
  const actions = localRepositories(workflows, services.backstage.standIns.actions);
  const args = [
    ...[eventOf(event), "--job", run.job],
    ...["--directory", repository, "--workflows", workflow],
    ...["--eventpath", file("event.json", JSON.stringify({ ref, before, inputs }))],
    ...["--secret-file", file("secrets", lines(options.secrets))],
    ...["--var-file", file("variables", lines(options.variables))],
    ...run.runsOn.flatMap((label) => ["--platform", `${label}=-self-hosted`]),
    ...["--container-daemon-socket", "-"],
    ...["--action-offline-mode", "--action-cache-path", join(home, "act"), "--pull=false"],
    ...["--no-cache-server", "--no-recurse", "--concurrent-jobs", "1", "--rm"],
    ...Object.entries(run.matrix).flatMap(([key, value]) => ["--matrix", `${key}:${value}`]),
    ...actions.flatMap((each) => ["--local-repository", each]),
  ];
  const world = file("world.json", JSON.stringify(worldOf(options, run)));
  const env = {
    ...environment(services, home, dirname(tools.node)),
    [WORLD_VARIABLE]: world,
    ...(run.idToken && {
      ACTIONS_ID_TOKEN_REQUEST_URL: services.backstage.tokenUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    }),
  };
  try {
    const { image } = run.matrix;
    return await act({ command: [...prefix, tools.act, ...args], env, image, onStep, signal });
  } finally {
    endLeftovers(`${WORLD_VARIABLE}=${world}`);
  }
}

function worldOf({ grants, services, tools, leafSeconds }: JobOptions, { runsOn }: JobRun): World {
  return {
    ...grants,
    openssl: tools.openssl,
    authorityFolder: services.backstage.authority.folder,
    authorityConfig: AUTHORITY_CONFIG,
    leafSeconds: leafSeconds ?? THREE_DAYS,
    platform: runsOn.some(isArm) ? "linux/arm64" : "linux/amd64",
  };
}

/** The environment of a job. Notation is not on PATH, because a step must install it. */
function environment(services: Services, home: string, node: string): Record<string, string> {
  const { authority, gateUrl, standIns } = services.backstage;
  return {
    PATH: [node, standIns.commands, "/usr/sbin:/usr/bin:/sbin:/bin"].join(":"),
    HOME: home,
    TMPDIR: join(home, "tmp"),
    LANG: "C.UTF-8",
    ACT_DISABLE_VERSION_CHECK: "1",
    SSL_CERT_FILE: authority.serverRoot,
    SSL_CERT_DIR: "/nonexistent",
    CURL_CA_BUNDLE: authority.serverRoot,
    NODE_EXTRA_CA_CERTS: authority.serverRoot,
    NODE_USE_ENV_PROXY: "1",
    http_proxy: gateUrl,
    https_proxy: gateUrl,
    no_proxy: "localhost,127.0.0.1",
  };
}
