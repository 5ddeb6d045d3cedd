import { describe, expect, test } from "vitest";
import { config, onEngine, reasonOf, world } from "../support/engine";
import { disturb } from "../support/faults";
import { violations } from "../support/identities";
import { NOTHING } from "../support/proposals";

const pipelines = {
  web: { branches: ["main"], tags: ["v*"], environment: "release" },
};
const settings = { config: config({ "countersign:pipelines": pipelines }) };

/** The writes of a first `up`: environment, two policies, three secrets, identity, one credential,
 *  three roles, two files. */
const WRITES = 13;

test("a first `up` in which one write is refused, each in turn: a second one converges", async () => {
  await onEngine(settings, async ({ run, clouds }) => {
    const before = clouds.inventory();
    for (let failing = 0; failing < WRITES; failing += 1) {
      const at = (what: string) => `write ${failing}, ${what}`;
      disturb(clouds, "refused", (_, index) => index === failing);
      expect(await reasonOf(run("up", at("up")))).toContain("503: injected fault");
      clouds.traffic.fault = undefined;
      await run("up", at("second up"));
      expect(clouds.traffic.writes.splice(0), at("writes")).toHaveLength(WRITES);
      expect(await run("up", at("third up"))).toMatchObject(NOTHING);
      expect(violations(clouds, settings.config, world()), at("proof")).toEqual([]);
      await run("destroy", at("destroy"));
      expect(clouds.inventory(), at("left")).toEqual(before);
      clouds.traffic.writes.splice(0);
    }
  });
});

describe("a first `up` in which one answer is lost", () => {
  /** What was written cannot be told from somebody else's, and is named; nothing is doubled. */
  const named = [
    ["UserAssignedIdentity", "managed identity countersign-test-web in rg-images"],
    ["ActionsSecret", "secret AZURE_"],
    ["RepositoryEnvironment", "environment release of Contoso/web"],
    ["RoleAssignment", "cannot create already existing resource"],
    ["FederatedIdentityCredential", "cannot create already existing resource"],
    ["RepositoryEnvironmentDeploymentPolicy", "it is not of this stack: delete it on GitHub"],
    ["RepositoryFile", "file .github/certs/timestamp-root.pem on branch main of Contoso/web"],
  ] as const;
  test.each(named)(
    "%s: the second `up` names what was left and changes nothing of it",
    async (type, words) => {
      await onEngine(settings, async ({ run, clouds }) => {
        disturb(clouds, "lost", ({ token }) => token.endsWith(`:${type}`));
        expect(await reasonOf(run("up", "up"))).toContain("the answer was lost");
        clouds.traffic.fault = undefined;
        const left = clouds.inventory();
        expect(await reasonOf(run("up", "second up"))).toContain(words);
        expect(clouds.inventory()).toEqual(expect.arrayContaining(left));
      });
    },
  );
});
