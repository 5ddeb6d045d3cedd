import { describe, expect, test } from "vitest";
import { onEngine, world } from "../support/engine";
import { clientIdOf, held, stackOf, violations } from "../support/identities";

const settings = {
  config: stackOf({
    web: {
      branches: ["main"],
      tags: ["v*", "nightly"],
      identity: { application: { owners: ["0e8e2d5c-0000-4000-8000-000000000001"] } },
    },
  }),
};

const URN =
  "urn:pulumi:test::countersign::countersign:index:SigningPipeline$countersign:index:PipelineIdentity$azuread:index/";
const owned = (type: string, name: string) =>
  `${URN}a${type.slice(1)}:${type}::web-application-${name}`;

/** What is made anew by force. */
const replaced = [
  owned("ApplicationRegistration", "application"),
  owned("ApplicationOwner", "owner-0e8e2d5c-0000-4000-8000-000000000001"),
  `${URN}servicePrincipal:ServicePrincipal::web-application-principal`,
  owned("ApplicationFederatedIdentityCredential", "branch-main-immutable"),
  owned("ApplicationFlexibleFederatedIdentityCredential", "tag-v--af7e9fa4-immutable"),
];

describe("replacing a part of an application under the same name", () => {
  test.each(replaced)("%s is there afterwards, and the proof holds", async (urn) => {
    await onEngine(settings, async ({ run, clouds }) => {
      const before = clouds.inventory();
      await run("up", "up");
      const made = held(clouds);
      await run("preview", "preview", { replace: [urn] });
      expect((await run("up", "replace", { replace: [urn] })).replaced).toBeGreaterThan(0);
      expect(held(clouds)).toEqual(made);
      const [application] = clouds.azure.applications.values();
      expect(clientIdOf(clouds, "web")).toBe(application?.clientId);
      expect(violations(clouds, settings.config, world())).toEqual([]);
      expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, replaced: 0 });
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("another name to display changes in place", async () => {
    await onEngine(settings, async ({ run, configure, clouds }) => {
      await run("up", "up");
      const made = held(clouds);
      await configure(
        stackOf({
          web: {
            branches: ["main"],
            tags: ["v*", "nightly"],
            identity: { application: { displayName: "Web signer" } },
          },
        }),
      );
      await run("preview", "preview");
      expect(await run("up", "renamed")).toMatchObject({ created: 0, updated: 1, deleted: 1 });
      expect(held(clouds)).toEqual(
        made
          .filter((it) => !it.includes("owner"))
          .map((it) => it.replace("countersign-test-web", "Web signer"))
          .sort(),
      );
    });
  });
});
