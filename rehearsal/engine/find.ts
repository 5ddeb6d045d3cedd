import { existsSync } from "node:fs";
import { join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { SemVer } from "semver";
import { builtTool, cacheFolder, type GoTool, goBuild, goVersion } from "../tools/go-build";

/** The version that is installed or built. The tests run with it. */
export const ENGINE_VERSION = "3.250.0";

/** The oldest version that works: the version of the SDK. */
const MINIMUM = new SemVer("3.248.0");

const GO_TOOL: GoTool = {
  name: "pulumi",
  version: ENGINE_VERSION,
  package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  ldflags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${ENGINE_VERSION}`,
};

/** The Pulumi engine of a rehearsal, and where it comes from. */
export interface Engine {
  readonly command: PulumiCommand;
  readonly version: string;
  readonly source: string;
}

interface Source {
  readonly name: string;
  /** @throws Error that says why this source has no engine. */
  readonly find: () => Promise<PulumiCommand>;
}

/**
 * Finds an engine on PATH or from an earlier run. Otherwise it installs or builds one.
 *
 * @throws Error that lists what was tried and what to install.
 */
export async function findEngine(
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<Engine> {
  const tried: string[] = [];
  for (const source of sources(say, signal)) {
    try {
      const command = await source.find();
      return { command, version: command.version?.version ?? "unknown", source: source.name };
    } catch (failure) {
      signal?.throwIfAborted();
      tried.push(`${source.name}: ${(failure as Error).message.trim().split("\n")[0]}`);
    }
  }
  throw new Error(
    [
      "No Pulumi engine was found. Tried:",
      ...tried.map((line) => `  - ${line}`),
      `Install the Pulumi CLI ${MINIMUM.version} or newer, or install Go 1.26 to build it. Then run again.`,
    ].join("\n"),
  );
}

function sources(say: (line: string) => void, signal?: AbortSignal): readonly Source[] {
  const installed = join(cacheFolder(), `pulumi-installed-${ENGINE_VERSION}`);
  return [
    { name: "pulumi on PATH", find: () => onPath(say) },
    {
      name: "an earlier run's copy",
      find: async () => {
        const built = builtTool(GO_TOOL);
        const root = [installed, join(built, "..", "..")].find((it) =>
          existsSync(join(it, "bin", "pulumi")),
        );
        if (!root) throw new Error("not there yet");
        return PulumiCommand.get({ root, version: new SemVer(ENGINE_VERSION) });
      },
    },
    {
      name: "Pulumi's installer",
      find: () => PulumiCommand.install({ root: installed, version: new SemVer(ENGINE_VERSION) }),
    },
    {
      name: "a build of its Go module",
      find: async () => {
        const go = goVersion();
        if (!go) throw new Error("`go` is not on PATH");
        say(
          `Building the Pulumi engine ${ENGINE_VERSION} with ${go}. This takes minutes, and happens once.`,
        );
        const binary = await goBuild(GO_TOOL, signal);
        return PulumiCommand.get({ root: join(binary, "..", "..") });
      },
    },
  ];
}

async function onPath(say: (line: string) => void): Promise<PulumiCommand> {
  const command = await PulumiCommand.get({ skipVersionCheck: true }).catch(() => {
    throw new Error("not found");
  });
  if (command.version && command.version.compare(MINIMUM) < 0) {
    const old = `pulumi ${command.version.version} on PATH is too old`;
    say(`${old}. At least ${MINIMUM.version} is required.`);
    throw new Error(`${old}, at least ${MINIMUM.version} is required`);
  }
  return command;
}
