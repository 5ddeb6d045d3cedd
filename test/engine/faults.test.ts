import { describe, expect, test } from "vitest";
import { prove } from "../../rehearsal/proof/prove";
import { config, onEngine, reasonOf, world } from "../support/engine";
import { meant } from "../support/meant";

const pipelines = {
  web: { branches: ["main"], tags: ["v*"], environment: "release" },
};
const settings = { config: config({ "countersign:pipelines": pipelines }) };

/** The writes of a first `up`: environment, two policies, three secrets, identity, one credential,
 *  three roles, two files. */
const WRITES = 13;

describe("a first `up` in which one write fails", () => {
  test("has as many writes as there are tests for them", async () => {
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      expect(clouds.traffic.writes).toHaveLength(WRITES);
    });
  });

  test.each(Array.from({ length: WRITES }, (_, index) => index))(
    "write %i refused: a second `up` converges, and destroy leaves nothing",
    async (failing) => {
      await onEngine(settings, async ({ run, clouds }) => {
        const before = clouds.inventory();
        let count = 0;
        clouds.traffic.fault = () => (count++ === failing ? "refused" : undefined);
        expect(await reasonOf(run("up", "up"))).toContain("503: injected fault");
        clouds.traffic.fault = undefined;
        await run("preview", "preview");
        await run("up", "second up");
        expect(clouds.traffic.writes).toHaveLength(WRITES);
        expect(await run("up", "third up")).toMatchObject({ created: 0, updated: 0, replaced: 0 });
        const rows = prove(clouds, meant(settings.config, world()));
        expect(rows.flatMap(({ violations }) => violations)).toEqual([]);
        await run("destroy", "destroy");
        expect(clouds.inventory()).toEqual(before);
      });
    },
  );
});

describe("a first `up` in which one answer is lost", () => {
  /** What was written cannot be told from somebody else's, and is named; nothing is doubled. */
  const named = [
    ["UserAssignedIdentity", "managed identity countersign-test-web in rg-images"],
    ["ActionsSecret", "secret AZURE_"],
    ["RepositoryEnvironment", "environment release of Contoso/web"],
    ["RoleAssignment", "cannot create already existing resource"],
    ["FederatedIdentityCredential", "cannot create already existing resource"],
    ["RepositoryEnvironmentDeploymentPolicy", "deployment-branch-policies: 303"],
    ["RepositoryFile", "file .github/certs/timestamp-root.pem on branch main of Contoso/web"],
  ] as const;
  test.each(named)(
    "%s: the second `up` names what was left and changes nothing of it",
    async (type, words) => {
      await onEngine(settings, async ({ run, clouds }) => {
        let lost = 0;
        clouds.traffic.fault = ({ token }) =>
          token.endsWith(`:${type}`) && lost++ === 0 ? "lost" : undefined;
        expect(await reasonOf(run("up", "up"))).toContain("the answer was lost");
        clouds.traffic.fault = undefined;
        const left = clouds.inventory();
        expect(await reasonOf(run("up", "second up"))).toContain(words);
        expect(clouds.inventory()).toEqual(expect.arrayContaining(left));
      });
    },
  );
});
