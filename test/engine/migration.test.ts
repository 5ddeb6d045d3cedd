import type { EngineEvent } from "@pulumi/pulumi/automation";
import { describe, expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { prove } from "../../rehearsal/proof/prove";
import { config, onEngine, reasonOf, world } from "../support/engine";
import { meant } from "../support/meant";

const NAMES = "repo:Contoso/web:ref:refs/heads/main";
const IMMUTABLE = "repo:Contoso@5/web@7:ref:refs/heads/main";
const legacy = world({ repositories: [{ name: "web", id: 7, immutableSubjects: false }] });
const trusting = (subjects: string) => config({ "countersign:pipelines": { web: { subjects } } });

const trusted = ({ azure }: Clouds) =>
  [...azure.credentials.values()].map(({ subject }) => subject).sort();

const violations = (clouds: Clouds) =>
  prove(clouds, meant(trusting("auto"), legacy)).flatMap((row) => row.violations);

/** What an owner does on GitHub. */
function optIn({ github }: Clouds): void {
  (github.repository("web").settings as { immutableSubjects: boolean }).immutableSubjects = true;
}

describe("legacy → both → immutable", () => {
  test("at every step a declared run logs in, and nothing is left over", async () => {
    await onEngine(
      { config: trusting("auto"), world: legacy },
      async ({ run, configure, clouds }) => {
        const before = clouds.inventory();
        await run("up", "up");
        expect([trusted(clouds), violations(clouds)]).toEqual([[NAMES], []]);

        const notes: string[] = [];
        const onEvent = ({ diagnosticEvent }: EngineEvent) => {
          if (diagnosticEvent?.severity === "info") notes.push(diagnosticEvent.message);
        };
        await configure(trusting("both"));
        expect(await run("up", "both", { onEvent })).toMatchObject({
          created: 1,
          deleted: 0,
          replaced: 0,
        });
        expect([trusted(clouds), violations(clouds)]).toEqual([[NAMES, IMMUTABLE], []]);
        expect(notes.join()).toContain("a run uses the names one today");

        optIn(clouds);
        expect(violations(clouds)).toEqual([]);
        expect(await run("up", "both again")).toMatchObject({
          created: 0,
          deleted: 0,
          replaced: 0,
        });

        await configure(trusting("immutable"));
        expect(await run("up", "immutable")).toMatchObject({ created: 0, deleted: 1, replaced: 0 });
        expect([trusted(clouds), violations(clouds)]).toEqual([[IMMUTABLE], []]);
        await run("destroy", "destroy");
        expect(clouds.inventory()).toEqual(before);
      },
    );
  });

  test("a switch without `both` makes the new credential before the old one goes", async () => {
    await onEngine({ config: trusting("auto"), world: legacy }, async ({ run, clouds }) => {
      await run("up", "up");
      optIn(clouds);
      await run("up", "after the switch");
      expect(clouds.traffic.writes.slice(-2)).toEqual([
        {
          operation: "create",
          token: "azure-native:managedidentity:FederatedIdentityCredential",
          name: "web-identity-branch-main-immutable",
        },
        {
          operation: "delete",
          token: "azure-native:managedidentity:FederatedIdentityCredential",
          name: "web-identity-branch-main-names",
        },
      ]);
      expect(violations(clouds)).toEqual([]);
    });
  });

  test.each([
    [
      "immutable",
      false,
      "names",
      "declare both, switch the repository on GitHub, run the workflow, then this",
    ],
    [
      "names",
      true,
      "immutable",
      "leave it out; whether a repository can go back to names is unverified",
    ],
  ] as const)(
    "%s alone is refused where GitHub issues the other form",
    async (subjects, immutableSubjects, today, remedy) => {
      const it = world({ repositories: [{ name: "web", id: 7, immutableSubjects }] });
      await onEngine({ config: trusting(subjects), world: it }, async ({ run, clouds }) => {
        expect(await reasonOf(run("preview", "preview"))).toContain(
          [
            "  countersign:pipelines.web.subjects",
            `    given    "${subjects}"`,
            `    allowed  auto, ${today} or both, as GitHub issues the ${today} form here`,
            `    remedy   ${remedy}`,
          ].join("\n"),
        );
        expect(clouds.traffic.writes).toEqual([]);
      });
    },
  );
});
