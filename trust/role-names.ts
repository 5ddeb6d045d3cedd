/**
 * Names of Azure's built-in roles that push, pull, or sign images, by GUID, for texts only. Sources:
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers and
 * https://learn.microsoft.com/azure/artifact-signing/tutorial-assign-roles
 */
export const ROLE_NAMES: Readonly<Record<string, string>> = {
  "7f951dda-4ed3-4680-a7ca-43fe172d538d": "AcrPull",
  "8311e382-0749-4cb8-b61a-304f252e45ec": "AcrPush",
  "b93aa761-3e63-49ed-ac28-beffa264f7ac": "Container Registry Repository Reader",
  "2a1e307c-b015-4ebd-883e-5b7698a07328": "Container Registry Repository Writer",
  "2837e146-70d7-4cfd-ad55-7efa6464f958": "Artifact Signing Certificate Profile Signer",
};
