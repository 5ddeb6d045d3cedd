import type { Problem } from "./problems";
import { near } from "./schema-problems";

const NAMESPACE = "countersign";

/** Keys of the providers that people look for under `countersign:`, and what is then missing. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  owner: ["github:owner"],
  organization: ["github:owner"],
  baseUrl: ["github:baseUrl"],
  location: ["azure-native:location", `${NAMESPACE}:identity.location`],
  subscriptionId: ["azure-native:subscriptionId"],
};

/** The keys that every stack has. Under another namespace, they are meant for this project. */
const REQUIRED = ["registry", "signing", "pipelines"];

const PROVIDERS = ["azure-native", "azuread", "github", "pulumi"];

/**
 * Adds the keys that are under another namespace than the one they belong to. What is missing only
 * because of them is left out.
 */
export function withMisplacedKeys(
  values: Readonly<Record<string, string>>,
  known: readonly string[],
  problems: readonly Problem[],
): Problem[] {
  const misplaced = Object.entries(values).flatMap(([key, given]) => {
    const homes = homesOf(key, known, values);
    return homes ? [{ key, homes, problem: rename(key, given, homes[0] as string) }] : [];
  });
  const isCaused = ({ path, given }: Problem) =>
    misplaced.some(({ homes }) =>
      homes.some((home) => isEmpty(given) && (path === home || path.startsWith(`${home}.`))),
    );
  const others = problems
    .filter((it) => !isCaused(it))
    .map((it) => misplaced.find(({ key }) => key === it.path)?.problem ?? it);
  return [
    ...others,
    ...misplaced.map(({ problem }) => problem).filter((it) => !others.includes(it)),
  ];
}

function homesOf(
  key: string,
  known: readonly string[],
  values: Readonly<Record<string, string>>,
): readonly string[] | undefined {
  const [namespace = "", ...rest] = key.split(":");
  const name = rest.join(":");
  if (namespace === NAMESPACE) return known.includes(name) ? undefined : HOMES[name];
  const home = `${NAMESPACE}:${near(name, known) ?? name}`;
  const isMeant =
    near(namespace, [NAMESPACE]) !== undefined ||
    (!PROVIDERS.includes(namespace) && REQUIRED.includes(name) && !(home in values));
  return isMeant ? [home] : undefined;
}

function rename(key: string, stored: string, home: string): Problem {
  const fix = `Rename this key to \`${home}\`.`;
  const isObject = /^[[{]/.test(stored);
  return {
    path: key,
    given: isObject ? parse(stored) : stored,
    expected: `the key \`${home}\``,
    fix,
  };
}

function parse(stored: string): unknown {
  try {
    return JSON.parse(stored);
  } catch {
    return stored;
  }
}

/** `Pulumi.yaml` gives missing keys an empty object. */
function isEmpty(given: unknown): boolean {
  return given === undefined || JSON.stringify(given) === "{}";
}
