import { describe, expect, test } from "vitest";
import { type Properties, UNKNOWN } from "../../../rehearsal/clouds/wire";
import { github, refusal } from "../support";

const WANTED = { name: "shop", visibility: "private", autoInit: true };

/** A new repository, and an update of it as the engine does it. */
async function made(inputs: Properties = WANTED, changes: Parameters<typeof github>[0] = {}) {
  const cloud = github(changes);
  const { repository, state } = cloud;
  const checked = repository.completed(inputs);
  const { id, outputs } = await repository.create(checked);
  state.requests.sent.length = 0;
  const update = (news: Properties, before: Properties = outputs) =>
    repository.update(id, repository.completed(news, checked), before);
  const requests = () => state.requests.sent.map(({ method, path }) => `${method} ${path}`);
  return { cloud, repository, state, id, checked, outputs, update, requests };
}

const refused = (code: string, text: string) => ({
  code,
  message: `1 error occurred:\n\t* ${text}\n\n`,
});

describe("each change is made in place", () => {
  test.each([
    ["name", "store"],
    ["visibility", "public"],
    ["description", "Sells"],
    ["autoInit", undefined],
    ["archived", true],
    ["topics", ["a"]],
  ])("of %s", async (property, value) => {
    const { repository, checked } = await made();
    const news = { ...checked, [property]: value };
    expect(repository.diff(checked, news)).toEqual({ changed: [property], replaces: [] });
  });
});

test("settings change with one PATCH, and the visibility with another one", async () => {
  const { update, requests, state } = await made();
  const changes = { description: "Sells", hasIssues: true, deleteBranchOnMerge: true };
  const first = await update({ ...WANTED, ...changes });
  expect(first).toMatchObject({ ...changes, visibility: "private", fullName: "Contoso/shop" });
  expect(requests()).toEqual(["PATCH repos/Contoso/shop"]);
  const second = await update({ ...WANTED, visibility: "public" }, first);
  expect(second).toMatchObject({ private: false, visibility: "public", hasIssues: false });
  expect(state.requests.sent.slice(1).map(({ body }) => body)).toMatchObject([
    { has_issues: false, description: "" },
    { visibility: "public" },
  ]);
  expect(state.repository("shop").settings.private).toBe(false);
  expect(await update({ name: "shop" }, second)).toMatchObject({ visibility: "public" });
});

test("topics and alerts have requests of their own", async () => {
  const { update, requests } = await made({ ...WANTED, topics: ["b", "a"] });
  const outputs = await update({ ...WANTED, topics: ["a", "b"], vulnerabilityAlerts: true });
  expect(outputs).toMatchObject({ topics: ["a", "b"], vulnerabilityAlerts: true });
  const last = await update({ ...WANTED, topics: [], vulnerabilityAlerts: false }, outputs);
  expect(last).toMatchObject({ topics: [], vulnerabilityAlerts: false });
  const at = "repos/Contoso/shop";
  expect(requests()).toEqual([
    ...[`PATCH ${at}`, `PUT ${at}/vulnerability-alerts`],
    ...[`PATCH ${at}`, `PUT ${at}/topics`, `DELETE ${at}/vulnerability-alerts`],
  ]);
});

test("the sign-off of commits is sent if it changes", async () => {
  const wanted = { ...WANTED, webCommitSignoffRequired: true };
  const { update, state } = await made(wanted);
  await update({ ...wanted, webCommitSignoffRequired: false }, await update(wanted));
  const bodies = state.requests.sent.map(({ body }) => body as Properties);
  const sent = bodies.map(({ web_commit_signoff_required: it }) => it);
  expect(sent).toEqual([undefined, false]);
});

