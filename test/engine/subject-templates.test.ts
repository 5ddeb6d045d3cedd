import { expect, test } from "vitest";
import { config, onEngine, world } from "../support/engine";
import { NOTHING } from "../support/proposals";
import { faults, trusted, writes } from "../support/seen";

const settings = {
  config: config({ "countersign:pipelines": { web: { branches: ["main", "next"] }, api: {} } }),
  world: world({
    owner: { subjectTemplate: ["repository_owner", "repository_id", "context"] },
    repositories: [
      { name: "web", id: 7 },
      // The organization's, which a repository has to ask for.
      { name: "api", id: 8, subjectTemplate: [] },
    ],
  }),
};

test("a template that changes on GitHub: new credentials are made before the old ones go", async () => {
  const api = "repository_owner:Contoso:repository_id:8:ref:refs/heads/main";
  await onEngine(settings, async ({ run, clouds }) => {
    await run("up", "up");
    const refs = ["main", "next"].map((it) => `ref:refs/heads/${it}`);
    expect(trusted(clouds)).toEqual([...refs.map((it) => `repo:Contoso@5/web@7:${it}`), api]);
    expect(faults(clouds, settings.config, settings.world)).toEqual([]);
    writes(clouds);
    clouds.github.repository("web").subjectTemplate = ["repository_id", "context"];
    await run("up", "after the change");
    expect(trusted(clouds)).toEqual([...refs.map((it) => `repository_id:7:${it}`), api]);
    expect(faults(clouds, settings.config, settings.world)).toEqual([]);
    expect(writes(clouds)).toEqual([
      "create web-identity-branch-main-a1c209",
      "create web-identity-branch-next-a1c209",
      "delete web-identity-branch-next-immutable",
      "delete web-identity-branch-main-immutable",
    ]);
    expect(await run("up", "again")).toMatchObject(NOTHING);
  });
});
