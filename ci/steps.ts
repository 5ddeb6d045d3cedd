import type { Permissions, Step } from "../workflow/model";
import { ACTIONS } from "../workflow/pins";
import type { Access } from "./app-permissions";
import type { Backend, CiPlan } from "./plan";

/** The version of the Pulumi CLI that the tests run with. */
const PULUMI_VERSION = "3.250.0";

/** The oldest line of Node.js that Countersign supports. */
const NODE_VERSION = "20";

export const LOGIN_PERMISSIONS: Permissions = {
  contents: { access: "read", why: "to check out" },
  "id-token": { access: "write", why: "to log in to Azure and Pulumi without a stored credential" },
};

/** Checks out, and installs what package-lock.json names. */
export function installSteps(): Step[] {
  return [
    { name: "Check out", uses: ACTIONS.checkout, with: { "persist-credentials": "false" } },
    {
      name: "Set up Node.js",
      uses: ACTIONS.setupNode,
      // A cache could be filled by a run that nobody reviewed.
      with: { "node-version": NODE_VERSION, "package-manager-cache": "false" },
    },
    { name: "Install dependencies", run: "npm ci" },
  ];
}

/** Installs Pulumi, logs in to the backend, and requests a token of the GitHub App. */
export function loginSteps(plan: CiPlan, access: Access): Step[] {
  return [
    {
      name: "Install Pulumi",
      uses: ACTIONS.pulumi,
      with: { "pulumi-version": PULUMI_VERSION },
    },
    ...backendSteps(plan.backend, access),
    {
      name: "Request a token of the GitHub App",
      id: "app",
      uses: ACTIONS.appToken,
      with: {
        "client-id": "${{ vars.COUNTERSIGN_APP_CLIENT_ID }}",
        "private-key": "${{ secrets.COUNTERSIGN_APP_PRIVATE_KEY }}",
        owner: plan.gitHub.owner,
        repositories: plan.gitHub.repositories.join(","),
        ...Object.fromEntries(
          Object.entries(plan.gitHub.permissions[access] ?? {}).map(([name, wanted]) => [
            `permission-${name.replaceAll("_", "-")}`,
            wanted,
          ]),
        ),
      },
    },
  ];
}

function backendSteps(backend: Backend, access: Access): Step[] {
  if (backend.kind === "cloud") {
    const { organization, teams } = backend;
    const team = teams?.[access === "read" ? "preview" : "deploy"];
    return [
      {
        name: "Log in to Pulumi Cloud",
        uses: ACTIONS.pulumiLogin,
        with: {
          organization,
          "requested-token-type": `urn:pulumi:token-type:access_token:${team ? "team" : "organization"}`,
          ...(team && { scope: `team:${team}` }),
        },
      },
    ];
  }
  return [
    {
      // The backend logs in as the Azure CLI does. Azure's provider needs no CLI.
      name: "Log in to Azure, for the state",
      uses: ACTIONS.azureLogin,
      with: {
        "client-id": "${{ vars.AZURE_CLIENT_ID }}",
        "tenant-id": "${{ vars.AZURE_TENANT_ID }}",
        "subscription-id": "${{ vars.AZURE_SUBSCRIPTION_ID }}",
      },
    },
  ];
}

/** What the providers, the backend, and the scripts read. */
export function environmentOf({ stack, backend }: CiPlan): Readonly<Record<string, string>> {
  return {
    STACK: stack,
    ARM_USE_OIDC: "true",
    ARM_CLIENT_ID: "${{ vars.AZURE_CLIENT_ID }}",
    ARM_TENANT_ID: "${{ vars.AZURE_TENANT_ID }}",
    ARM_SUBSCRIPTION_ID: "${{ vars.AZURE_SUBSCRIPTION_ID }}",
    GITHUB_TOKEN: "${{ steps.app.outputs.token }}",
    ...(backend.kind === "storage" && {
      PULUMI_BACKEND_URL: backend.url,
      // Empty if a key of Azure Key Vault encrypts the secrets of the stack.
      PULUMI_CONFIG_PASSPHRASE: "${{ secrets.PULUMI_CONFIG_PASSPHRASE }}",
    }),
  };
}
