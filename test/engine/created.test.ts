import { expect, test } from "vitest";
import { sha256 } from "../../trust/pending";
import { created, newProfile, newRegistry, newSigning, VALIDATION } from "../support/created";
import { type Bench, type Config, config, onEngine, reasonOf, world } from "../support/engine";
import { disturb } from "../support/faults";
import { NOTHING, quiet, WORKFLOW } from "../support/proposals";
import { faults } from "../support/seen";

const empty = (repositories = [{ name: "web", id: 7 }]) => {
  const it = world({ repositories });
  return { ...it, azure: { ...it.azure, registries: [], signingAccounts: [] } };
};

const textOf = ({ clouds }: Bench, repository = "web", path = WORKFLOW) =>
  clouds.github.repository(repository).branches.get("main")?.get(path) ?? "";
const registryOf = ({ clouds }: Bench) => clouds.azure.world.registries[0];

/** The committed workflow has the real login server, and so has everything that identifies it. */
async function settled(bench: Bench, repository = "web"): Promise<void> {
  const server = registryOf(bench)?.loginServer ?? "";
  expect(server).toMatch(/^contosoimages-[a-z0-9]+\.azurecr\.io$/);
  const text = textOf(bench, repository);
  expect(text).toContain(`LOGIN_SERVER: ${server}`);
  expect(text).not.toContain(".invalid");
  const state = JSON.stringify(await bench.stack.exportStack());
  expect(state).not.toMatch(/\.invalid|90\d{13}/);
  expect(state).toContain(sha256(text));
}

test("everything in Azure is created, and a later run changes nothing", async () => {
  const wanted = created();
  await onEngine({ config: wanted, world: empty() }, async (bench) => {
    await bench.run("preview", "preview");
    expect(bench.clouds.inventory().filter((it) => it.startsWith("resource"))).toEqual([]);
    await bench.run("up", "up");
    await settled(bench);
    expect(faults(bench.clouds, wanted, empty())).toEqual([]);
    const { web } = await bench.outputs();
    expect(web?.value.images).toEqual([`${registryOf(bench)?.loginServer}/web`]);
    await quiet(bench, "up", "refresh", "up");

    // An update of the registry keeps its mode, although this Azure resets it without one.
    expect(bench.clouds.azure.world.putResetsMode).toBe(true);
    await bench.configure(created({ tags: { team: "web" } }));
    expect(await bench.run("up", "tags")).toMatchObject({ ...NOTHING, updated: 1 });
    expect(registryOf(bench)).toMatchObject({ mode: "abac" });
    await quiet(bench, "up", "refresh", "up");

    expect(await reasonOf(bench.run("destroy", "destroy"))).toMatch(/protect/);
    await bench.run("destroy", "destroy", { excludeProtected: true });
    const left = bench.clouds.inventory().filter((it) => !it.startsWith("resource"));
    expect(left).toEqual(["file web/Dockerfile on main"]);
    await bench.run("up", "back");
    await settled(bench);
  });
});

test("certificates that rotate are no change", async () => {
  await onEngine({ config: created(), world: empty() }, async (bench) => {
    await bench.run("up", "up");
    const certified = async (subject: string) => {
      const [account] = bench.clouds.azure.world.signingAccounts;
      const [profile] = account?.profiles ?? [];
      Object.assign(profile ?? {}, { subject });
      await bench.run("refresh", "refresh");
      return bench.run("up", "up");
    };
    const first = "CN=Contoso, O=Contoso, L=x, S=Washington, C=US";
    // The first certificate names whom verifiers trust, so the workflow gets the trust policy.
    expect(await certified(first)).toMatchObject({ ...NOTHING, updated: 1 });
    expect(await certified(first)).toMatchObject({ ...NOTHING });
    expect(await certified("")).toMatchObject({ ...NOTHING });
  });
});

test("another label would replace the registry, which is protected", async () => {
  await onEngine({ config: created(), world: empty() }, async (bench) => {
    await bench.run("up", "up");
    await bench.configure(created({ domainNameLabel: "NoReuse" }));
    expect(await reasonOf(bench.run("up", "up"))).toMatch(/protect/);
    expect(registryOf(bench)?.loginServer).toMatch(/^contosoimages-/);
  });
});

