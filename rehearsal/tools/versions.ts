import type { GoTool } from "./go-build";
import type { PackagedTool } from "./package-install";
import type { SystemTool } from "./system-tool";

/** Every tool that is built from its Go module, by the name of its folder. */
export const GO_TOOLS = {
  act: { name: "act", version: "0.2.89", package: "github.com/nektos/act" },
  actionlint: {
    name: "actionlint",
    version: "1.7.12",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
  },
  notation: {
    name: "notation",
    version: "1.3.2",
    package: "github.com/notaryproject/notation/cmd/notation",
    // Else it calls itself unreleased.
    ldflags: "-X github.com/notaryproject/notation/internal/version.BuildMetadata=",
  },
  registry: { name: "registry", version: "0.22.1", package: "." },
} as const satisfies Record<string, GoTool>;

/**
 * Every tool that is installed as a package of one exact version. The npm package `node` fetches
 * the one for this machine in an install script; that one is named here, so that none runs.
 */
export const PACKAGES = {
  node: {
    registry: "npm",
    package: `node-${process.platform}-${process.arch}`,
    version: "24.21.0",
    path: `node_modules/node-${process.platform}-${process.arch}/bin/node`,
  },
  zizmor: { registry: "pypi", package: "zizmor", version: "1.32.0", path: "bin/zizmor" },
} as const satisfies Record<string, PackagedTool>;

/** Every tool that the system must have. */
export const SYSTEM = {
  git: { probe: ["--version"], expect: /^git version /, debian: "git" },
  curl: { probe: ["--version"], expect: /^curl /, debian: "curl" },
  openssl: { probe: ["version"], expect: /^OpenSSL 3\./, debian: "openssl" },
  shellcheck: { probe: ["--version"], expect: /version: /, debian: "shellcheck" },
} as const satisfies Record<string, SystemTool>;

export type ToolName = keyof typeof GO_TOOLS | keyof typeof PACKAGES | keyof typeof SYSTEM;

/** What it takes to run a workflow, and to look at what it signed. */
export const RUN_TOOLS = [
  ...(["act", "notation", "registry", "node"] as const),
  ...(["openssl", "git", "curl"] as const),
] as const;

/** What it takes to lint one. */
export const LINT_TOOLS = ["actionlint", "zizmor", "shellcheck"] as const;
