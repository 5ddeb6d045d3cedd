import { expect, test } from "vitest";
import { type Bench, onEngine, reasonOf, world } from "../support/engine";
import { disturb } from "../support/faults";
import { clientIdOf, stackOf, violations } from "../support/identities";
import {
  branches,
  headOf,
  inventory,
  NOTHING,
  ON_MAIN,
  onGitHub,
  open,
  proposing,
  quiet,
  STARTS,
  said,
  web,
} from "../support/proposals";

/** The first answer about a type is lost, though it was done. */
async function lose(bench: Bench, type: string): Promise<void> {
  disturb(bench.clouds, "lost", ({ token }) => token.endsWith(`:${type}`));
  expect(await reasonOf(bench.run("up", `lost ${type}`))).toContain("the answer was lost");
  bench.clouds.traffic.fault = undefined;
}

/** What the next operation says of what was left, which it does not change; a person deletes it. */
async function named(
  bench: Bench,
  operation: "preview" | "up",
  words: string,
  remove: () => void,
): Promise<void> {
  const left = bench.clouds.inventory();
  expect(await reasonOf(bench.run(operation, operation))).toContain(words);
  expect(bench.clouds.inventory()).toEqual(expect.arrayContaining(left));
  remove();
}

const refs = { branches: ["main"], tags: ["v*"] };
const EXISTS = "cannot create already existing resource";

test("of a first `up`, from its environment to its files: each is named, deleted, and made again", async () => {
  const config = stackOf({ web: { ...refs, environment: "release" } });
  await onEngine({ config }, async (bench) => {
    const { azure } = bench.clouds;
    const { environments, secrets } = web(bench);
    await lose(bench, "RepositoryEnvironment");
    await named(bench, "preview", "an environment that does not exist yet", () =>
      environments.delete("release"),
    );
    await lose(bench, "RepositoryEnvironmentDeploymentPolicy");
    const policies = () => environments.get("release")?.policies ?? [];
    const unknown = "This stack did not make this policy. Delete it on GitHub.";
    await named(bench, "preview", unknown, () => policies().splice(0));
    await bench.run("refresh", "refresh");
    await lose(bench, "FederatedIdentityCredential");
    await named(bench, "up", EXISTS, () => azure.credentials.clear());
    await lose(bench, "ActionsSecret");
    await named(bench, "preview", "secret AZURE_", () => secrets.clear());
    await bench.run("refresh", "refresh");
    await lose(bench, "RepositoryFile");
    // The workflow is known by its banner, and written once more.
    expect(await bench.run("up", "up")).toMatchObject({ ...NOTHING, created: 1 });
    expect(violations(bench.clouds, config, world())).toEqual([]);
    await quiet(bench);
    await bench.run("destroy", "destroy");
    expect(inventory(bench)).toEqual([]);
  });
});

test("of an identity and its roles", async () => {
  await onEngine({}, async (bench) => {
    const { azure } = bench.clouds;
    await lose(bench, "UserAssignedIdentity");
    await named(bench, "preview", "a managed identity that does not exist yet", () =>
      azure.identities.clear(),
    );
    await lose(bench, "RoleAssignment");
    await named(bench, "up", EXISTS, () => azure.assignments.clear());
    await bench.run("refresh", "refresh");
    await bench.run("up", "up");
    expect(azure.assignments.size).toBe(3);
    await quiet(bench);
  });
});

test("of an application: no setting names one that is not whole", async () => {
  const owners = ["0e8e2d5c-0000-4000-8000-000000000001"];
  const config = stackOf({ web: { ...refs, identity: { application: { owners } } } });
  await onEngine({ config }, async (bench) => {
    const { azure } = bench.clouds;
    const given = "a display name that no application has";
    await lose(bench, "ApplicationRegistration");
    await named(bench, "preview", given, () => azure.applications.clear());
    await lose(bench, "ApplicationFederatedIdentityCredential");
    const first = "FederatedIdentityCredential with name branch-main-immutable already exists.";
    await named(bench, "up", first, () => azure.credentials.clear());
    await lose(bench, "ApplicationFlexibleFederatedIdentityCredential");
    // The provider does not pass on what Graph says of a flexible one.
    const second = "adding flexible federated identity credential for Application";
    await named(bench, "up", second, () => azure.credentials.clear());
    expect(clientIdOf(bench.clouds, "web")).toBeUndefined();
    await bench.run("refresh", "refresh");
    await bench.run("up", "up");
    expect(violations(bench.clouds, config, world())).toEqual([]);
    await quiet(bench);
  });
});

test("of a proposal", async () => {
  await onEngine({ config: proposing() }, async (bench) => {
    await lose(bench, "Branch");
    const [left = "", ...none] = branches(bench);
    expect([left, none]).toEqual([expect.stringMatching(/^countersign\/web-/), []]);
    // It cannot be told from a branch of an earlier proposal: it stays, and another one is made.
    await lose(bench, "RepositoryFile");
    expect(branches(bench)).toHaveLength(2);
    await lose(bench, "RepositoryPullRequest");
    const [, head = ""] = branches(bench);
    expect([open(bench), headOf(bench, 1)]).toEqual([[1], head]);
    const exists = `A pull request already exists for Contoso:${head}.`;
    await named(bench, "up", exists, () => bench.clouds.github.closePullRequest("web", 1));
    // The component of the first attempt leaves the state.
    expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 1, deleted: 1 }, [STARTS]]);
    expect([open(bench), branches(bench)]).toEqual([[2], [left, head]]);
    await quiet(bench);
    await bench.run("destroy", "destroy");

    // A pull request that is unknown to the state, and merged all the same.
    await lose(bench, "RepositoryPullRequest");
    bench.clouds.github.merge("web", 3);
    expect(await said(bench)).toMatchObject([{ ...NOTHING, deleted: 3 }, []]);
    expect(onGitHub(bench)).toEqual(expect.arrayContaining(ON_MAIN));
    await quiet(bench);
  });
});
