import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { microsoftRoot } from "../../../workflow/certificate";
import { type Config, config } from "../../support/config";
import {
  found,
  missing,
  PROFILE_ID,
  planned,
  repository,
  type SnapshotChanges,
  snapshot,
} from "../../support/planning";
import { refused, refusedWeb } from "../../support/refused";

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
const CHECK =
  "Check the resource group and the name. If it is in another subscription, set `subscription`.";
const NO_ACCOUNT =
  'countersign:signing.account | "rg-signing/contoso-signing" | an existing Artifact Signing account';
const NO_PROFILE =
  'countersign:signing.profile | "contoso-signing/container-images" | an existing certificate profile';

const create = (name: string) =>
  `To create it, write \`create: { name: ${name} }\` in place of the name.`;

describe("what exists in Azure and does not fit", () => {
  const rows: ReadonlyArray<readonly [string, SnapshotChanges["azure"], string]> = [
    [
      "no such account",
      { account: missing },
      `${NO_ACCOUNT} | ${CHECK} ${create("contoso-signing")}`,
    ],
    [
      "no such profile",
      { profile: missing },
      `${NO_PROFILE} | ${CHECK} ${create("container-images")}`,
    ],
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
      "a subject that Notation can never match",
      profile({ subject: "O=B, OU=x, OU=y, S=Z, C=US" }),
      'countersign:signing.profile | "container-images" | a certificate profile whose subject Notation can match | Its subject is O=B, OU=x, OU=y, S=Z, C=US: it has OU more than once, which Notation cannot read. Choose another profile.',
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
  /** The root that the workflow writes, and the address of its timestamps. */
  const timestamps = (given: Config, changes: SnapshotChanges = {}) => {
    const { files } = planned(given, snapshot(changes)).pipelines[0]?.files.committed ?? {};
    const { steps } = parse(files?.[0]?.content ?? "").jobs.sign;
    const sign = steps.find((it: { id?: string }) => it.id === "sign");
    return [steps[0].env.TIMESTAMP_ROOT, sign.env.TIMESTAMP_URL];
  };

  test("its root is in the workflow, which uses it", () => {
    const root = readFileSync("workflow/microsoft-identity-verification-root-2020.pem", "utf8");
    const there = { timestampRoot: found(`\n${root}`) };
    expect(timestamps(timestamped("tsa.pem"), there)).toEqual([root, "http://tsa.example/"]);
  });

  test("without, Microsoft's is used", () => {
    expect(timestamps(config())).toEqual([microsoftRoot(), "http://timestamp.acs.microsoft.com/"]);
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
