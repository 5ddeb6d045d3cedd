import { expect, test } from "vitest";
import { github } from "../support";

const WANTED = { name: "shop", visibility: "private", autoInit: true, topics: ["b", "a"] };

async function made() {
  const { repository, state } = github();
  const checked = repository.completed(WANTED);
  const { id, outputs } = await repository.create(checked);
  const read = () => repository.read(id, checked, outputs);
  return { repository, state, checked, id, outputs, read, web: state.repository("shop") };
}

test("a refresh finds what people changed, and no default", async () => {
  const { repository, checked, outputs, read, web } = await made();
  expect(read()).toEqual({ inputs: checked, outputs });
  Object.assign(web.settings, { private: false });
  web.about = { ...web.about, description: "By hand", has_issues: true, allow_rebase_merge: false };
  const changes = {
    visibility: "public",
    description: "By hand",
    hasIssues: true,
    allowRebaseMerge: false,
  };
  expect(read()?.inputs).toEqual({ ...checked, ...changes });
  expect(read()?.outputs).toMatchObject({ ...changes, private: false });
  const { changed } = repository.diff(read()?.inputs ?? {}, checked);
  expect([...changed].sort()).toEqual(Object.keys(changes).sort());
  web.about = { ...web.about, topics: ["c"] };
  expect(read()?.inputs.topics).toEqual(["c"]);
});

test("a refresh leaves alone what a program leaves to the service", async () => {
  const { repository, state } = github();
  const checked = repository.completed({ name: "shop" });
  const { id, outputs } = await repository.create(checked);
  const web = state.repository("shop");
  Object.assign(web.settings, { private: true });
  web.about = { ...web.about, topics: ["c"], web_commit_signoff_required: true };
  const seen = repository.read(id, checked, outputs);
  expect(seen?.inputs).toEqual(checked);
  expect(seen?.outputs).toMatchObject({ visibility: "private", topics: ["c"] });
});

test("the merge settings of an archived repository are not read", async () => {
  const { checked, read, web } = await made();
  web.settings.archived = true;
  web.about = { ...web.about, allow_rebase_merge: false, has_wiki: true };
  expect(read()?.inputs).toEqual({ ...checked, archived: true, hasWiki: true });
  expect(read()?.outputs).toMatchObject({ archived: true, allowRebaseMerge: true });
});

test("a repository that was renamed on the web is found by its former name", async () => {
  const { state, read } = await made();
  state.rename("shop", "store");
  expect(read()?.inputs.name).toBe("shop");
  expect(read()?.outputs).toMatchObject({ name: "shop", fullName: "Contoso/store" });
});

test("an import by the name finds what differs from the defaults", async () => {
  const { repository, web, checked } = await made();
  const { autoInit: _, ...rest } = checked;
  expect(repository.read("shop", {})?.inputs).toEqual({ ...rest, topics: ["a", "b"] });
  web.about = { ...web.about, topics: [], delete_branch_on_merge: true };
  const { topics: __, ...others } = rest;
  const seen = repository.read("SHOP", {});
  expect(seen?.inputs).toEqual({ ...others, name: "SHOP", deleteBranchOnMerge: true });
  expect(seen?.outputs).toMatchObject({ name: "SHOP", fullName: "Contoso/shop", autoInit: false });
  expect(repository.read("nope", {})).toBeUndefined();
});
