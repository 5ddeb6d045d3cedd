import { describe, expect, test } from "vitest";
import { type Declared, NOT_KNOWN, violations } from "./applied";
import {
  application,
  assignment,
  committed,
  credential,
  federated,
  file,
  flexible,
  managed,
  ofApplication,
  PROFILE,
  principal,
  REGISTRY,
  role,
  SHA,
  workflow,
} from "./declared";

const subject = "repo:contoso/web:pull_request";
const open = credential({ subject });
const pattern = {
  issuer: "https://token.actions.githubusercontent.com",
  audience: "api://AzureADTokenExchange",
  claimsMatchingExpression: "claims['sub'] matches 'repo:contoso/web:*'",
};
const signs = (principalId: string) => role("Signer", PROFILE, { principalId });
const told = (of: string) =>
  `pr: signers-without-pull-requests: Runs of pull requests can log in (${of}), ` +
  "and the identity can sign. Fix: give pull requests an identity without the role to sign.";

describe("an identity that can sign does not trust pull requests", () => {
  const unknown = { principalId: NOT_KNOWN };
  const faulty: Record<string, readonly Declared[]> = {
    "by dependencies, at the first preview": [
      managed("ci", unknown),
      federated("pr", open, { resourceName: ["ci"] }),
      assignment("sign", signs(NOT_KNOWN), { principalId: ["ci"] }),
    ],
    "by known ids": [
      managed("ci", { principalId: "a" }),
      federated("pr", open, { resourceName: ["ci"] }),
      assignment("sign", signs("A")),
    ],
    "of an application, by dependencies": [
      application("app", { clientId: NOT_KNOWN, objectId: NOT_KNOWN }),
      principal("sp", { clientId: NOT_KNOWN, objectId: NOT_KNOWN }, { clientId: ["app"] }),
      ofApplication("pr", { ...open, applicationId: NOT_KNOWN }, { applicationId: ["app"] }),
      assignment("sign", signs(NOT_KNOWN), { principalId: ["sp"] }),
    ],
    "of an application, by known ids": [
      application("app", { clientId: "c", objectId: "o" }),
      principal("sp", { clientId: "c", objectId: "p" }),
      ofApplication("pr", { ...open, applicationId: "/applications/o" }),
      assignment("sign", signs("p")),
    ],
  };
  test.each(Object.entries(faulty))("%s", (_, resources) => {
    expect(violations(resources)).toEqual([told(subject)]);
    expect(violations([...resources].reverse())).toEqual([told(subject)]);
  });

  test("a pattern that covers them counts, too", () => {
    const resources = [
      application("app", { clientId: "c", objectId: "o" }),
      principal("sp", { clientId: "c", objectId: "p" }),
      flexible("pr", { ...pattern, applicationId: "/applications/o" }),
      assignment("sign", signs("p")),
    ];
    expect(violations(resources)).toEqual([told(JSON.stringify(pattern.claimsMatchingExpression))]);
  });

  const right: Record<string, readonly Declared[]> = {
    "another identity signs": [
      managed("ci", unknown),
      managed("signer", unknown),
      federated("pr", open, { resourceName: ["ci"] }),
      federated("main", credential(), { resourceName: ["signer"] }),
      assignment("sign", signs(NOT_KNOWN), { principalId: ["signer"] }),
    ],
    "the identity only pulls": [
      managed("ci", unknown),
      federated("pr", open, { resourceName: ["ci"] }),
      assignment("pull", role("AcrPull", REGISTRY, unknown), { principalId: ["ci"] }),
    ],
    "it is not known yet which of two identities signs": [
      managed("ci", unknown),
      managed("signer", unknown),
      federated("pr", open, { resourceName: ["ci"] }),
      assignment("sign", signs(NOT_KNOWN), { principalId: ["ci", "signer"] }),
    ],
    "which of two identities signs is known": [
      managed("ci", { principalId: "a" }),
      managed("signer", { principalId: "b" }),
      federated("pr", open, { resourceName: ["ci"] }),
      assignment("sign", signs("b"), { principalId: ["ci", "signer"] }),
    ],
  };
  test.each(Object.entries(right))("%s: nothing is refused", (_, resources) => {
    expect(violations(resources)).toEqual([]);
  });
});

describe("a reusable workflow", () => {
  const STEPS = `    steps:\n      - uses: actions/checkout@${SHA}\n`;
  const calls = (uses: string) =>
    file(
      "workflow",
      committed(workflow([`    runs-on: ubuntu-24.04\n`, ""], [STEPS, `    uses: ${uses}\n`])),
    );
  const PATH = "contoso/shared/.github/workflows/sign.yml";
  const trusts = (ref: string) =>
    federated("main", credential({ subject: `repo:contoso/web:job_workflow_ref:${PATH}@${ref}` }));

  test.each([
    [`${PATH}@${SHA}`, []],
    ["./.github/workflows/sign.yml", []],
    [`${PATH}@main`, [trusts("refs/heads/main")]],
    [`${PATH}@refs/heads/main`, [trusts("refs/heads/main")]],
    [`${PATH}@v1`, [trusts("refs/tags/v1")]],
    [
      `${PATH}@main`,
      [
        flexible("main", {
          ...pattern,
          claimsMatchingExpression: `claims['sub'] matches 'repo:contoso/web:*:job_workflow_ref:${PATH}@refs/heads/main'`,
        }),
      ],
    ],
  ])("can be called as %s", (uses, others) => {
    expect(violations([calls(uses), ...others])).toEqual([]);
  });

  test.each([
    [`${PATH}@v1`, []],
    [`${PATH}@main`, [trusts("refs/tags/main2")]],
    [`${PATH}@main`, [federated("main", credential())]],
  ])("cannot be called as %s, because nothing trusts it", (uses, others) => {
    expect(violations([calls(uses), ...others])).toEqual([
      `workflow: pinned-reusable-workflows: Job sign calls ${uses}, which can change. Fix: end it ` +
        "with the full SHA, or trust it by `job_workflow_ref` in a federated credential.",
    ]);
  });
});
