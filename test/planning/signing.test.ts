import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { microsoftRoot } from "../../workflow/certificate";
import { type Config, config } from "../support/config";
import {
  forbidden,
  found,
  missing,
  PROFILE_ID,
  planned,
  plannedWeb,
  REGISTRY_ID,
  ROOT,
  repository,
  type SnapshotChanges,
  snapshot,
  WORKFLOW,
} from "../support/planning";
import { refused, refusedWeb } from "../support/refused";

const REGISTRY = {
  id: REGISTRY_ID,
  name: "contosoimages",
  loginServer: "contosoimages.azurecr.io",
};
const PROFILE = {
  id: PROFILE_ID,
  name: "container-images",
  status: "Active",
  type: "PublicTrust",
  subject: "CN=Contoso, O=Contoso, L=Redmond, ST=Washington, C=US",
};
const profile = (changes: object): SnapshotChanges["azure"] => ({
  profile: found({ ...PROFILE, ...changes }),
});
const CHECK = "Check the resource group, the name and the subscription.";
const NO_ACCOUNT =
  'countersign:signing.account | "rg-signing/contoso-signing" | an existing Artifact Signing account';
const NO_PROFILE =
  'countersign:signing.profile | "contoso-signing/container-images" | an existing certificate profile';
const NO_REGISTRY =
  'countersign:registry | "rg-images/contosoimages" | an existing container registry';

describe("what exists in Azure and does not fit", () => {
  const rows: ReadonlyArray<readonly [string, SnapshotChanges["azure"], string]> = [
    ["no such registry", { registry: missing }, `${NO_REGISTRY} | ${CHECK}`],
    [
      "no such registry, in Azure's words",
      { registry: { status: "missing", said: "ResourceNotFound: not found" } },
      `${NO_REGISTRY} | ${CHECK} Azure said: ResourceNotFound: not found`,
    ],
    [
      "a registry that cannot be read",
      { registry: forbidden },
      `${NO_REGISTRY} | Give your login permission to read it, for example the role Reader. Azure said: 403: not yours`,
    ],
    ["no such account", { account: missing }, `${NO_ACCOUNT} | ${CHECK}`],
    ["no such profile", { profile: missing }, `${NO_PROFILE} | ${CHECK}`],
    [
      "a disabled profile",
      profile({ status: "Disabled" }),
      'countersign:signing.profile | "container-images" | an active certificate profile | The profile\'s status is Disabled. Check the identity validation of the account.',
    ],
    [
      "a profile for trials",
      profile({ type: "PublicTrustTest" }),
      'countersign:signing.profile | "container-images" | a certificate profile of type PublicTrust or PrivateTrust | The profile\'s type is PublicTrustTest. Choose another profile.',
    ],
    [
      "a subject that Notation cannot trust",
      profile({ subject: "CN=A, O=B, C=US" }),
      'countersign:signing.profile | "container-images" | a certificate profile whose subject has C, ST and O | The subject has no ST, which Notation requires. Choose another profile.',
    ],
  ];
  test.each(rows)("%s", (_, azure, expected) => {
    expect(refusedWeb({}, { azure })).toEqual([expected]);
  });

  test("a profile that has issued no certificate yet fits", () => {
    expect(refusedWeb({}, { azure: profile({ subject: undefined }) })).toEqual([]);
  });
});

