import { expect, test } from "vitest";
import { rightCheck, type ScopeFacts } from "../../commands/doctor/rights";

const RIGHT = {
  name: "may assign roles: registry",
  about: "registry",
  scope: "/subscriptions/s/resourceGroups/g",
  actions: ["Microsoft.Authorization/roleAssignments/write"],
  role: "Role Based Access Control Administrator",
} as const;

const found = <T>(value: T) => ({ status: "found", value }) as const;
const forbidden = { status: "forbidden", said: "AuthorizationFailed: no" } as const;

const facts = (actions: readonly string[], changes: Partial<ScopeFacts> = {}): ScopeFacts => ({
  permissions: found([{ actions, notActions: [] }]),
  assignments: found([{ properties: { condition: null } }]),
  denials: found([]),
  eligible: found([]),
  ...changes,
});

const allowed = facts(["*"]);
const command =
  'az role assignment create --role "Role Based Access Control Administrator" --assignee me --scope /subscriptions/s/resourceGroups/g';
const lacking = "not allowed: Microsoft.Authorization/roleAssignments/write";

test.each<[string, ScopeFacts, object]>([
  ["everything", allowed, { status: "ok", found: "allowed" }],
  ["a pattern", facts(["microsoft.authorization/*/write"]), { status: "ok" }],
  ["another pattern", facts(["Microsoft.Authorization/*/read"]), { status: "missing" }],
  ["nothing", facts([]), { status: "missing", found: lacking, command }],
  [
    "an action that is taken away again",
    facts([], {
      permissions: found([{ actions: ["*"], notActions: ["Microsoft.Authorization/*"] }]),
    }),
    { status: "missing", found: lacking },
  ],
  [
    "two roles, of which one allows it",
    facts([], {
      permissions: found([
        { actions: ["*"], notActions: ["*/write"] },
        { actions: ["Microsoft.Authorization/roleAssignments/*"], notActions: [] },
      ]),
    }),
    { status: "ok" },
  ],
  [
    "a role that is eligible and not active",
    facts([], { eligible: found([{}]) }),
    { status: "missing", fix: expect.stringMatching(/^Activate your eligible role/), command },
  ],
  [
    "a condition",
    facts(["*"], { assignments: found([{ properties: { condition: "x" } }]) }),
    { status: "unknown", found: "allowed, but one of your role assignments has a condition" },
  ],
  [
    "a deny assignment",
    facts(["*"], { denials: found([{}]) }),
    { status: "unknown", found: "allowed, but a deny assignment concerns you" },
  ],
  [
    "no answer",
    { ...allowed, permissions: forbidden },
    { status: "unknown", found: forbidden.said },
  ],
  ["no answer about denials", { ...allowed, denials: forbidden }, { status: "unknown" }],
  ["no answer about conditions", { ...allowed, assignments: forbidden }, { status: "unknown" }],
])("%s", (_, known, expected) => {
  expect(rightCheck(RIGHT, known, "me")).toMatchObject({ name: RIGHT.name, ...expected });
});
