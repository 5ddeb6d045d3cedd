import type { Clouds } from "../../rehearsal/clouds/clouds";
import { judgeAll, registryOperations } from "../../rehearsal/proof/access";
import { exchange } from "../../rehearsal/proof/entra";
import { clientIdOf } from "./identities";

/** A run that must log in, push, pull and sign at every moment. */
export interface Kept {
  readonly repository: string;
  /** What follows the repository in its subject. */
  readonly context: string;
  readonly images: readonly string[];
}

/**
 * Looks after each write whether the runs could still do all that they must: their stored client id
 * names somebody who trusts them and holds every role.
 *
 * @returns what they lacked, and after which write; it grows as the engine writes.
 */
export function watch(clouds: Clouds, runs: readonly Kept[]): string[] {
  const gaps: string[] = [];
  const { writes } = clouds.traffic;
  writes.push = (...made) => {
    const length = Array.prototype.push.apply(writes, made);
    for (const { operation, name } of made) {
      for (const run of runs) {
        const why = lack(clouds, run);
        if (why) gaps.push(`${run.repository} after ${operation} ${name}: ${why}`);
      }
    }
    return length;
  };
  return gaps;
}

/** What a run lacks now; undefined where nothing. */
export function lack({ azure, github, ...clouds }: Clouds, run: Kept): string | undefined {
  const repository = github.repository(run.repository);
  const answer = exchange(azure, {
    clientId: clientIdOf({ azure, github, ...clouds }, run.repository),
    tenantId: azure.world.tenantId,
    issuer: "https://token.actions.githubusercontent.com",
    audience: azure.audience,
    subject: `${github.subjectPrefix(repository)}:${run.context}`,
    claims: { repository_id: String(repository.settings.id) },
  });
  if ("code" in answer) return `${answer.code}, ${answer.because}`;
  const [registry] = azure.world.registries;
  const [account] = azure.world.signingAccounts;
  if (!registry || !account) throw new Error("the world has no registry or no signing account");
  const scope = azure.profileId(account, "container-images");
  const sign = { scope, dataAction: "Microsoft.CodeSigning/certificateProfiles/Sign/action" };
  const operations = run.images.flatMap((image) =>
    (["pull", "push"] as const).flatMap((act) => registryOperations(azure, registry, act, image)),
  );
  const { allowed, because } = judgeAll(azure, answer.principalId, [...operations, sign]);
  return allowed ? undefined : because;
}

/** The writes from one on, parted by the one that switches: `[before, after]`, each sorted. */
export function partedBy(clouds: Clouds, switching: string, from: number): [string[], string[]] {
  const writes = clouds.traffic.writes.slice(from).map((it) => `${it.operation} ${it.name}`);
  const at = writes.indexOf(switching);
  if (at < 0) throw new Error(`no ${switching} among ${writes.join(", ")}`);
  return [writes.slice(0, at).sort(), writes.slice(at + 1).sort()];
}
