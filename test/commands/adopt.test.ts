import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { type CommandBench, withCommands } from "../support/commands";
import { config, world } from "../support/engine";

const OLD = ".github/workflows/sign-with-trusted-signing.yml";
const GROUP = "/subscriptions/5ab50000-0000-4000-8000-00000000c0de/resourceGroups";
const REGISTRY = `${GROUP}/rg-images/providers/Microsoft.ContainerRegistry/registries/contosoimages`;
const PROFILE = `${GROUP}/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing/certificateProfiles/container-images`;
const [PUSH, PULL, SIGNER] = [
  "8311e382-0749-4cb8-b61a-304f252e45ec",
  "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  "2837e146-70d7-4cfd-ad55-7efa6464f958",
];

const workflow = `name: sign
on: push
jobs:
  sign:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v3
      - uses: notaryproject/notation-action/sign@v1
        with:
          target_artifact_reference: contosoimages.azurecr.io/web:v1
`;

/** A world as Microsoft's tutorial leaves it. */
const base = world({
  registry: { mode: "rbac" },
  repositories: [
    {
      name: "web",
      id: 7,
      files: { Dockerfile: "FROM scratch\n", [OLD]: workflow },
      secrets: ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID"],
    },
  ],
});
const tutorial = {
  ...base,
  azure: {
    ...base.azure,
    identities: [
      {
        resourceGroup: "rg-images",
        name: "gha-signing",
        credentials: [
          { name: "github-main", subject: "repo:Contoso@5/web@7:ref:refs/heads/main" },
          { name: "github-old", subject: "repo:Contoso/web:ref:refs/heads/main" },
        ],
      },
      { resourceGroup: "rg-images", name: "of-somebody-else" },
    ],
  },
};

/** The role assignments of the tutorial: push on the whole resource group. */
function assign({ azure }: Clouds): void {
  const identity = [...azure.identities.values()].find(({ name }) => name === "gha-signing");
  const wanted = [
    [`${GROUP}/rg-images`, PUSH, "11111111-1111-4111-8111-111111111111"],
    [REGISTRY, PULL, "22222222-2222-4222-8222-222222222222"],
    [PROFILE, SIGNER, "33333333-3333-4333-8333-333333333333"],
  ] as const;
  for (const [scope, roleGuid = "", name] of wanted) {
    const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
    const principalId = identity?.principalId ?? "";
    azure.assignments.set(id.toLowerCase(), {
      id,
      scope,
      roleGuid,
      principalId,
      condition: undefined,
    });
  }
}

const ADOPTING = config({ "countersign:pipelines": { web: { adopt: true } } });

async function imported(bench: CommandBench): Promise<void> {
  const args = ["--file", "adopt.json", "--stack", "prod", "--yes", "--protect=false"];
  const ran = await bench.pulumi("import", ...args, "--generate-code=false");
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
}

test("the tutorial's world is adopted: the listed corrections, and nothing replaced", async () => {
  await withCommands({ world: tutorial, config: ADOPTING }, async (bench) => {
    const { run, pulumi, up, clouds, folder, read } = bench;
    assign(clouds);
    await pulumi("stack", "init", "prod");
    const { code, stdout, stderr } = await run(["adopt", "--stack", "prod"]);
    expect(code, stdout + stderr).toBe(0);
    await expect(stdout).toMatchFileSnapshot("../golden/adopt.txt");
    expect(clouds.traffic.writes).toEqual([]);

    // A part is imported first; the file is then made again.
    const file = JSON.parse(read("adopt.json"));
    const some = file.resources.filter(
      (it: { type: string; component?: true }) => it.component || !it.type.startsWith("github"),
    );
    writeFileSync(join(folder, "adopt.json"), JSON.stringify({ ...file, resources: some }));
    await imported(bench);
    const again = await run(["adopt", "--stack", "prod"]);
    expect(again.code, again.stderr).toBe(0);
    expect(JSON.parse(read("adopt.json")).resources).toMatchObject([
      { type: "github:index/actionsSecret:ActionsSecret", id: "web:AZURE_CLIENT_ID" },
      { type: "github:index/actionsSecret:ActionsSecret", id: "web:AZURE_SUBSCRIPTION_ID" },
      { type: "github:index/actionsSecret:ActionsSecret", id: "web:AZURE_TENANT_ID" },
    ]);
    await imported(bench);

    await up();
    expect(clouds.traffic.writes.map((it) => `${it.operation} ${it.name}`).sort()).toEqual([
      "create web-files-workflow",
      "create web-registry-contosoimages-push",
      "update web-ids-azure-client-id",
      "update web-ids-azure-subscription-id",
      "update web-ids-azure-tenant-id",
    ]);
    const [identity] = [...clouds.azure.identities.values()];
    const secret = clouds.github.repository("web").secrets.get("AZURE_CLIENT_ID");
    expect(secret?.value).toBe(identity?.clientId);

    clouds.traffic.writes.length = 0;
    await up();
    expect(clouds.traffic.writes).toEqual([]);
  });
});

test.each([
  [
    "without `adopt`",
    config(),
    [
      "countersign:pipelines.web.adopt",
      "true, because the identity gha-signing trusts the repository already",
    ],
  ],
  [
    "in another region",
    { ...ADOPTING, "azure-native:location": "eastus" },
    ["countersign:identity.location", "westeurope, where the identity gha-signing is"],
  ],
])("%s, nothing is adopted", async (_, wanted, said) => {
  await withCommands({ world: tutorial, config: wanted }, async ({ run, pulumi }) => {
    await pulumi("stack", "init", "prod");
    const { code, stdout, stderr } = await run(["adopt", "--stack", "prod"]);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    for (const text of said) expect(stderr).toContain(text);
  });
});
