import { expect, test } from "vitest";
import { type Declared, NOT_KNOWN, violations } from "./applied";
import {
  ACCOUNT,
  assignment,
  CONDITION,
  committed,
  credential,
  federated,
  file,
  flexible,
  GROUP,
  managed,
  PROFILE,
  REGISTRY,
  role,
  SHA,
  workflow,
} from "./declared";

const identity = managed("identity", { principalId: NOT_KNOWN, clientId: NOT_KNOWN });
const grant = (name: string, properties: object) =>
  assignment(name, { ...properties, principalId: NOT_KNOWN }, { principalId: ["identity"] });
const trust = (name: string, changes: object = {}) =>
  federated(name, credential(changes as never), { resourceName: ["identity"] });
const limited = { condition: CONDITION, conditionVersion: "2.0" };

/** A program that nobody objects to, as it is at its first preview. Each fault below changes it. */
const RIGHT: readonly Declared[] = [
  identity,
  trust("main"),
  grant("write", role("Writer", REGISTRY, limited)),
  grant("sign", role("Signer", PROFILE)),
  file("workflow", committed(workflow())),
];

const LOGIN = `uses: actions/checkout@${SHA}`;

/** What a faulty program declares in place of the resource with the same name, or besides. */
const FAULTS: Record<string, readonly [Declared, ...(readonly string[])]> = {
  "the tutorial's role on the resource group": [
    grant("push", role("AcrPush", GROUP)),
    "push: narrow-roles",
  ],
  "signing with each profile of the account": [
    grant("sign", role("Signer", ACCOUNT)),
    "sign: narrow-roles",
  ],
  "Contributor on the registry, so that pushing works": [
    grant("write", role("AzureContributor", REGISTRY)),
    "write: narrow-roles",
  ],
  "a forgotten condition": [grant("write", role("Writer", REGISTRY)), "write: conditioned-roles"],
  "a signer for pull requests": [
    trust("pr", { subject: "repo:contoso/web:pull_request" }),
    "pr: signers-without-pull-requests",
  ],
  "another issuer's tokens": [
    trust("main", { issuer: "https://gitlab.com" }),
    "main: known-issuers",
  ],
  "GitHub's default audience": [
    trust("main", { audiences: ["https://github.com/contoso"] }),
    "main: known-issuers",
  ],
  "a pattern where Entra compares exactly": [
    trust("main", { subject: "repo:contoso/web:ref:refs/tags/v*" }),
    "main: exact-subjects",
  ],
  "all environments of Pulumi ESC": [
    trust("main", {
      issuer: "https://api.pulumi.com/oidc",
      audiences: ["azure:contoso"],
      subject: "pulumi:environments:org:contoso:env:<yaml>",
    }),
    "main: exact-subjects",
  ],
  "an action by its tag": [
    file("workflow", committed(workflow([LOGIN, "uses: azure/login@v2"]))),
    "workflow: pinned-actions",
  ],
  "a login for every job": [
    file("workflow", committed(workflow(["permissions: {}", "permissions: {id-token: write}"]))),
    "workflow: least-permissions",
  ],
  "the code of a fork, with the rights of the repository": [
    file(
      "workflow",
      committed(
        workflow(
          ["on: push", "on: pull_request_target"],
          [LOGIN, `${LOGIN}\n        with: { ref: "\${{ github.event.pull_request.head.sha }}" }`],
        ),
      ),
    ),
    "workflow: no-foreign-code",
  ],
};

const program = (fault: Declared) => [...RIGHT.filter(({ urn }) => urn !== fault.urn), fault];
const short = (found: readonly string[]) => found.map((it) => it.split(": ", 2).join(": "));

test("nobody objects to the program without a fault", () => {
  expect(violations(RIGHT)).toEqual([]);
});

test.each(Object.entries(FAULTS))("a faulty program is caught: %s", (_, [fault, ...expected]) => {
  expect(short(violations(program(fault)))).toEqual(expected);
});

test("twelve faults are caught in one program, each once", () => {
  const faults = Object.values(FAULTS).map(([fault], index) => ({
    ...fault,
    urn: `${fault.urn}-${index}`,
  }));
  expect(faults).toHaveLength(12);
  expect(violations([...RIGHT, ...faults])).toHaveLength(12);
});

test("what is not known at preview is no violation, and no rule is skipped for it", () => {
  const unknown = trust("main", { audiences: [NOT_KNOWN], subject: NOT_KNOWN });
  expect(violations(program(unknown))).toEqual([]);
  const known = trust("main", { issuer: "https://gitlab.com", subject: NOT_KNOWN });
  expect(short(violations(program(known)))).toEqual(["main: known-issuers"]);
  expect(violations(program(grant("write", role("Writer", NOT_KNOWN, limited))))).toEqual([]);
});

test("an issuer of the user's own is known by the configuration of the policy", () => {
  const issuer = "https://github.contoso.com/_services/token";
  const server = program(trust("main", { issuer }));
  expect(short(violations(server))).toEqual(["main: known-issuers"]);
  expect(violations(server, { "known-issuers": { issuers: [issuer] } })).toEqual([]);
});

test("a credential with an expression is a flexible one, and is read, too", () => {
  const holder = { applicationId: "/applications/o", displayName: "main" };
  const right = { issuer: credential().issuer, audience: "api://AzureADTokenExchange" };
  expect(violations([flexible("main", { ...holder, ...right })])).toEqual([]);
  expect(short(violations([flexible("main", { ...holder, ...right, audience: "x" })]))).toEqual([
    "main: known-issuers",
  ]);
});
