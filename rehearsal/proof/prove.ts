import { sameId } from "../clouds/azure/state";
import type { Clouds } from "../clouds/clouds";
import type { Intent } from "../intent";
import { actionsOf, type MeantAction } from "./actions";
import { type Exchange, exchange, principals } from "./entra";
import { AUDIENCES, issuerOf } from "./hosts";
import { idsOf } from "./ids";
import { reachOf } from "./reaches";
import { type Run, runsOf } from "./runs";
import { mint } from "./token";

/** One run of one pipeline: its token, Entra's answer, and what Azure allows after that. */
export interface ProofRow {
  readonly pipeline: string;
  readonly run: string;
  /** Empty if GitHub issues no token. */
  readonly subject: string;
  readonly declared: boolean;
  /** Whether the run is one that only verifies. */
  readonly verifies?: true;
  /** `token`, Entra's error code, `no token`, or `does not start`. */
  readonly exchange: string;
  readonly because: string;
  /** What must happen before a declared run signs, if it logs in only then. */
  readonly once?: string;
  readonly actions: ReadonlyArray<Omit<MeantAction, "reach">>;
  /** What the run can do although it should not, because the configuration cannot prevent it. */
  readonly reaches: readonly string[];
  /** What makes the proof fail. */
  readonly violations: readonly string[];
}

type Verdict = Pick<ProofRow, "reaches" | "violations">;

/** Judges every run from the state of the clouds. The proof holds if no row has a violation. */
export function prove(clouds: Clouds, intents: readonly Intent[]): ProofRow[] {
  return intents.flatMap((intent) =>
    runsOf(intent, intents).map((run) => judgeRun(clouds, intents, intent, run)),
  );
}

function judgeRun(clouds: Clouds, intents: readonly Intent[], intent: Intent, run: Run): ProofRow {
  const { subject, answer } = login(clouds, intent, run);
  const loggedIn = "principalId" in answer;
  const actions = actionsOf(
    clouds.azure,
    intents,
    intent,
    loggedIn ? answer.principalId : undefined,
  );
  const verdict = run.declared
    ? meantVerdict(clouds, intent, run, answer, actions)
    : hostileVerdict(clouds, intent, run, answer);
  return {
    pipeline: intent.pipeline,
    run: run.name,
    subject,
    declared: run.declared,
    ...(intent.verifies && { verifies: true as const }),
    exchange: loggedIn ? "token" : answer.code,
    because: because(answer),
    ...(loggedIn && onceOf(clouds, intent, run)),
    actions: actions.map(({ reach, ...action }) => action),
    ...verdict,
  };
}

/**
 * A run uses the workflow of its own commit. So a branch that is not the default branch signs only
 * once it contains the commit of the workflow.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
function onceOf({ github }: Clouds, { repository, workflow }: Intent, run: Run) {
  const { settings, branches } = github.repository(repository);
  const [, branch] = /^refs\/heads\/(.+)$/.exec(run.ref) ?? [];
  if (!run.declared || branch === undefined || branch === settings.defaultBranch) return {};
  if (branches.get(branch)?.has(workflow)) return {};
  return {
    once: `Branch ${branch} contains the workflow. Merge ${settings.defaultBranch} into it`,
  };
}

/** The subject of a run's token, and Entra's answer to the token. */
function login({ azure, github }: Clouds, intent: Intent, run: Run) {
  const { clientId, tenantId } = idsOf(github, intent);
  const minted = mint(github, intent, run);
  const { subject } = minted;
  const answer: Exchange =
    "refused" in minted
      ? { code: minted.idle ? "does not start" : "no token", because: minted.refused }
      : exchange(azure, {
          clientId,
          tenantId,
          issuer: (!run.plainIssuer && intent.issuer) || issuerOf(github.host),
          audience: AUDIENCES[azure.world.environment],
          subject,
          claims: minted.claims,
        });
  return { subject, answer };
}

function because(answer: Exchange): string {
  return "principalId" in answer ? `federated credential ${answer.credential}` : answer.because;
}

/** A declared run must log in, and must be allowed what it needs and nothing else. */
function meantVerdict(
  { azure, github }: Clouds,
  intent: Intent,
  run: Run,
  answer: Exchange,
  actions: readonly MeantAction[],
): Verdict {
  const where = `${intent.pipeline}, ${run.name}`;
  if ("code" in answer) {
    const lost = `${where}: login is refused: ${answer.code}, ${answer.because}`;
    return { reaches: [], violations: [lost] };
  }
  const { subscriptionId } = idsOf(github, intent);
  const registry = azure.world.registries.find(({ name }) => sameId(name, intent.registry.name));
  const astray =
    subscriptionId === (registry?.subscription ?? azure.world.subscriptionId)
      ? []
      : [`${where}: login fails: there is no subscription ${subscriptionId}`];
  const unmeant = actions.filter(({ allowed, meant }) => allowed && !meant);
  const wrong = actions
    .filter(({ allowed, meant, reach }) => allowed !== meant && !(allowed && reach))
    .map((it) => {
      const verdict = it.allowed ? "allowed" : "refused";
      return `${where}: ${it.action} ${it.target} is ${verdict}: ${it.because}`;
    });
  return {
    reaches: [...new Set(unmeant.flatMap(({ reach }) => reach ?? []))],
    violations: [...astray, ...wrong],
  };
}

/** Any other run must be rejected, unless the configuration cannot prevent its login. */
function hostileVerdict(
  { azure, github }: Clouds,
  intent: Intent,
  run: Run,
  answer: Exchange,
): Verdict {
  if ("code" in answer) return { reaches: [], violations: [] };
  const principal = principals(azure).find((it) => it.principalId === answer.principalId);
  const credential = azure
    .credentialsOf(principal?.id ?? "")
    .find(({ name }) => name === answer.credential);
  const reach = credential && reachOf(github, intent, run, credential);
  return reach
    ? { reaches: [reach], violations: [] }
    : {
        reaches: [],
        violations: [`${intent.pipeline}, ${run.name}: logs in with ${because(answer)}`],
      };
}
