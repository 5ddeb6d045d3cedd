import type { Config } from "./stack";

const pipeline = (web: unknown) => ({ "countersign:pipelines": { web } });
const governed = (workflow: unknown) => pipeline({ trust: { workflow }, ids: "variables" });
const P = "countersign:pipelines.web";
const SIGN = "contoso/workflows/.github/workflows/sign.yml";
const trust = { workflow: `${SIGN}@refs/heads/main` };
const KEYS = "workflow, manageSubjectTemplate";
const GIVE = "Use a value of this type.";
const LEAVE = "Add a value, or remove this key.";
const KIND = `an object with keys ${KEYS} | Use a value of this type.`;
const REQUIRED = "a string | Add this key. It is required.";
const WORKFLOW =
  "OWNER/REPOSITORY/.github/workflows/NAME.yml@REF, where REF is refs/heads/BRANCH, refs/tags/TAG, or a full commit SHA | Use the format of the claim `job_workflow_ref` in GitHub's tokens.";
const VARIABLES =
  "`variables`, because the pipeline sets `trust.workflow` | Set `ids: variables`. The reusable workflow gets the IDs as inputs.";
const LEVEL =
  "`repository` or `organization`, because the pipeline sets `trust.workflow` | Remove `level`.";

/** Bad trust, ids and ways to commit: what is wrong, the change to a good configuration, then `path | given | expected | fix`. */
export const badTrust: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "trust as a text",
    pipeline({ trust: trust.workflow, ids: "variables" }),
    [`${P}.trust | "${trust.workflow}" | ${KIND}`],
  ],
  [
    "trust with nothing after it",
    pipeline({ trust: null }),
    [`${P}.trust | null | ${KIND.replace(GIVE, LEAVE)}`],
  ],
  [
    "trust of no workflow",
    pipeline({ trust: {} }),
    [`${P}.trust.workflow | nothing | ${REQUIRED}`],
  ],
  [
    "a managed subject template without a workflow",
    pipeline({ trust: { manageSubjectTemplate: true } }),
    [`${P}.trust.workflow | nothing | ${REQUIRED}`],
  ],
  [
    "a misspelt key of trust",
    pipeline({ trust: { ...trust, manageSubjectTemplates: true }, ids: "variables" }),
    [
      `${P}.trust.manageSubjectTemplates | true | one of these keys: ${KEYS} | Did you mean \`manageSubjectTemplate\`? Otherwise, remove this key.`,
    ],
  ],
  [
    "a misspelt workflow of trust, reported once",
    pipeline({ trust: { workflows: trust.workflow } }),
    [
      `${P}.trust.workflows | "${trust.workflow}" | one of these keys: ${KEYS} | Did you mean \`workflow\`? Otherwise, remove this key.`,
    ],
  ],
  [
    "manageSubjectTemplate as a text",
    pipeline({ trust: { ...trust, manageSubjectTemplate: "yes" }, ids: "variables" }),
    [`${P}.trust.manageSubjectTemplate | "yes" | true or false | Use a value of this type.`],
  ],
  [
    "a reusable workflow as a number",
    governed(5),
    [`${P}.trust.workflow | 5 | a string | Use a value of this type.`],
  ],
  [
    "a reusable workflow without a ref",
    governed(SIGN),
    [`${P}.trust.workflow | "${SIGN}" | ${WORKFLOW}`],
  ],
  [
    "a reusable workflow by a short ref",
    governed(`${SIGN}@main`),
    [`${P}.trust.workflow | "${SIGN}@main" | ${WORKFLOW}`],
  ],
  [
    "a reusable workflow by a short commit",
    governed(`${SIGN}@1f2e3d4`),
    [`${P}.trust.workflow | "${SIGN}@1f2e3d4" | ${WORKFLOW}`],
  ],
  [
    "a reusable workflow by a pattern",
    governed(`${SIGN}@refs/tags/v*`),
    [`${P}.trust.workflow | "${SIGN}@refs/tags/v*" | ${WORKFLOW}`],
  ],
  [
    "a reusable workflow by a pull request's ref",
    governed(`${SIGN}@refs/pull/7/merge`),
    [`${P}.trust.workflow | "${SIGN}@refs/pull/7/merge" | ${WORKFLOW}`],
  ],
  [
    "a reusable workflow of the same repository",
    governed("./.github/workflows/sign.yml"),
    [`${P}.trust.workflow | "./.github/workflows/sign.yml" | ${WORKFLOW}`],
  ],
  [
    "a reusable workflow elsewhere than GitHub looks",
    governed("contoso/workflows/sign.yml@refs/heads/main"),
    [`${P}.trust.workflow | "contoso/workflows/sign.yml@refs/heads/main" | ${WORKFLOW}`],
  ],
  [
    "a governed workflow with ids by default in secrets",
    pipeline({ trust }),
    [`${P}.ids | nothing | ${VARIABLES}`],
  ],
  [
    "a governed workflow with ids in secrets",
    pipeline({ trust, ids: "secrets" }),
    [`${P}.ids | "secrets" | ${VARIABLES}`],
  ],
  [
    "a governed workflow without a ref, which is reported before ids in secrets",
    pipeline({ trust: { workflow: SIGN } }),
    [`${P}.trust.workflow | "${SIGN}" | ${WORKFLOW}`],
  ],
  [
    "a governed workflow with ids in an environment",
    pipeline({ trust, ids: "variables", level: "environment", environment: "production" }),
    [`${P}.level | "environment" | ${LEVEL}`],
  ],
  [
    "a governed workflow with ids in an environment that there is not, reported once",
    pipeline({ trust, ids: "variables", level: "environment" }),
    [`${P}.level | "environment" | ${LEVEL}`],
  ],
  [
    "a governed workflow with ids in an environment's secrets",
    pipeline({ trust, level: "environment", environment: "production" }),
    [`${P}.ids | nothing | ${VARIABLES}`, `${P}.level | "environment" | ${LEVEL}`],
  ],
  [
    "another spelling of organization",
    pipeline({ level: "organisation" }),
    [
      `${P}.level | "organisation" | one of: repository, environment, organization | Use one of these values.`,
    ],
  ],
  [
    "level with nothing after it",
    pipeline({ level: null }),
    [
      `${P}.level | null | one of: repository, environment, organization | Use one of these values.`,
    ],
  ],
  [
    "an unknown way to commit",
    pipeline({ commit: "pr" }),
    [`${P}.commit | "pr" | one of: auto, direct, pull-request | Use one of these values.`],
  ],
  [
    "commit as a flag",
    pipeline({ commit: true }),
    [`${P}.commit | true | one of: auto, direct, pull-request | Use one of these values.`],
  ],
];
