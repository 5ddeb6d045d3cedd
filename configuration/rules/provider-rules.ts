import { AZURE_CLOUDS, gitHubHost } from "../../trust/hosts";
import { type Problem, reporter } from "../problems";
import { suggestion } from "../schema-problems";
import { login } from "../schemas/fields";

/** Settings by full key, or environment variables by name. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** The keys of the providers that Countersign reads. */
const KEYS = new Map([
  ["azure-native", ["environment", "location", "subscriptionId"]],
  ["github", ["baseUrl", "organization", "owner"]],
]);

const SIGNING_CLOUDS = Object.entries(AZURE_CLOUDS)
  .filter(([, { signs }]) => signs)
  .map(([name]) => name);

/** Rules on the settings of the providers, from the stack and from the environment. */
export function providerProblems(settings: Settings, hasLocation: boolean): Problem[] {
  const problems: Problem[] = [];
  const report = reporter(problems, "", settings);

  const owner = settings["github:owner"];
  if (!login.safeParse(owner).success) {
    const expected = "the login of the user or organization that owns the repositories";
    report("github:owner", expected, "Run `pulumi config set github:owner OWNER`.");
  }
  // The provider prefers these to `github:owner`. A wrong one fails with a 404 only during `up`.
  for (const key of ["GITHUB_OWNER", "GITHUB_ORGANIZATION", "github:organization"]) {
    const other = settings[key];
    if (!owner || !other || other.toLowerCase() === owner.toLowerCase()) continue;
    const fix = "Remove this setting. The GitHub provider would use it instead of `github:owner`.";
    report(key, `no value, or ${owner} as in \`github:owner\``, fix);
  }
  for (const [key, value] of Object.entries(settings)) {
    // A provider ignores keys that it does not know, so a slip would stay unnoticed.
    const [namespace = "", name = ""] = key.split(":");
    const known = KEYS.get(namespace) ?? [];
    const fix = known.includes(name) ? undefined : suggestion(name, known);
    if (fix) report(key, `a key of the provider, such as ${known.join(", ")}`, fix, value);
  }
  const issuer = settings["github:issuer"];
  if (issuer !== undefined) {
    const fix = `Write \`countersign:issuer: ${issuer}\`. The GitHub provider has no such key.`;
    report("github:issuer", "no value", fix);
  }
  if (!hasLocation && !settings["azure-native:location"]) {
    const fix = "Run `pulumi config set azure-native:location REGION`.";
    report("countersign:identity.location", "an Azure region", fix);
  }
  for (const key of ["github:baseUrl", "GITHUB_BASE_URL"]) {
    if (gitHubHost(settings[key])) continue;
    const expected = "https://api.github.com, https://api.TENANT.ghe.com, or https://HOST/api/v3";
    report(key, expected, "Use the base URL of GitHub's REST API.");
  }
  for (const key of ["azure-native:environment", "ARM_ENVIRONMENT"]) {
    const cloud = settings[key];
    if (!cloud || SIGNING_CLOUDS.includes(cloud)) continue;
    const expected = `${SIGNING_CLOUDS.join(" or ")}, because Artifact Signing is available only there`;
    report(key, expected, "Remove this setting. The default is the public cloud.");
  }
  return problems;
}
