import type { Clouds } from "../../rehearsal/clouds/clouds";

const WEB = "web, push to branch main";
/** How what a stack declares on GitHub is tampered with, and each violation that the proof then names. */
export const tamperingWithGitHub: ReadonlyArray<
  readonly [string, (clouds: Clouds) => void, readonly string[]]
> = [
  [
    "another tenant in the secret",
    ({ github }) => {
      const secret = github.repository("web").secrets.get("AZURE_TENANT_ID");
      if (secret) secret.value = "another";
    },
    [`${WEB}: login is refused: AADSTS90002, there is no tenant another`],
  ],
  [
    "another subscription in the secret",
    ({ github }) => {
      const secret = github.repository("web").secrets.get("AZURE_SUBSCRIPTION_ID");
      if (secret) secret.value = "another";
    },
    [`${WEB}: login fails: there is no subscription another`],
  ],
  [
    "the secret of another client",
    ({ github }) => {
      const secret = github.repository("web").secrets.get("AZURE_CLIENT_ID");
      if (secret) secret.value = "another";
    },
    [`${WEB}: login is refused: AADSTS700016, there is no identity another`],
  ],
  [
    "a workflow that starts on another branch",
    ({ github }) => {
      const files = github.repository("web").branches.get("main");
      const path = ".github/workflows/sign-image.yml";
      files?.set(path, (files.get(path) as string).replace(/- .?main.?/, "- trunk"));
    },
    [`${WEB}: login is refused: does not start, the workflow does not start on refs/heads/main`],
  ],
  [
    "a workflow that may not ask for tokens",
    ({ github }) => {
      const files = github.repository("web").branches.get("main");
      const path = ".github/workflows/sign-image.yml";
      files?.set(path, (files.get(path) as string).replace("id-token: write", "id-token: none"));
    },
    [`${WEB}: login is refused: no token, the job has no permission to request tokens`],
  ],
];