describe("a new name", () => {
  test("keeps the repository, and its former name leads to it", async () => {
    const { repository, checked, outputs, update, id, state, requests } = await made();
    const news = { ...WANTED, name: "store" };
    expect(await repository.previewUpdate(id, { ...checked, ...news }, outputs)).toMatchObject({
      fullName: UNKNOWN,
      repoId: outputs.repoId,
      htmlUrl: "https://github.com/Contoso/shop",
    });
    const renamed = await update(news);
    expect(renamed).toMatchObject({ id: "store", name: "store", fullName: "Contoso/store" });
    expect([renamed.repoId, state.find("shop")?.settings.name]).toEqual([outputs.repoId, "store"]);
    // The engine still has the first id.
    await repository.delete(id, renamed);
    expect(requests()).toEqual(["PATCH repos/Contoso/shop", "DELETE repos/Contoso/store"]);
    await repository.create(repository.completed({ name: "store" }));
    expect([state.find("shop"), state.find("store")?.isNew]).toEqual([undefined, true]);
  });

  test("gives the subjects of an older repository ids", async () => {
    const cloud = github({ repositories: [{ name: "web", id: 7, immutableSubjects: false }] });
    const { repository, state } = cloud;
    const seen = repository.read("web", {});
    await repository.update("web", { ...seen?.inputs, name: "site" }, seen?.outputs);
    expect(state.subjectPrefix(state.repository("web"))).toBe("repo:Contoso@5/site@7");
  });

  test("that another repository has is refused, and a former name is free", async () => {
    const cloud = await made();
    const path = "https://api.github.com/repos/Contoso/shop";
    const why =
      "[{Resource:Repository Field:name Code:custom Message:name already exists on this account}]";
    expect(await refusal(() => cloud.update({ ...WANTED, name: "WEB" }))).toEqual(
      refused("422", `PATCH ${path}: 422 Validation Failed ${why}`),
    );
    cloud.state.rename("web", "site");
    expect(await cloud.update({ ...WANTED, name: "web" })).toMatchObject({ id: "web" });
    expect(cloud.state.repository("web").settings.id).toBe(cloud.outputs.repoId);
  });
});

describe("a deletion", () => {
  test("deletes the repository, which then is gone", async () => {
    const { repository, state, id, checked, outputs, update } = await made();
    await repository.delete(id, outputs);
    expect(state.inventory()).toEqual([]);
    expect(repository.read(id, checked, outputs)).toBeUndefined();
    const path = "https://api.github.com/repos/Contoso/shop";
    expect(await refusal(() => repository.delete(id, outputs))).toEqual(
      refused("404", `DELETE ${path}: 404 Not Found []`),
    );
    expect(await refusal(() => update(WANTED))).toEqual(
      refused("404", `PATCH ${path}: 404 Not Found []`),
    );
  });

  test("archives it if a program says so, once", async () => {
    const { repository, state, id, outputs } = await made({ ...WANTED, archiveOnDestroy: true });
    await repository.delete(id, outputs);
    expect(state.inventory()).toEqual(["archived repository shop", "file shop/README.md on main"]);
    const [{ method, body } = { method: undefined }, ...rest] = state.requests.sent;
    expect([method, rest]).toEqual(["PATCH", []]);
    expect(body).toMatchObject({ archived: true, visibility: "private", auto_init: true });
    const seen = repository.read(id, {}, outputs);
    await repository.delete(id, { ...seen?.outputs, archiveOnDestroy: true });
    expect(state.requests.sent.length).toBe(1);
  });
});

test("an archived repository changes only when it leaves the archive", async () => {
  const { update, requests, state } = await made();
  const archived = await update({ ...WANTED, archived: true });
  expect(archived).toMatchObject({ archived: true, defaultBranch: "main" });
  const same = await update({ ...WANTED, archived: true, description: "Sells" }, archived);
  expect(same).toMatchObject({ description: "Sells", repoId: archived.repoId });
  expect([requests().length, state.repository("shop").about.description]).toEqual([1, ""]);
  const late = { ...WANTED, archived: true, visibility: "public" };
  expect(await refusal(() => update(late, { ...archived, archived: false }))).toEqual(
    refused(
      "403",
      "PATCH https://api.github.com/repos/Contoso/shop: 403 Repository was archived so is read-only. []",
    ),
  );
  expect(await update(WANTED, archived)).toMatchObject({ archived: false, allowMergeCommit: true });
});
