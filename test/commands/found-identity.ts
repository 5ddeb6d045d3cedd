import type { FoundIdentity } from "../../commands/adopt/found";

/** What the tutorial leaves: an identity with a credential and two roles. */
export const IDENTITY: FoundIdentity = {
  id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/it",
  name: "it",
  location: "westeurope",
  principalId: "principal",
  clientId: "client",
  tags: { team: "a" },
  credentials: [
    {
      id: "/c1",
      name: "github-main",
      issuer: "i",
      subject: "repo:Contoso/web:x",
      audiences: ["a"],
    },
  ],
  assignments: [
    { id: "/a1", scope: "/Subscriptions/S/registry", role: "push" },
    { id: "/a2", scope: "/subscriptions/s", role: "push" },
  ],
};
