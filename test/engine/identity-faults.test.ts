import { describe, expect, test } from "vitest";
import { onEngine, reasonOf, world } from "../support/engine";
import { disturb } from "../support/faults";
import { clientIdOf, held, ownApplication, stackOf, violations } from "../support/identities";
import { NOTHING } from "../support/proposals";

const owners = ["0e8e2d5c-0000-4000-8000-000000000001"];
const settings = {
  config: stackOf({
    web: { branches: ["main"], tags: ["v*"], identity: { application: { owners } } },
  }),
};
const NAME = "countersign-test-web";
const SUB = "repo:Contoso@5/web@7:ref:refs";
const MADE = [
  ...ownApplication(
    NAME,
    ["web"],
    [
      `${SUB}/heads/main (branch-main-immutable)`,
      `claims['sub'] matches '${SUB}/tags/v*' and claims['repository_id'] eq '7' (tag-v--af7e9fa4-immutable)`,
    ],
  ),
  `application ${NAME}, owner ${owners[0]}`,
].sort();

/** Application, owner, principal, two credentials, three roles, three secrets, two files. */
const WRITES = 13;

test("a first `up` of an application in which one write is refused, each in turn: a second one converges", async () => {
  await onEngine(settings, async ({ run, clouds }) => {
    const before = clouds.inventory();
    for (let failing = 0; failing < WRITES; failing += 1) {
      const at = (what: string) => `write ${failing}, ${what}`;
      disturb(clouds, "refused", (_, index) => index === failing);
      expect(await reasonOf(run("up", at("up")))).toContain("503: injected fault");
      clouds.traffic.fault = undefined;
      await run("up", at("second up"));
      expect(clouds.traffic.writes.splice(0), at("writes")).toHaveLength(WRITES);
      expect(held(clouds), at("held")).toEqual(MADE);
      expect(violations(clouds, settings.config, world()), at("proof")).toEqual([]);
      expect(await run("up", at("third up"))).toMatchObject(NOTHING);
      await run("destroy", at("destroy"));
      expect(clouds.inventory(), at("left")).toEqual(before);
      clouds.traffic.writes.splice(0);
    }
  });
});

describe("a first `up` of an application in which one answer is lost", () => {
  const APPLICATION = [
    '    given    "application countersign-test-web"',
    "    allowed  something that does not exist yet",
    "    remedy   give another `displayName`, or use it by `existingApplication`; if an interrupted run left it, delete it",
  ].join("\n");

  test("the application is named at preview", async () => {
    await onEngine(settings, async ({ run, clouds }) => {
      disturb(clouds, "lost", ({ token }) => token.endsWith(":ApplicationRegistration"));
      expect(await reasonOf(run("up", "up"))).toContain("the answer was lost");
      const left = held(clouds);
      expect(left).toEqual([`application ${NAME}`]);
      expect(await reasonOf(run("preview", "preview"))).toContain(APPLICATION);
      expect(await reasonOf(run("up", "second up"))).toContain(APPLICATION);
      expect(held(clouds)).toEqual(left);
    });
  });

  /** What Entra says to the second attempt. */
  const named = [
    ["ServicePrincipal", "because the service principal name CLIENT is already in use."],
    [
      "ApplicationFederatedIdentityCredential",
      "FederatedIdentityCredential with name branch-main-immutable already exists.",
    ],
    [
      "ApplicationFlexibleFederatedIdentityCredential",
      "FederatedIdentityCredential with name tag-v--af7e9fa4-immutable already exists.",
    ],
    ["ApplicationOwner", `/owners/${owners[0]}" already exists`],
    ["RoleAssignment", "cannot create already existing resource"],
  ] as const;
  test.each(named)("%s: the second `up` names it, and nothing is doubled", async (type, words) => {
    await onEngine(settings, async ({ run, clouds }) => {
      disturb(clouds, "lost", ({ token }) => token.endsWith(`:${type}`));
      expect(await reasonOf(run("up", "up"))).toContain("the answer was lost");
      clouds.traffic.fault = undefined;
      const left = held(clouds);
      const [application] = clouds.azure.applications.values();
      const said = words.replace("CLIENT", application?.clientId ?? "");
      expect(await reasonOf(run("up", "second up"))).toContain(said);
      expect(held(clouds)).toEqual(expect.arrayContaining(left));
      expect(new Set(held(clouds)).size).toBe(held(clouds).length);
      // No secret names an application that is not whole.
      expect(clientIdOf(clouds, "web")).toBeUndefined();
    });
  });
});