describe("a registry's mode", () => {
  const registry = (permissions: string): Config =>
    config({
      "countersign:registry": { resourceGroup: "rg-images", name: "contosoimages", permissions },
    });
  const having = (roleAssignmentMode?: string): SnapshotChanges => ({
    azure: { registry: found({ ...REGISTRY, roleAssignmentMode }) },
  });
  const [ABAC, RBAC] = ["AbacRepositoryPermissions", "LegacyRegistryPermissions"];

  test.each([
    [ABAC, "abac"],
    [RBAC, "rbac"],
    [undefined, "rbac"],
  ])("%s is %s", (mode, permissions) => {
    for (const wanted of ["auto", permissions]) {
      expect(planned(registry(wanted), snapshot(having(mode))).pipelines[0]?.registries).toEqual([
        { id: REGISTRY_ID, name: "contosoimages", permissions, images: ["web"] },
      ]);
    }
  });

  test.each([
    [ABAC, "abac", "rbac"],
    [RBAC, "rbac", "abac"],
  ])("%s is refused where the configuration says otherwise", (mode, permissions, said) => {
    expect(refused(registry(said), having(mode))).toEqual([
      `countersign:registry.permissions | "${said}" | auto, or ${permissions}, which is the mode of registry contosoimages | Correct the value or remove it. To change the mode, change it in the registry first.`,
    ]);
  });
});

test("everything in all clouds is reported at once, by key", () => {
  const pipelines = { web: { images: [{ name: "web" }] }, gone: {} };
  const there = {
    azure: { registry: missing, ...profile({ status: "Disabled" }) },
    repositories: {
      web: repository({ archived: true, settings: found(["AZURE_CLIENT_ID"]) }),
      gone: missing,
    },
  };
  expect(
    refused(config({ "countersign:pipelines": pipelines }), there).map((it) => it.split(" | ")[0]),
  ).toEqual([
    "countersign:registry",
    "countersign:signing.profile",
    "web.repository",
    "web.adopt",
    "gone.repository",
  ]);
});

describe("a timestamp service of one's own", () => {
  const timestamped = (rootCertificate: string) =>
    config({
      "countersign:signing": {
        resourceGroup: "rg-signing",
        account: "contoso-signing",
        profile: "container-images",
        timestamp: { url: "http://tsa.example/", rootCertificate },
      },
    });
  const filesOf = (given: Config, changes: SnapshotChanges = {}) => {
    const { files } = planned(given, snapshot(changes)).pipelines[0]?.files.committed ?? {};
    return Object.fromEntries(files?.map(({ path, content }) => [path, content]) ?? []);
  };

  test("its root is committed, and the workflow uses it", () => {
    const root = readFileSync("workflow/microsoft-identity-verification-root-2020.pem", "utf8");
    const files = filesOf(timestamped("tsa.pem"), { timestampRoot: found(`\n${root}`) });
    expect(files[ROOT]).toBe(`\n${root}`);
    expect(files[WORKFLOW]).toContain("timestamp_url: http://tsa.example/");
  });

  test("without, Microsoft's is used", () => {
    const files = filesOf(config());
    expect(files[ROOT]).toBe(microsoftRoot());
    expect(files[WORKFLOW]).toContain("timestamp_url: http://timestamp.acs.microsoft.com/");
  });

  test.each([
    [
      "that cannot be read",
      { status: "missing", said: "ENOENT: no such file" } as const,
      "Give the path from the project's folder. The file cannot be read: ENOENT: no such file",
    ],
    [
      "without a certificate",
      found("# Countersign"),
      "Give another file: the file has 0 PEM certificates.",
    ],
  ])("a file %s is refused", (_, timestampRoot, fix) => {
    expect(refused(timestamped("tsa.pem"), { timestampRoot })).toEqual([
      `countersign:signing.timestamp.rootCertificate | "tsa.pem" | a PEM file with one self-signed root certificate | ${fix}`,
    ]);
  });
});

test("what a verifier runs names the profile's subject, and the root where Microsoft's is committed", () => {
  const verify = (changes: object) =>
    plannedWeb({}, { azure: profile(changes) }).outputs.notation.verify;
  const store = "notation cert add --type ca --store countersign";
  expect(verify({})).toContain(`${store} ${ROOT}\n`);
  expect(verify({})).toContain(
    '"x509.subject: CN=Contoso, O=Contoso, L=Redmond, ST=Washington, C=US"',
  );
  expect(verify({ type: "PrivateTrust" })).toContain(`${store} SIGNING_ROOT.pem\n`);
  expect(verify({ subject: undefined })).toContain('"x509.subject: SUBJECT"');
});
