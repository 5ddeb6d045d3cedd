import { beforeAll, expect, test } from "vitest";
import { proveState, type StateProof } from "../../rehearsal/proof-of-state/prove-state";
import { parseWorld } from "../../rehearsal/world/world";
import { config, onEngine, world } from "../support/engine";
import { configurationOf } from "../support/planning";
import { tamperingWithAzure } from "./tampering-azure";
import { tamperingWithGitHub } from "./tampering-github";

/** Outputs that the tests change. Each type has some of them. */
interface Outputs {
  subject: string;
  issuer: string;
  scope: string;
  condition?: string;
  content: string;
  value: { plaintext: string };
}
interface Resource {
  urn: string;
  id: string;
  outputs: Outputs;
}
interface Export {
  deployment: { resources: Resource[] };
}

const given = config({ "countersign:pipelines": { web: {}, api: {} } });
const there = world({
  repositories: [
    { name: "web", id: 7 },
    { name: "api", id: 8 },
  ],
});

let exported: Export;
beforeAll(async () => {
  await onEngine({ config: given, world: there }, async ({ run, stack }) => {
    await run("up", "up");
    exported = (await stack.exportStack()) as unknown as Export;
  });
});

function provenAfter(tamper: (resources: Resource[]) => void, of = given): StateProof {
  const state = structuredClone(exported);
  tamper(state.deployment.resources);
  return proveState(configurationOf(of), parseWorld(there), state);
}

/** The resource of this name. */
const named = (all: readonly Resource[], name: string) =>
  all.find(({ urn }) => urn.endsWith(`::${name}`)) as Resource;
const CREDENTIAL = "web-identity-branch-main-immutable";
const WRITER = "web-registry-contosoimages-writer";
const SUBSCRIPTION = "/subscriptions/5ab50000-0000-4000-8000-00000000c0de";

/** Adds another resource like this one. */
function more(all: Resource[], name: string, outputs: object): void {
  const one = named(all, name);
  all.push({ ...one, id: `${one.id}-extra`, outputs: { ...one.outputs, ...outputs } });
}

function store(all: Resource[], name: string, value: string): void {
  named(all, name).outputs.value.plaintext = JSON.stringify(value);
}

function rewrite(all: Resource[], from: string | RegExp, to: string): void {
  const { outputs } = named(all, "web-files-workflow");
  outputs.content = outputs.content.replace(from, to);
}

/** Faults of a state. Each has the reasons that the same fault has in the clouds of a rehearsal. */
const FAULTS: ReadonlyArray<readonly [string, (all: Resource[]) => void]> = [
  [
    "a credential's subject in another case",
    (all) => {
      const { outputs } = named(all, CREDENTIAL);
      outputs.subject = outputs.subject.replace("web", "Web");
    },
  ],
  [
    "a credential with a slash after the issuer",
    (all) => {
      named(all, CREDENTIAL).outputs.issuer += "/";
    },
  ],
  [
    "a credential for a pull request besides",
    (all) => more(all, CREDENTIAL, { name: "extra", subject: "repo:Contoso@5/web@7:pull_request" }),
  ],
  [
    "a credential for somebody else's repository",
    (all) =>
      more(all, CREDENTIAL, {
        name: "extra",
        subject: "repo:mallory@1/evil@2:ref:refs/heads/main",
      }),
  ],
  [
    "an owner's role besides",
    (all) =>
      more(all, WRITER, {
        scope: SUBSCRIPTION,
        roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635`,
      }),
  ],
  [
    "the registry's role on its whole group",
    (all) => {
      named(all, WRITER).outputs.scope = `${SUBSCRIPTION}/resourceGroups/rg-images`;
    },
  ],
  [
    "the writer's condition removed",
    (all) => {
      delete named(all, WRITER).outputs.condition;
    },
  ],
  [
    "a condition that leaves one data action unguarded",
    (all) => {
      const { outputs } = named(all, WRITER);
      outputs.condition = outputs.condition?.replaceAll("/write'", "/wrote'");
    },
  ],
  ["another tenant in the secret", (all) => store(all, "web-ids-azure-tenant-id", "another")],
  [
    "another subscription in the secret",
    (all) => store(all, "web-ids-azure-subscription-id", "another"),
  ],
  ["the secret of another client", (all) => store(all, "web-ids-azure-client-id", "another")],
  ["a workflow that starts on another branch", (all) => rewrite(all, /- .?main.?/, "- trunk")],
  [
    "a workflow that may not ask for tokens",
    (all) => rewrite(all, "id-token: write", "id-token: none"),
  ],
];

const unmeant = (name: string, id: number) =>
  `countersign-test-${name}: credential branch-main-immutable trusts repo:Contoso@5/${name}@${id}:ref:refs/heads/main, but no pipeline logs in as countersign-test-${name}`;

const REASONS = new Map(
  [...tamperingWithAzure, ...tamperingWithGitHub].map(([name, , reasons]) => [name, reasons]),
);

test("an untouched state is proven", () => {
  expect(provenAfter(() => {})).toMatchObject({ holds: true, reasons: [] });
});

test.each(FAULTS)(
  "%s makes the proof fail, for the reason that a rehearsal gives",
  (name, tamper) => {
    const { holds, reasons } = provenAfter(tamper);
    // A fault can also change what verifiers accept. The next test is about that.
    const others = /no pipeline logs in as|passes for one of|verifiers would not accept/;
    const own = reasons.filter((it) => !others.test(it));
    expect([holds, own]).toEqual([false, REASONS.get(name)]);
  },
);

test("a state says whom verifiers accept", () => {
  expect(provenAfter(() => {}).accepts.map(({ pipeline, makers }) => [pipeline, makers])).toEqual([
    ["web", ["web"]],
    ["api", ["api"]],
  ]);
  const { reasons } = provenAfter((all) => {
    delete named(all, WRITER).outputs.condition;
  });
  expect(reasons).toContain("web can make an image that passes for one of api");
});

test("an identity that no pipeline uses any more must not trust anybody", () => {
  const { reasons } = provenAfter(() => {}, config({ "countersign:pipelines": { web: {} } }));
  expect(reasons).toEqual([unmeant("api", 8)]);
});
