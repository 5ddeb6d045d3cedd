import { describe, expect, test } from "vitest";
import type { Stored } from "../../rehearsal/clouds/github/state";
import { idsOf } from "../../rehearsal/proof/ids";
import { built, CALLABLE, callingJob, ownJob, SHARED, signing, WORKFLOW } from "./built";

const stored = (value: string): Stored => ({ value, createdAt: "", updatedAt: "" });
const environments = [{ name: "release" }];

function stand(workflow: string, pipeline: object = {}) {
  const callableWorkflows = { [`${SHARED}@refs/heads/main`]: CALLABLE };
  const repositories = [{ name: "web", id: 7, environments }];
  const { clouds, intents } = built({
    pipelines: { web: pipeline },
    workflow,
    github: { callableWorkflows, repositories },
    trusted: [],
  });
  const { github } = clouds;
  const repository = github.repository("web");
  const clientId = () => idsOf(github, intents[0]!).clientId;
  return { github, repository, clientId };
}

describe("the ids of a run", () => {
  test("are the environment's, else the repository's, else the organisation's for it", () => {
    const { github, repository, clientId } = stand(signing(ownJob("Release")), {
      environment: "release",
    });
    const name = "AZURE_CLIENT_ID";
    const organization = (selected: number[], visibility: "selected" | "all" = "selected") =>
      github.organization.variables.set(name, { ...stored("org"), visibility, selected });
    repository.variables.set(name, stored("repository"));
    organization([7]);
    repository.environments.get("release")?.variables.set(name, stored("environment"));
    expect(clientId()).toBe("environment");
    repository.environments.get("release")?.variables.clear();
    expect(clientId()).toBe("repository");
    repository.variables.clear();
    expect(clientId()).toBe("org");
    organization([8]);
    expect(clientId()).toBeUndefined();
    organization([], "all");
    expect(clientId()).toBe("org");
  });

  test("are looked up by the name that the workflow reads, in any case", () => {
    const { repository, clientId } = stand(
      signing(ownJob().replace("vars.AZURE_CLIENT_ID", "secrets.azure_client_id_web")),
    );
    expect(clientId()).toBeUndefined();
    repository.secrets.set("AZURE_CLIENT_ID_WEB", stored("secret"));
    expect(clientId()).toBe("secret");
  });

  test("of a called workflow are what its caller passes, from no environment and no secret", () => {
    const job = callingJob(`${SHARED}@main`, "release");
    const { repository, clientId } = stand(signing(job));
    repository.variables.set("AZURE_CLIENT_ID", stored("repository"));
    repository.environments.get("release")?.variables.set("AZURE_CLIENT_ID", stored("environment"));
    expect(clientId()).toBe("repository");
    repository.secrets.set("AZURE_CLIENT_ID", stored("secret"));
    const secret = signing(job.replace("vars.AZURE_CLIENT_ID", "secrets.AZURE_CLIENT_ID"));
    repository.branches.get("main")?.set(WORKFLOW, secret);
    expect(clientId()).toBeUndefined();
  });
});