test("a protected repository outlives a destroy, and is used again", async () => {
  const wanted = created({}, { shop: { repository: { create: {} } } });
  await onEngine({ config: wanted, world: empty() }, async (bench) => {
    await bench.run("up", "up");
    bench.clouds.github.repository("shop").branches.get("main")?.set("Dockerfile", "FROM x\n");
    await bench.run("destroy", "destroy", { excludeProtected: true });
    await bench.run("up", "up");
    await settled(bench, "shop");
    expect(textOf(bench, "shop", "Dockerfile")).toBe("FROM x\n");
    await quiet(bench, "up", "refresh", "up");
  });
});

test("another validation replaces an unprotected profile, with the role on it", async () => {
  await onEngine({ config: created(), world: empty() }, async (bench) => {
    await bench.run("up", "up");
    const other = { identityValidationId: VALIDATION.replace("1", "2") };
    await bench.configure(created({}, { web: {} }, other));
    expect(await reasonOf(bench.run("preview", "preview"))).toMatch(/protect/);
    await bench.configure(created({}, { web: {} }, { protect: false }));
    await bench.run("up", "unprotected");
    const wanted = created({}, { web: {} }, { ...other, protect: false });
    await bench.configure(wanted);
    expect(await bench.run("up", "replaced")).toMatchObject({ replaced: expect.any(Number) });
    expect(faults(bench.clouds, wanted, empty())).toEqual([]);
  });
});

test("a first run that stops halfway is finished by the next one", async () => {
  const wanted = created({}, { web: {}, shop: { repository: { create: {} } } });
  await onEngine({ config: wanted, world: empty() }, async (bench) => {
    for (const type of ["RoleAssignment", "RepositoryFile"]) {
      disturb(bench.clouds, "refused", ({ token }) => token.endsWith(`:${type}`));
      await reasonOf(bench.run("up", `no ${type}`));
      bench.clouds.traffic.fault = undefined;
    }
    await bench.run("up", "up");
    await settled(bench);
    await settled(bench, "shop");
    await quiet(bench, "up", "refresh", "up");
    expect(faults(bench.clouds, wanted, empty())).toEqual([]);
  });
});

test("repositories are created too: five pipelines, one shared identity, one registry", async () => {
  const image = (name: string) => ({ images: [{ name, context: name }] });
  const own = (name: string) => ({
    repository: "suite",
    environment: name,
    level: "environment",
    workflow: `.github/workflows/${name}.yml`,
    ...image(name),
  });
  const pipelines = {
    web: {},
    suite: { repository: { create: {} }, ...image("suite") },
    first: own("first"),
    second: own("second"),
    shop: { repository: { create: { visibility: "public" } }, identity: { share: "team" } },
  };
  const wanted = created({}, pipelines);
  await onEngine({ config: wanted, world: empty() }, async (bench) => {
    await bench.run("preview", "preview");
    await bench.run("up", "up");
    for (const name of ["web", "suite", "shop"]) await settled(bench, name);
    expect(textOf(bench, "suite", "first/Dockerfile")).toContain("FROM scratch");
    expect(faults(bench.clouds, wanted, empty())).toEqual([]);
    await quiet(bench, "up", "refresh", "up");

    // The Dockerfile and the settings are the user's.
    Object.assign(bench.clouds.github.repository("suite").about, { description: "All our apps" });
    bench.clouds.github
      .repository("suite")
      .branches.get("main")
      ?.set("first/Dockerfile", "FROM x\n");
    await bench.run("refresh", "refresh");
    expect(await bench.run("up", "up")).toMatchObject({ ...NOTHING });
    expect(textOf(bench, "suite", "first/Dockerfile")).toBe("FROM x\n");
    expect(bench.clouds.github.repository("suite").about.description).toBe("All our apps");
  });
});

test.each<[string, Config, object]>([
  [
    "a new profile of an existing account",
    newSigning({ account: "contoso-signing", profile: newProfile({ name: "new-profile" }) }),
    {},
  ],
  [
    "a new registry beside existing signing",
    newRegistry({ name: "contosonew" }),
    { registries: [] },
  ],
  [
    "new signing for an existing registry",
    newSigning({
      account: { create: { name: "fabrikam" } },
      profile: newProfile({ name: "new-images" }),
    }),
    {},
  ],
])("mixed: %s", async (_, changes, azure) => {
  const there = { ...world(), azure: { ...world().azure, ...azure } };
  const wanted = config(changes);
  await onEngine({ config: wanted, world: there }, async (bench) => {
    await bench.run("up", "up");
    expect(faults(bench.clouds, wanted, there)).toEqual([]);
    await quiet(bench, "up", "refresh", "up");
  });
});
