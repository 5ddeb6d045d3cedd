import { LOGIN_SETTINGS, type SettingsLocation } from "../../trust/login-settings";
import { settingName } from "../../trust/resource-names";
import { answerValue } from "../answers";
import type { Context } from "../context";

/** The provider overwrites an existing secret silently, and refuses a variable only in `up`. */
export function checkSettings(
  of: Context,
  location: SettingsLocation,
  settings = of.repository.snapshot.settings,
): void {
  const { wanted, repository, snapshot, report } = of;
  const { kind, scope, environment, suffix } = location;
  const { owner, name, id } = repository.snapshot;
  if (scope === "organization" && owner.type !== "Organization") {
    const expected = `repository or environment, because ${owner.login} is not an organization`;
    report("level", scope, expected, "Remove `level`.");
    return;
  }
  if (scope === "organization") checkPlan(of);
  const existing = answerValue(settings) ?? [];
  const isSecret = kind === "secrets";
  const where = {
    repository: `${owner.login}/${name}`,
    environment: `environment ${environment} of ${owner.login}/${name}`,
    organization: `organization ${owner.login}`,
  }[scope];
  for (const setting of LOGIN_SETTINGS.map((it) => `${it}${suffix}`)) {
    const held = snapshot.state.resources.find(
      (it) =>
        it.name === settingName(of.name, setting, environment) &&
        it.outputs[isSecret ? "secretName" : "variableName"] === setting,
    );
    const isOwn = held && (scope === "organization" || Number(held.outputs.repositoryId) === id);
    if (isOwn || !existing.includes(setting) || (wanted.adopt && isSecret)) continue;
    report(
      isSecret ? "adopt" : "ids",
      `${isSecret ? "secret" : "variable"} ${setting} of ${where}`,
      `a ${isSecret ? "secret" : "variable"} that does not exist yet`,
      isSecret
        ? "Set `adopt: true` to overwrite the secret. If another stack uses it, set `level: environment` with an environment of its own. If an interrupted run wrote it, delete it on GitHub."
        : "Delete the variable on GitHub, or import it with `pulumi import`. Countersign never overwrites variables.",
    );
  }
}

/**
 * On GitHub Free, private repositories read empty values.
 * Source: https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
 */
function checkPlan({ wanted, repository, snapshot: { github }, report }: Context): void {
  const { private: isPrivate, owner, name } = repository.snapshot;
  const isCloud = repository.source.host.kind === "cloud";
  if (!isPrivate || !isCloud || answerValue(github.plan) !== "free") return;
  const expected = `repository, because ${owner.login} has GitHub's free plan, and ${owner.login}/${name} is private: its runs would read empty ${wanted.ids}`;
  report("level", wanted.level, expected, "Remove `level`, or use GitHub Team or Enterprise.");
}
