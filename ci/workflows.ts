import type { Job, Workflow } from "../workflow/model";
import { type CiPlan, ENVIRONMENTS } from "./plan";
import { environmentOf, installSteps, LOGIN_PERMISSIONS, loginSteps } from "./steps";

const RUNNER = { runsOn: "ubuntu-24.04", timeoutMinutes: 30 };

/** Pull requests of this repository. GitHub gives those of forks neither secrets nor logins. */
const IS_OWN = "github.event.pull_request.head.repo.full_name == github.repository";
/** GitHub treats pull requests of Dependabot like those of forks. */
const IS_BOT = "github.event.pull_request.user.login == 'dependabot[bot]'";

/**
 * Previews each pull request, and leaves one comment with the change of trust, also if the preview
 * fails. The preview runs the code of the pull request, so its identity and its App can only read.
 */
export function previewWorkflow(plan: CiPlan): Workflow {
  const env = environmentOf(plan);
  const preview: Job = {
    ...RUNNER,
    name: "Preview",
    if: `${IS_OWN} && !(${IS_BOT})`,
    environment: ENVIRONMENTS.preview,
    permissions: {
      ...LOGIN_PERMISSIONS,
      "pull-requests": { access: "write", why: "to leave the comment" },
    },
    steps: [
      ...installSteps(),
      ...loginSteps(plan, "read"),
      {
        name: "Preview",
        id: "preview",
        env: { ...env, POLICY_PACK: plan.policyPack },
        run: [
          "status=0",
          // Without what stays as it is, nobody could tell who has which right.
          'pulumi preview --stack "$STACK" --policy-pack "$POLICY_PACK" --non-interactive \\',
          '  --json --show-sames > "$RUNNER_TEMP/preview.json" 2> "$RUNNER_TEMP/preview.txt" \\',
          "  || status=$?",
          'echo "status=$status" >> "$GITHUB_OUTPUT"',
        ].join("\n"),
      },
      {
        name: "Comment on the pull request",
        if: "!cancelled()",
        env: {
          STACK: plan.stack,
          // A step before the preview can fail, too.
          STATUS: "${{ steps.preview.outputs.status || '1' }}",
          GITHUB_TOKEN: "${{ github.token }}",
        },
        run: [
          'npm run --silent comment -- --stack "$STACK" --status "$STATUS" \\',
          '  --preview "$RUNNER_TEMP/preview.json" --messages "$RUNNER_TEMP/preview.txt"',
          'exit "$STATUS"',
        ].join("\n"),
      },
    ],
  };
  const fork: Job = {
    ...RUNNER,
    name: "Rehearse",
    if: `!(${IS_OWN}) || ${IS_BOT}`,
    permissions: { contents: { access: "read", why: "to check out" } },
    steps: [
      ...installSteps(),
      {
        name: "Rehearse, without secrets",
        env: { STACK_FILE: stackFile(plan) },
        run: summarized('npm run --silent rehearse -- --config "$STACK_FILE"'),
      },
    ],
  };
  return {
    name: "Countersign: preview",
    on: { pullRequest: { branches: [plan.branch] } },
    permissions: {},
    concurrency: {
      group: "countersign-preview-${{ github.event.pull_request.number }}",
      "cancel-in-progress": true,
    },
    jobs: { preview, fork },
  };
}

/** Deploys each push to the branch, one at a time, and then proves who can log in. */
export function deployWorkflow(plan: CiPlan): Workflow {
  const env = environmentOf(plan);
  const deploy: Job = {
    ...RUNNER,
    name: "Deploy",
    environment: ENVIRONMENTS.deploy,
    permissions: LOGIN_PERMISSIONS,
    steps: [
      ...installSteps(),
      ...loginSteps(plan, "write"),
      {
        name: "Deploy",
        env: { ...env, POLICY_PACK: plan.policyPack },
        run: 'pulumi up --stack "$STACK" --policy-pack "$POLICY_PACK" --yes --non-interactive',
      },
      {
        name: "Prove who can log in",
        env,
        run: summarized('npm run --silent prove -- --stack "$STACK"'),
      },
    ],
  };
  return {
    name: "Countersign: deploy",
    on: { push: { branches: [plan.branch] }, workflowDispatch: {} },
    permissions: {},
    // A waiting run gives way to a newer one, which deploys the same and more.
    concurrency: { group: "countersign-deploy", "cancel-in-progress": false },
    jobs: { deploy },
  };
}

/** Compares the stack with the clouds every day, and keeps one issue about what differs. */
export function driftWorkflow(plan: CiPlan): Workflow {
  const drift: Job = {
    ...RUNNER,
    name: "Drift",
    environment: ENVIRONMENTS.preview,
    permissions: {
      ...LOGIN_PERMISSIONS,
      issues: { access: "write", why: "to open, update, and close the issue" },
    },
    steps: [
      ...installSteps(),
      ...loginSteps(plan, "read"),
      {
        name: "Compare the stack with the clouds",
        env: { ...environmentOf(plan), ISSUES_TOKEN: "${{ github.token }}" },
        run: 'npm run --silent drift -- --stack "$STACK"',
      },
    ],
  };
  return {
    name: "Countersign: drift",
    on: { schedule: "17 4 * * *", workflowDispatch: {} },
    permissions: {},
    concurrency: { group: "countersign-drift", "cancel-in-progress": false },
    jobs: { drift },
  };
}

/** Runs a command. What it prints is in the log and in the summary of the job. */
function summarized(command: string): string {
  return [
    `echo '\`\`\`text' >> "$GITHUB_STEP_SUMMARY"`,
    "status=0",
    `${command} | tee -a "$GITHUB_STEP_SUMMARY" || status=$?`,
    `echo '\`\`\`' >> "$GITHUB_STEP_SUMMARY"`,
    'exit "$status"',
  ].join("\n");
}

function stackFile({ stack }: CiPlan): string {
  return `Pulumi.${stack.split("/").at(-1)}.yaml`;
}
