import { expect, test } from "vitest";
import { parse } from "yaml";
import type { DoctorReport } from "../../commands/doctor/checks";
import { withCommands } from "../support/commands";
import { config, world } from "../support/engine";

const FILES = { Dockerfile: "FROM scratch\n" };

test("a stack that fits, as text and as a world", async () => {
  const given = world({ repositories: [{ name: "web", id: 7, files: FILES }] });
  await withCommands({ world: given }, async ({ run, pulumi, read, clouds }) => {
    await pulumi("stack", "init", "prod");
    const { code, stdout, stderr } = await run(["doctor", "--stack", "prod", "--world", "w.yaml"]);
    expect(code, stdout + stderr).toBe(0);
    expect(stderr).toBe("Wrote w.yaml. Next: npm run rehearse -- --world w.yaml\n");
    const again = await run(["doctor", "--stack", "prod", "--world", "w.yaml"]);
    expect(again.stderr).toBe("--world w.yaml exists. Name a new file to write to.\n");
    await expect(stdout).toMatchFileSnapshot("../golden/doctor.txt");
    expect(parse(read("w.yaml")).github.repositories).toMatchObject([
      { name: "web", files: FILES },
    ]);
    expect(clouds.traffic.writes).toEqual([]);
    const rehearsed = await run(["rehearse", "--config", "Pulumi.prod.yaml", "--world", "w.yaml"]);
    expect(rehearsed.stdout).toContain("The rehearsal passed");
  });
});

test("without a stack, with fewer rights, and with a world that does not fit", async () => {
  const settings = {
    config: config({
      "countersign:registry": {
        resourceGroup: "rg-images",
        name: "contosoimages",
        permissions: "rbac",
      },
      "countersign:pipelines": { web: {}, nope: {} },
    }),
    world: world({ repositories: [{ name: "web", id: 7, secrets: ["AZURE_CLIENT_ID"] }] }),
    login: {
      actions: (scope: string) => (scope.includes("registries") ? ["*/read"] : ["*"]),
      condition: (scope: string) => (scope.includes("codeSigning") ? "a condition" : undefined),
      unregistered: ["Microsoft.CodeSigning"],
      eligible: [{}],
    },
  };
  await withCommands(settings, async ({ run }) => {
    const { code, stdout, stderr } = await run(["doctor", "--stack", "prod", "--json"]);
    expect(stderr).toBe("");
    expect(code).toBe(1);
    const report = JSON.parse(stdout) as DoctorReport;
    expect(report).toMatchObject({ version: 1, ok: false });
    const open = report.groups.flatMap(({ name, checks }) =>
      checks
        .filter(({ status }) => status !== "ok")
        .map((it) => `${it.status} ${name}: ${it.name}`),
    );
    expect(open).toEqual([
      "missing Pulumi: stack prod",
      "missing Azure: provider Microsoft.CodeSigning",
      "missing Azure: countersign:registry.permissions",
      "missing Azure: may assign roles: registry",
      "unknown Artifact Signing: may assign roles: profile",
      "unknown GitHub: token",
      "missing Pipeline nope: countersign:pipelines.nope.repository",
      "missing Pipeline web: countersign:pipelines.web.adopt",
    ]);
    const [right] = report.groups.flatMap(({ checks }) =>
      checks.filter(({ name }) => name === "may assign roles: registry"),
    );
    expect(right).toMatchObject({
      fix: "Activate your eligible role in Privileged Identity Management (Azure portal), or assign a role.",
      command: expect.stringMatching(/^az role assignment create --role "Role Based/),
    });
  });
});

test("an Azure that does not answer leaves everything that depends on it unknown", async () => {
  const arm = () => ({ status: 503, body: { error: { code: "Busy", message: "Try later." } } });
  await withCommands({ arm }, async ({ run, pulumi, clouds }) => {
    await pulumi("stack", "init", "prod");
    const busy = await run(["doctor", "--stack", "prod"]);
    expect(busy.code).toBe(0);
    expect(busy.stdout).toContain("? may assign roles: registry            Busy: Try later.");
    expect(busy.stdout).toContain("? provider Microsoft.ManagedIdentity    Busy: Try later.");
    expect(busy.stdout).toContain(
      "0 missing, 8 unknown. Nothing is missing, as far as it could be asked.",
    );

    clouds.traffic.failing = (token) =>
      token.includes("getClientConfig") ? "please run 'az login' to set up an account" : undefined;
    const { code, stdout } = await run(["doctor", "--stack", "prod", "--world", "none.yaml"]);
    expect(code).toBe(1);
    await expect(stdout).toMatchFileSnapshot("../golden/doctor-without-login.txt");
  });
});

test("a stack whose values cannot be decrypted, and a backend without a login", async () => {
  await withCommands({}, async ({ run, pulumi }) => {
    await pulumi("stack", "init", "prod");
    const wrong = { PULUMI_CONFIG_PASSPHRASE: "wrong" };
    const undecrypted = await run(["doctor", "--stack", "prod"], wrong);
    expect(undecrypted.code).toBe(1);
    expect(undecrypted.stdout).toContain(`Configuration
  ✗ Pulumi.prod.yaml
      found     getting stack configuration: get stack secrets manager:
                incorrect passphrase
      fix       Correct what Pulumi says. This command reads the same:
      run       pulumi config --stack prod
`);
    const elsewhere = { PULUMI_BACKEND_URL: "file:///nowhere" };
    const { code, stdout } = await run(["doctor", "--stack", "prod", "--json"], elsewhere);
    const { groups } = JSON.parse(stdout) as DoctorReport;
    expect([code, groups.find(({ name }) => name === "Pulumi")?.checks[1]]).toMatchObject([
      0,
      { name: "stack prod", status: "unknown", command: "pulumi login" },
    ]);
  });
});

test("a configuration that cannot be used is all that is checked", async () => {
  const settings = { config: config({ "countersign:signing": { account: "contoso-signing" } }) };
  await withCommands(settings, async ({ run, pulumi }) => {
    await pulumi("stack", "init", "prod");
    const { code, stdout } = await run(["doctor", "--stack", "prod", "--json"]);
    expect(code).toBe(1);
    const { groups } = JSON.parse(stdout) as DoctorReport;
    expect(groups.map(({ name }) => name)).toEqual(["Configuration", "Pulumi"]);
    expect(groups[0]?.checks.map(({ name }) => name)).toEqual([
      "countersign:signing.resourceGroup",
      "countersign:signing.profile",
    ]);
  });
});

test("a stack without a file is refused", async () => {
  await withCommands({}, async ({ run }) => {
    const { code, stderr } = await run(["doctor", "--stack", "nope"]);
    expect(code).toBe(1);
    expect(stderr).toContain("Pulumi.nope.yaml cannot be used: there is no such file.");
  });
});
