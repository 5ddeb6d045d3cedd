import { expect, test } from "vitest";
import { prove } from "../../rehearsal/proof/prove";
import { strayTrust } from "../../rehearsal/proof/stray";
import { found, plannedWeb, repository, WORKFLOW } from "../support/planning";
import { acceptedTemplates } from "../support/templates";
import { built } from "./built";

/** What the program trusts under a template, judged by tokens that are minted without it. */
test.each(acceptedTemplates("web", 7))(
  "under %j, with %j: every declared run logs in, and no other",
  (keys, of, subjects) => {
    const pipeline = { ...of, ids: "variables" };
    const custom = { use_default: false, include_claim_keys: keys };
    const answer = found({ ...custom, sub_claim_prefix: "repo:Contoso@5/web@7" });
    const its = { private: true, visibility: "private", subjects: answer };
    const plan = plannedWeb(pipeline, { repositories: { web: repository(its) } });
    expect(plan.outputs.subjects).toEqual(subjects);
    const environments = plan.environments.map(({ environment: { name }, branches, tags }) => ({
      name,
      policies: [
        ...branches.map((branch) => ({ name: branch })),
        ...tags.map((tag) => ({ name: tag, type: "tag" as const })),
      ],
    }));
    const { clouds, intents } = built({
      pipelines: { web: pipeline },
      github: {
        repositories: [{ name: "web", id: 7, subjectTemplate: [...keys], environments }],
      },
      workflow: plan.files.committed?.files.find(({ path }) => path === WORKFLOW)?.content,
      trusted: subjects,
    });
    const rows = prove(clouds, intents);
    expect(rows.flatMap(({ violations }) => violations)).toEqual([]);
    expect(rows.filter(({ exchange }) => exchange === "token").length).toBeGreaterThan(0);
    expect(strayTrust(clouds, intents)).toEqual([]);
  },
);
