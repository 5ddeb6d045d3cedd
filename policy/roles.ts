import type { Properties } from "./plain";

/** The kinds of resources that the roles of this pack are about. */
export type Place = "registry" | "certificate profile" | "signing account";

/** A built-in role of Azure. */
export interface Role {
  readonly name: string;
  /** What the role can be assigned on. Undefined: the role is too much on any of the places. */
  readonly place?: Place;
  /** Whether only a condition can limit the role to some images. */
  readonly needsCondition?: true;
}

/** Artifact Signing Certificate Profile Signer. */
export const SIGNER = "2837e146-70d7-4cfd-ad55-7efa6464f958";

/**
 * The roles that push, pull, and sign images, and the two that include managing everything, by GUID.
 * Sources: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers,
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged,
 * https://learn.microsoft.com/azure/artifact-signing/tutorial-assign-roles
 */
const ROLES: Readonly<Record<string, Role>> = {
  "7f951dda-4ed3-4680-a7ca-43fe172d538d": { name: "AcrPull", place: "registry" },
  "8311e382-0749-4cb8-b61a-304f252e45ec": { name: "AcrPush", place: "registry" },
  "c2f4ef07-c644-48eb-af81-4b1b4947fb11": { name: "AcrDelete", place: "registry" },
  "6cef56e8-d556-48e5-a04f-b8e64114680f": { name: "AcrImageSigner", place: "registry" },
  "b93aa761-3e63-49ed-ac28-beffa264f7ac": repositories("Reader"),
  "2a1e307c-b015-4ebd-883e-5b7698a07328": repositories("Writer"),
  "2efddaa5-3f1f-4df3-97df-af3f13818f4c": repositories("Contributor"),
  "bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7": {
    name: "Container Registry Repository Catalog Lister",
    place: "registry",
  },
  [SIGNER]: {
    name: "Artifact Signing Certificate Profile Signer",
    place: "certificate profile",
  },
  // Identity validations belong to an account. Unverified: whether a narrower scope is of any use.
  "4339b7cf-9826-4e41-b4ed-c7f4505dac08": {
    name: "Artifact Signing Identity Verifier",
    place: "signing account",
  },
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": { name: "Owner" },
  "b24988ac-6180-42a0-ab88-20f7382dd24c": { name: "Contributor" },
};

function repositories(right: string): Role {
  return {
    name: `Container Registry Repository ${right}`,
    place: "registry",
    needsCondition: true,
  };
}

/** GUID of the role that is assigned, which the id of the role definition ends with. */
export function roleGuid({ roleDefinitionId }: Properties): string | undefined {
  if (typeof roleDefinitionId !== "string") return undefined;
  return /([0-9a-f-]{36})$/.exec(roleDefinitionId.toLowerCase())?.[1];
}

/** The role that is assigned. Undefined: it is none of this pack's, or it is not known. */
export function assignedRole(assignment: Properties): Role | undefined {
  return ROLES[roleGuid(assignment) ?? ""];
}
