import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { BootstrapConfiguration } from "../../bootstrap/configuration";
import { ENVIRONMENTS } from "../../ci/plan";
import { type Clouds, embeddedClouds } from "../clouds/clouds";
import { derivedWorld } from "../derived-world";
import type { Engine } from "../engine/find";
import { openSession } from "../engine/session";
import type { World } from "../world/world";
import { type BootstrapProof, proveBootstrap } from "./prove";

/** What a rehearsal of the bootstrap program found. */
export interface RehearsedBootstrap {
  readonly proof: BootstrapProof;
  /** What the second `up` changed, and what `destroy` left. Empty: nothing. */
  readonly faults: readonly string[];
  /** How many resources were created. */
  readonly created: number;
}

/** Runs up, a second up, and destroy, and proves in between who can log in. */
export async function rehearseBootstrap(
  configuration: BootstrapConfiguration,
  run: {
    readonly engine: Engine;
    readonly program: PulumiFn;
    /** Texts of the project file and of the stack file. */
    readonly project: string;
    readonly stack: { readonly name: string; readonly text: string };
    /** Changes the clouds before the proof, as a hand could. Default: nothing. */
    readonly tamper?: (clouds: Clouds) => void;
  },
): Promise<RehearsedBootstrap> {
  const clouds = embeddedClouds(worldFor(configuration));
  const before = clouds.inventory();
  const session = await openSession({ ...run, clouds });
  try {
    const { created } = await session.run("up", "up");
    const again = await session.run("up", "up again");
    const changed = again.created + again.updated + again.replaced + again.deleted;
    run.tamper?.(clouds);
    const { repository, branch } = configuration;
    const proof = proveBootstrap(clouds, { repository, branch, environments: ENVIRONMENTS });
    if (!run.tamper) await session.run("destroy", "destroy");
    const left = run.tamper ? [] : clouds.inventory().filter((it) => !before.includes(it));
    return {
      proof,
      created,
      faults: [
        ...(changed > 0 ? [`the second up changed ${changed} resources`] : []),
        ...left.map((it) => `destroy left ${it}`),
      ],
    };
  } finally {
    await session.close();
  }
}

/** A world in which what the stack needs exists, and the repository that holds the stack. */
function worldFor(configuration: BootstrapConfiguration): World {
  const { stack, repository, branch, reviewers, resourceGroup } = configuration;
  const world = derivedWorld(stack);
  const [like] = world.github.repositories;
  if (!like) return world;
  const holder = { ...like, name: repository, id: 900_000_001, defaultBranch: branch };
  const plain = { ...holder, files: {}, secrets: [], environments: [], subjectTemplate: undefined };
  return {
    ...world,
    azure: {
      ...world.azure,
      resourceGroups: [...world.azure.resourceGroups, resourceGroup],
    },
    github: {
      ...world.github,
      owner: { ...world.github.owner, plan: "enterprise" },
      users: [
        ...world.github.users,
        ...reviewers.users.map((login, index) => ({ login, id: 5001 + index })),
      ],
      teams: [
        ...world.github.teams,
        ...reviewers.teams.map((slug, index) => ({ slug, id: 6001 + index })),
      ],
      repositories: [...world.github.repositories, plain],
    },
  };
}
