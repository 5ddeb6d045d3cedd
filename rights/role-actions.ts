/** What a role lets somebody do with images. `other`: something else. */
export type Action = "push" | "pull" | "sign" | "other";

/** What a role allows. */
export interface Role {
  readonly actions: readonly Action[];
  /** Data actions that a condition has to name to limit the role. Default: none does. */
  readonly limited?: readonly string[];
}

const IMAGES = "Microsoft.ContainerRegistry/registries/repositories";
const READ = [`${IMAGES}/content/read`, `${IMAGES}/metadata/read`];
const WRITE = [`${IMAGES}/content/write`, `${IMAGES}/metadata/write`];

/**
 * The roles of a stack, by GUID. Sources:
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers and
 * https://learn.microsoft.com/azure/artifact-signing/tutorial-assign-roles
 */
const ROLES: Readonly<Record<string, Role>> = {
  "7f951dda-4ed3-4680-a7ca-43fe172d538d": { actions: ["pull"] },
  "8311e382-0749-4cb8-b61a-304f252e45ec": { actions: ["push", "pull"] },
  "b93aa761-3e63-49ed-ac28-beffa264f7ac": { actions: ["pull"], limited: READ },
  "2a1e307c-b015-4ebd-883e-5b7698a07328": {
    actions: ["push", "pull"],
    limited: [...READ, ...WRITE],
  },
  "2837e146-70d7-4cfd-ad55-7efa6464f958": { actions: ["sign"] },
  // Reader of the registry in ABAC mode, where it pulls nothing.
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": { actions: [] },
};

/** Undefined: a stack of Countersign does not assign this role. */
export function roleOf(guid: string): Role | undefined {
  return ROLES[guid];
}
