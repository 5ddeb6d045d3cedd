import { describe, expect, test } from "vitest";
import { fingerprint, trustFiles } from "../../../trust/verification";
import { microsoftRoot } from "../../../workflow/certificate";
import { type Config, config } from "../../support/config";
import {
  found,
  PROFILE_ID,
  planned,
  plannedWeb,
  repository,
  type SnapshotChanges,
  snapshot,
} from "../../support/planning";
import { refused } from "../../support/refused";

const PROFILE = { id: PROFILE_ID, name: "container-images", status: "Active", type: "PublicTrust" };
const SUBJECT = 'CN=Contoso, O="Contoso, Inc.", L=Redmond, S=Washington, C=US';
const READ = "C=US, ST=Washington, O=Contoso\\, Inc.";
const ROOT = { rootCertificate: { file: "root.pem", sha256: fingerprint(microsoftRoot()) } };

const signing = (keys: object = {}): Config =>
  config({
    "countersign:signing": {
      resourceGroup: "rg-signing",
      account: "contoso-signing",
      profile: "container-images",
      ...keys,
    },
    "countersign:pipelines": {
      web: {},
      payments: {
        repository: "web",
        workflow: ".github/workflows/b.yml",
        level: "environment",
        environment: "b",
        images: [{ name: "api" }, { name: "job" }],
      },
    },
  });
const there = (profile: object, more: SnapshotChanges = {}): SnapshotChanges => ({
  azure: { profile: found({ ...PROFILE, ...profile }) },
  repositories: { web: repository(), payments: repository() },
  ...more,
});
const verification = (given: Config, changes: SnapshotChanges) =>
  planned(given, snapshot(changes)).verification;

const trust = {
  subject: READ,
  signingRoot: microsoftRoot(),
  timestampRoot: microsoftRoot(),
  statements: [
    { name: "countersign/test/web", scopes: ["contosoimages.azurecr.io/web"] },
    {
      name: "countersign/test/payments",
      scopes: ["contosoimages.azurecr.io/api", "contosoimages.azurecr.io/job"],
    },
  ],
};

describe("what verifiers of a stack trust", () => {
  test.each([
    ["the subject of the last certificate", {}, { subject: SUBJECT }],
    ["a stated subject, before the first certificate", { subject: SUBJECT }, {}],
    ["a stated subject that certificates have", { subject: SUBJECT }, { subject: SUBJECT }],
  ])("has a statement for each pipeline: %s", (_, keys, profile) => {
    expect(verification(signing(keys), there(profile))).toMatchObject(trustFiles(trust));
  });

  test("has the given root of a private profile", () => {
    const private_ = there(
      { type: "PrivateTrust", subject: SUBJECT },
      { signingRoot: found(microsoftRoot()) },
    );
    expect(verification(signing(ROOT), private_)).toMatchObject(trustFiles(trust));
  });

  test("has the certificates of files, and nothing else of the files", () => {
    const text = `# ours\n${microsoftRoot()}END\ntouch pwned\n`;
    const timestamp = { url: "http://tsa.example/", rootCertificate: "tsa.pem" };
    const changes = there(
      { type: "PrivateTrust", subject: SUBJECT },
      { signingRoot: found(text), timestampRoot: found(text) },
    );
    expect(verification(signing({ ...ROOT, timestamp }), changes)).toMatchObject(trustFiles(trust));
  });

  test("keeps its subject while a new profile has issued no certificate", () => {
    const first = planned(signing(), snapshot(there({ subject: SUBJECT })));
    const records = Object.fromEntries(first.pipelines.map(({ name, record }) => [name, record]));
    const other = there({ id: PROFILE_ID.replace("container-images", "renewed") }, { records });
    expect(verification(signing(), other)).toMatchObject(trustFiles(trust));
  });

  test.each([
    [
      {},
      "the certificate profile has issued no certificate: after the first signature, run `pulumi up` again, or set `countersign:signing.subject`",
    ],
    [
      { type: "PrivateTrust", subject: SUBJECT },
      "the root of the certificate profile is not known: set `countersign:signing.rootCertificate`",
    ],
  ])("is unknown while something of it is: %o", (profile, why) => {
    const changes = there(profile);
    expect(verification(signing(), changes)).toBeUndefined();
    const azure = changes.azure;
    expect(plannedWeb({}, { azure }).notes).toEqual([
      `does not verify its signatures, because ${why}`,
    ]);
    expect(plannedWeb({ build: false }, { azure }).notes).toEqual([
      `does not verify its signatures, and signs each digest that it is given, also if it has a signature, because ${why}`,
    ]);
    expect(plannedWeb({ sign: { verify: false } }, { azure }).notes).toEqual([]);
    expect(plannedWeb({}, { azure }).outputs.notation).not.toHaveProperty("verify");
  });

  const key = (name: string) => `countersign:signing.${name} | `;
  const rows: ReadonlyArray<readonly [string, object, SnapshotChanges, string]> = [
    [
      "a subject that Notation cannot read",
      { subject: "O=a, OU=b, OU=c, S=d, C=US" },
      there({}),
      `${key("subject")}"O=a, OU=b, OU=c, S=d, C=US" | a subject that Notation can match | Copy the subject from the certificate profile in the Azure portal: it has OU more than once, which Notation cannot read.`,
    ],
    [
      "a subject without a state",
      { subject: "O=a, C=US" },
      there({}),
      `${key("subject")}"O=a, C=US" | a subject with C, ST and O, which Notation requires | Add ST.`,
    ],
    [
      "a subject that the certificates do not have",
      { subject: "O=Other, S=Washington, C=US" },
      there({ subject: SUBJECT }),
      `${key("subject")}"O=Other, S=Washington, C=US" | ${READ}, which the last certificate of the profile has | Remove this key. Azure reports the subject.`,
    ],
    [
      "a root of Public Trust",
      ROOT,
      there({ subject: SUBJECT }, { signingRoot: found(microsoftRoot()) }),
      `${key("rootCertificate")}"root.pem" | no root, because all certificates of Public Trust have Microsoft's root | Remove this key.`,
    ],
    [
      "a root with another SHA-256",
      { rootCertificate: { file: "root.pem", sha256: "0".repeat(64) } },
      there({ type: "PrivateTrust" }, { signingRoot: found(microsoftRoot()) }),
      `${key("rootCertificate.sha256")}"${"0".repeat(64)}" | the SHA-256 of the certificate | The file has ${fingerprint(microsoftRoot())}. Ask whoever gave you the certificate which one is right.`,
    ],
    [
      "a root that cannot be read",
      ROOT,
      there({ type: "PrivateTrust" }, { signingRoot: { status: "missing", said: "ENOENT" } }),
      `${key("rootCertificate.file")}"root.pem" | a PEM file with one self-signed root certificate | Give the path from the project's folder. The file cannot be read: ENOENT`,
    ],
    [
      "a file without a root",
      ROOT,
      there({ type: "PrivateTrust" }, { signingRoot: found("# none") }),
      `${key("rootCertificate.file")}"root.pem" | a PEM file with one self-signed root certificate | Give another file: the file has 0 PEM certificates.`,
    ],
  ];

  test.each(rows)("refuses %s", (_, keys, changes, problem) => {
    expect(refused(signing(keys), changes)).toEqual([problem]);
  });
});
