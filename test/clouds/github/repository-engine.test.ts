import * as github from "@pulumi/github";
import { expect, test } from "vitest";
import { onEngine } from "../../support/engine";

let named = "shop";
let adopted: string | undefined;

/** The real SDK's type, with a file that follows its repository. */
async function program() {
  const repository = new github.Repository(
    "shop",
    { name: named, visibility: "private", autoInit: true, deleteBranchOnMerge: true },
    { import: adopted },
  );
  const file = new github.RepositoryFile("file", {
    repository: repository.name,
    file: "a.md",
    content: "one\n",
    overwriteOnCreate: true,
  });
  const { fullName, repoId, id } = repository;
  return { fullName, repoId, id, file: file.repositoryId };
}

test("the real engine makes, renames, adopts, and deletes a repository", async () => {
  await onEngine({ program }, async ({ run, outputs, clouds }) => {
    const before = clouds.inventory();
    await run("preview", "preview");
    await run("up", "up");
    const made = await outputs();
    expect(made.fullName?.value).toBe("Contoso/shop");
    expect(made.file?.value).toBe(made.repoId?.value);
    await run("refresh", "refresh");
    expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, replaced: 0 });

    named = "store";
    await run("preview", "preview of the rename");
    expect(await run("up", "rename")).toMatchObject({ created: 0, updated: 2, replaced: 0 });
    const renamed = await outputs();
    expect(renamed.fullName?.value).toBe("Contoso/store");
    expect(renamed.repoId?.value).toBe(made.repoId?.value);
    expect(await run("up", "after")).toMatchObject({ created: 0, updated: 0, replaced: 0 });

    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual(before);
  });
});

test("an import by the name keeps the repository, and only notes autoInit", async () => {
  await onEngine({ program }, async ({ run, outputs, clouds }) => {
    named = "web";
    adopted = "web";
    const { about, settings } = clouds.github.repository("web");
    const off = { has_issues: false, has_projects: false, has_wiki: false };
    const imported = { ...about, ...off, has_downloads: false, delete_branch_on_merge: true };
    clouds.github.repository("web").about = imported;
    expect(await run("up", "import")).toMatchObject({ replaced: 0 });
    expect((await outputs()).repoId?.value).toBe(settings.id);
    expect(clouds.github.repository("web").about).toEqual(imported);
    const methods = clouds.github.requests.sent.map(({ method }) => method);
    expect(methods).toEqual(["PATCH", "PUT"]);
  });
});
