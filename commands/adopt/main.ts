import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { declareStack } from "../../components/stack";
import { describeProblems, type Problem } from "../../configuration/problems";
import type { StackConfiguration } from "../../configuration/schema";
import { discover } from "../../discovery/discover";
import { planStack } from "../../planning/plan-stack";
import { findEngine } from "../../rehearsal/engine/find";
import { UnusableError } from "../../rehearsal/options";
import { nameOf } from "../../rehearsal/proof-of-state/deployment";
import { identityName } from "../../trust/resource-names";
import type { Command } from "../command";
import { openStack } from "../open-stack";
import { projectOf } from "../project";
import { configurationHere } from "../survey";
import { askFound } from "./ask";
import { chooseIdentities } from "./choose";
import { asImported, type FoundPipeline, repositories } from "./found";
import { importFile } from "./import-file";
import { type Declared, type Existing, inOrder, type Match, match } from "./match";
import { type PipelineReport, pipelineReport } from "./report";
import { showAdoption } from "./show";

const usage = `npm run adopt -- --stack NAME [--out FILE]

Finds what was set up by hand, for example with Microsoft's tutorial: the
identity, its credentials and roles, secrets, and workflows. Writes the file
that \`pulumi import --file\` takes, and lists what the first \`pulumi up\` then
corrects. It changes nothing in your clouds. Each pipeline needs \`adopt: true\`.

  --stack  The stack. It must exist.
  --out    The file. Default: adopt.json.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { stack: { type: "string" }, out: { type: "string", default: "adopt.json" } },
  });
  if (!values.stack) throw new UnusableError("--stack is missing. Name the stack.");
  const project = projectOf();
  const engine = await findEngine((line) => process.stderr.write(`${line}\n`));
  const stack = await openStack(project, values.stack, engine);
  if (!stack) {
    const create = `pulumi stack init ${values.stack}`;
    throw new UnusableError(`--stack ${values.stack}: there is no such stack. Run \`${create}\`.`);
  }
  const declared: Declared[] = [];
  let adoption: Adoption | undefined;
  const errors = await stack.preview(
    async () => {
      adoption = await plan();
    },
    (event) => declared.push(...declaredBy(event)),
  );
  if (adoption && adoption.problems.length > 0) {
    throw new UnusableError(describeProblems("The stack cannot be adopted", adoption.problems));
  }
  // Not all resources are known after an error.
  if (!adoption || errors.length > 0) throw new Error(errors.join("\n"));
  const { deployment } = await stack.export();
  const held = ((deployment?.resources ?? []) as Array<{ readonly urn: string }>).map(
    ({ urn }) => urn,
  );
  const { matches, reports } = compare(adoption, declared);
  const file = importFile(declared, matches, held, VERSIONS);
  if (matches.length > 0) {
    writeFileSync(join(project.folder, values.out), `${JSON.stringify(file, undefined, 2)}\n`);
  }
  const text = showAdoption(reports, { file: values.out, stack: values.stack });
  process.stdout.write(`${text}\n`);
  return 0;
}

/** The providers that the program is compiled with. */
const VERSIONS = {
  "azure-native": require("@pulumi/azure-native/package.json").version,
  github: require("@pulumi/github/package.json").version,
};

interface Adoption {
  readonly problems: readonly Problem[];
  /** By pipeline. */
  readonly existing: Readonly<Record<string, Existing>>;
}

/** Decides, inside of the preview, as if everything were imported, and declares the result. */
async function plan(): Promise<Adoption> {
  const { configuration, values, problems } = configurationHere();
  if (!configuration) return { problems, existing: {} };
  const { snapshot, providers } = await discover(configuration);
  const found = await askFound(configuration, snapshot, values["azure-native:environment"]);
  const { chosen, problems: choices } = chooseIdentities(configuration, found);
  const resources = Object.fromEntries(
    Object.keys(chosen).map((name) => [name, identityName(name, "identity")]),
  );
  const planned = planStack(configuration, asImported(snapshot, chosen, resources));
  const all = [...choices, ...others(configuration, snapshot.azure.client), ...planned.problems];
  if (!planned.plan || all.length > 0) return { problems: all, existing: {} };
  declareStack(planned.plan, providers);
  const known = repositories(snapshot.github.repositories);
  const existing = Object.entries(known).map(([name, repository]) => {
    const { identities, workflows } = found[name] as FoundPipeline;
    return [name, { identity: chosen[name] ?? identities[0], repository, workflows }] as const;
  });
  return { problems: [], existing: Object.fromEntries(existing) };
}

/** `pulumi import` of this version cannot use a provider that the program declares itself. */
function others(
  { registry, signing, identity }: StackConfiguration,
  { subscriptionId }: { readonly subscriptionId: string },
): Problem[] {
  const keys = { registry, signing, identity };
  return Object.entries(keys).flatMap(([key, { subscription }]) =>
    subscription === undefined || subscription.toLowerCase() === subscriptionId.toLowerCase()
      ? []
      : [
          {
            path: `countersign:${key}.subscription`,
            given: subscription,
            expected: `${subscriptionId}, the subscription of the Azure provider`,
            fix: "`pulumi import` cannot take over role assignments of several subscriptions. Delete the assignments that `pulumi up` names.",
          },
        ],
  );
}

function declaredBy({ resourcePreEvent }: EngineEvent): Declared[] {
  const it = resourcePreEvent?.metadata;
  if (!it?.new || it.type.startsWith("pulumi:providers:")) return [];
  const { urn, type } = it;
  const { parent = "", custom = false, inputs } = it.new;
  return [{ urn, type, name: nameOf(urn), parent, custom, inputs }];
}

/** Which of the declared resources exist, and what that means for each pipeline. */
function compare(
  { existing }: Adoption,
  declared: readonly Declared[],
): { readonly matches: Match[]; readonly reports: PipelineReport[] } {
  const root = (it: Declared): Declared => {
    const parent = declared.find(({ urn }) => urn === it.parent);
    return parent && parent.type !== "pulumi:pulumi:Stack" ? root(parent) : it;
  };
  const each = Object.entries(existing).map(([pipeline, of]) => {
    const own = inOrder(declared.filter((it) => root(it).name === pipeline));
    const matches = own.flatMap((it) => match(it, of) ?? []);
    return { matches, report: pipelineReport(pipeline, own, matches, of) };
  });
  return {
    matches: each.flatMap(({ matches }) => matches),
    reports: each.map(({ report }) => report),
  };
}

export const command: Command = { usage, run };
