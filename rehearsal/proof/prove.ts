import type { Clouds } from "../clouds/clouds";
import type { Intent } from "../intent";
import { actionsOf, type MeantAction } from "./actions";
import { exchange } from "./entra";
import { idsOf } from "./ids";
import { type Run, runsOf } from "./runs";
import { mint } from "./token";

/** One run of one pipeline: what its token says, what Entra answers, what Azure then allows. */
export interface ProofRow {
  readonly pipeline: string;
  readonly run: string;
  /** Empty where GitHub issues no token. */
  readonly subject: string;
  readonly declared: boolean;
  /** `token`, Entra's error code, or `no token`. */
  readonly exchange: string;
  readonly because: string;
  readonly actions: ReadonlyArray<Omit<MeantAction, "reach">>;
  /** What is allowed though nobody means it, where no declaration could withhold it. */
  readonly reaches: readonly string[];
  /** What makes the proof fail. */
  readonly violations: readonly string[];
}

const ISSUER = "https://token.actions.githubusercontent.com";
const AUDIENCE = "api://AzureADTokenExchange";

/** Judges every run from the clouds' state alone. It holds when no row has a violation. */
export function prove(clouds: Clouds, intents: readonly Intent[]): ProofRow[] {
  return intents.flatMap((intent) =>
    runsOf(intent).map((run) => judgeRun(clouds, intents, intent, run)),
  );
}

function judgeRun(
  { azure, github }: Clouds,
  intents: readonly Intent[],
  intent: Intent,
  run: Run,
): ProofRow {
  const { clientId, tenantId, subscriptionId } = idsOf(github, intent);
  const minted = mint(github, intent, run);
  const { subject } = minted;
  const answer =
    "refused" in minted
      ? { code: "no token", because: minted.refused }
      : exchange(azure, {
          clientId,
          tenantId,
          issuer: ISSUER,
          audience: AUDIENCE,
          subject,
        });
  const loggedIn = "principalId" in answer;
  const actions = actionsOf(azure, intents, intent, loggedIn ? answer.principalId : undefined);
  const row = {
    pipeline: intent.pipeline,
    run: run.name,
    subject,
    declared: run.declared,
    exchange: loggedIn ? "token" : answer.code,
    because: loggedIn ? `federated credential ${answer.credential}` : answer.because,
    actions: actions.map(({ reach, ...action }) => action),
  };
  const where = `${intent.pipeline}, ${run.name}`;
  if (run.declared) {
    const lost = loggedIn ? [] : [`${where}: log in is refused: ${row.exchange}, ${row.because}`];
    if (loggedIn && subscriptionId !== azure.world.subscriptionId) {
      lost.push(`${where}: log in fails: no subscription ${subscriptionId}`);
    }
    const wrong = actions
      .filter(({ allowed, meant, reach }) => allowed !== meant && !(allowed && reach))
      .map(
        (it) =>
          `${where}: ${it.action} ${it.target} is ${it.allowed ? "allowed" : "refused"}: ${it.because}`,
      );
    const reaches = actions.flatMap(({ allowed, meant, reach }) =>
      allowed && !meant && reach ? [reach] : [],
    );
    return {
      ...row,
      reaches: [...new Set(reaches)],
      violations: [...lost, ...(loggedIn ? wrong : [])],
    };
  }
  if (!loggedIn) return { ...row, reaches: [], violations: [] };
  const legacy = run.from === "recycled name" && !/@\d+\/.+@\d+:/.test(subject);
  const reach =
    "whoever gets the name of this repository after a rename or deletion gets its trust; remedy: immutable subjects (use_immutable_subject)";
  return legacy
    ? { ...row, reaches: [reach], violations: [] }
    : { ...row, reaches: [], violations: [`${where}: logs in: ${row.because}`] };
}
