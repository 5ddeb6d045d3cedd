import { describe, expect, test } from "vitest";
import { strayTrust } from "../../rehearsal/proof/stray";
import { type Building, built, MAIN, repository, rowOf, straysOf, web } from "./built";

describe("pipelines of one identity", () => {
  const API = "repo:Contoso@5/api@8:ref:refs/heads/main";
  const both = (share?: string): Building => ({
    pipelines: Object.fromEntries(
      ["web", "api"].map((name) => [name, share ? { identity: { share } } : {}]),
    ),
    trusted: [MAIN, API],
  });

  test("may push each other's images where they are meant to share", () => {
    const row = rowOf(both("team"), "push to branch main");
    expect([row.reaches, row.violations]).toEqual([
      [
        "Pipelines web and api share an identity, so each of them can push the images of the others (docs/identity.md#sharing)",
      ],
      [],
    ]);
    expect(straysOf(both("team"))).toEqual([]);
  });

  test("must not otherwise", () => {
    const row = rowOf(both(), "push to branch main");
    expect(row.reaches).toEqual([]);
    expect(row.violations.map((text) => text.split(":")[1])).toEqual([
      " pull api is allowed",
      " push api is allowed",
    ]);
  });
});

describe("stray credentials", () => {
  const stray = (name: string, what: string) =>
    `web: credential ${name} trusts ${what}, but no declared run has that subject`;

  test("are those that no declared run needs, in any form", () => {
    const wide =
      "claims['sub'] matches 'repo:Contoso@5/web@7:*' and claims['repository_id'] eq '9'";
    const names = "repo:Contoso/web:ref:refs/heads/main";
    const foreign = "repo:mallory@1/evil@2:ref:refs/heads/main";
    expect(straysOf(web({ trusted: [MAIN, names, foreign, wide] }))).toEqual([
      stray("c2", foreign),
      stray("c3", wide),
    ]);
  });

  test("of the default template are stray under another one", () => {
    const subjectTemplate = ["repository_id", "ref"];
    const trusted = ["repository_id:7:ref:refs/heads/main", MAIN];
    expect(straysOf(web({ github: repository({ subjectTemplate }), trusted }))).toEqual([
      stray("c1", MAIN),
    ]);
  });

  test("of an identity that somebody else made are not ours", () => {
    const clientId = "0c0de000-0000-4000-8000-000000000001";
    const theirs = { name: "theirs", subject: "repo:Contoso/other:ref:refs/heads/main" };
    const { clouds, intents } = built(
      web({ azure: { applications: [{ displayName: "x", clientId, credentials: [theirs] }] } }),
    );
    const stored = clouds.github.repository("web").variables.get("AZURE_CLIENT_ID")!;
    stored.value = clientId;
    expect(strayTrust(clouds, intents)).toEqual([]);
    const [own] = [...clouds.azure.credentials.values()].filter(({ name }) => name === "theirs");
    clouds.azure.credentials.set("more", { ...own!, name: "more" });
    expect(strayTrust(clouds, intents)).toEqual([stray("more", theirs.subject)]);
  });
});
