import { expect, test } from "vitest";
import { withCommands } from "../support/commands";
import { world } from "../support/engine";
import type { CloudHandler } from "../support/http-clouds";

interface Issue {
  readonly number: number;
  title: string;
  body: string;
  state: string;
  readonly comments: string[];
  readonly user: { readonly login: string };
}

/** The issues of the repository that holds the stack. */
function issues(): { readonly all: Issue[]; readonly github: CloudHandler } {
  const all: Issue[] = [];
  const github: CloudHandler = ({ method, path, body, token }) => {
    const [, number, comments] =
      /^repos\/contoso\/platform\/issues(?:\/(\d+)(\/comments)?)?$/.exec(path) ?? [];
    if (!path.startsWith("repos/contoso/platform/")) return undefined;
    if (token !== "of-the-job") return { status: 403, body: { message: "not yours" } };
    if (method === "GET") {
      return { status: 200, body: all.filter(({ state }) => state === "open") };
    }
    const found = all.find((it) => it.number === Number(number));
    if (found && comments) found.comments.push(String(body.body));
    else if (found) Object.assign(found, body);
    else {
      const user = { login: "github-actions[bot]" };
      all.push({ number: 1, title: "", body: "", state: "open", comments: [], user, ...body });
    }
    return { status: 200, body: {} };
  };
  return { all, github };
}

const ACTIONS = {
  GITHUB_REPOSITORY: "contoso/platform",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_RUN_ID: "5",
  ISSUES_TOKEN: "of-the-job",
};

test("drift: an issue is opened, updated, and closed", async () => {
  const { all, github } = issues();
  const environment = { name: "release", reviewers: { users: ["ada"] } };
  const config = {
    "azure-native:location": "westeurope",
    "github:owner": "contoso",
    "countersign:registry": { resourceGroup: "rg-images", name: "contosoimages" },
    "countersign:signing": {
      resourceGroup: "rg-signing",
      account: "contoso-signing",
      profile: "container-images",
    },
    "countersign:pipelines": { web: { environment } },
  };
  const given = world({ owner: { plan: "enterprise" } });
  const users = [{ login: "ada", id: 31 }];
  await withCommands(
    { config, github, world: { ...given, github: { ...given.github, users } } },
    async ({ up, run, clouds }) => {
      await up();
      const drift = () => run(["drift", "--stack", "prod"], ACTIONS);
      expect(await drift()).toMatchObject({ code: 0, stdout: "0 differences\n" });
      expect(all).toEqual([]);

      const web = clouds.github.repository("web");
      const release = web.environments.get("release") as unknown as { reviewers: unknown[] };
      const secret = web.secrets.get("AZURE_CLIENT_ID") as { updatedAt: string };
      const { reviewers } = release;
      release.reviewers = [];
      secret.updatedAt = "2026-02-01T00:00:00Z";
      const second = await drift();
      expect(second.stderr).toBe("");
      expect(all.map(({ title, state }) => [title, state])).toEqual([
        ["Drift in the stack prod", "open"],
      ]);
      expect(all[0]?.body).toContain("lost its reviewers User 31");
      expect(all[0]?.body).toContain("was overwritten on 2026-02-01");

      release.reviewers = reviewers;
      await drift();
      expect(all[0]?.body).not.toContain("lost its reviewers");
      secret.updatedAt = "2026-01-01T00:00:01Z";
      await drift();
      expect(all).toMatchObject([
        { state: "closed", comments: [expect.stringContaining("equal")] },
      ]);
    },
  );
});
