import { expect, test } from "vitest";
import { stackValues } from "../../bootstrap/discover";
import { deployments } from "../../deployments/program";
import { exchange } from "../../rehearsal/proof/entra";
import { deploymentSubject, type Operation } from "../../trust/pulumi-subjects";
import { onEngine, world } from "../support/engine";

const example = {
  ...stackValues("deployments/Pulumi.dev.yaml"),
  "deployments:stackFile": "./Pulumi.dev.yaml",
  "github:owner": "contoso",
};

const given = world();
const resourceGroups = [...(given.azure.resourceGroups ?? []), "rg-ci"];

const OF = { organization: "contoso", project: "signing", stack: "prod" };
const WHOLE = "contoso/signing/prod";

test("the settings, their schedules, and who can log in", async () => {
  const settings = {
    config: example,
    program: deployments,
    world: { ...given, azure: { ...given.azure, resourceGroups } },
  };
  await onEngine(settings, async ({ run, clouds, configure }) => {
    const { azure, pulumiService } = clouds;
    await run("preview", "preview");
    expect(await run("up", "up")).toMatchObject({ created: 14, deleted: 0 });
    const [identity] = [...azure.identities.values()];
    expect(pulumiService.get(WHOLE)).toEqual({
      ...OF,
      sourceContext: { git: { branch: "refs/heads/main", repoDir: "." } },
      vcs: {
        provider: "github",
        repository: "contoso/platform",
        deployCommits: true,
        previewPullRequests: false,
        pullRequestTemplate: false,
      },
      operationContext: {
        oidc: {
          azure: {
            clientId: identity?.clientId,
            tenantId: azure.world.tenantId,
            subscriptionId: azure.world.subscriptionId,
          },
        },
      },
    });
    expect([...pulumiService.keys()]).toEqual([WHOLE, `${WHOLE}/drift/schedule-1`]);

    const login = (operation: Operation, changes = {}) => {
      const answer = exchange(azure, {
        clientId: identity?.clientId,
        tenantId: azure.world.tenantId,
        issuer: "https://api.pulumi.com/oidc",
        audience: "contoso",
        subject: deploymentSubject(OF, operation),
        ...changes,
      });
      return "code" in answer ? answer.code : "logs in";
    };
    expect({
      update: login("update"),
      refresh: login("refresh"),
      preview: login("preview"),
      destroy: login("destroy"),
      "another stack": login("update", {
        subject: deploymentSubject({ ...OF, stack: "dev" }, "update"),
      }),
      "a wildcard": login("update", {
        subject: deploymentSubject(OF, "update").replace("update", "*"),
      }),
      "another organization": login("update", { audience: "eve" }),
      "GitHub's issuer": login("update", { issuer: "https://token.actions.githubusercontent.com" }),
    }).toEqual({
      update: "logs in",
      refresh: "logs in",
      preview: "AADSTS700213",
      destroy: "AADSTS700213",
      "another stack": "AADSTS700213",
      "a wildcard": "AADSTS700213",
      "another organization": "AADSTS700213",
      "GitHub's issuer": "AADSTS700211",
    });

    await run("refresh", "refresh");
    expect(await run("up", "up again")).toMatchObject({ created: 0, updated: 0, replaced: 0 });
    const expiring = { ...example, "deployments:destroyStackAt": "2026-12-31T00:00:00Z" };
    await configure(expiring);
    await run("up", "with an end");
    expect(login("destroy")).toBe("logs in");
    expect(pulumiService.get(`${WHOLE}/ttl/schedule-2`)).toEqual({
      ...OF,
      timestamp: "2026-12-31T00:00:00Z",
      deleteAfterDestroy: true,
    });
    await configure({ ...expiring, "deployments:stack": "other" });
    expect(await run("up", "another stack")).toMatchObject({ replaced: 3 });
    await run("destroy", "destroy");
    expect([...pulumiService.keys()]).toEqual([]);
  });
});
