import * as azuread from "@pulumi/azuread";
import { expect, test } from "vitest";
import { exchange } from "../../../rehearsal/proof/entra";
import { onEngine } from "../../support/engine";
import { TENANT } from "../support";

const issuer = "https://token.actions.githubusercontent.com";
const audience = "api://AzureADTokenExchange";

/** The real SDK's types, so that its tokens and property names are those that are served. */
async function program() {
  const { id, clientId } = new azuread.ApplicationRegistration("web", { displayName: "web" });
  const principal = new azuread.ServicePrincipal("web", { clientId });
  const ownerObjectId = principal.objectId;
  const owner = new azuread.ApplicationOwner("web", { applicationId: id, ownerObjectId });
  const exact = new azuread.ApplicationFederatedIdentityCredential(
    "main",
    { applicationId: id, displayName: "main", issuer, audiences: [audience], subject: "main" },
    { dependsOn: owner },
  );
  new azuread.ApplicationFlexibleFederatedIdentityCredential(
    "tags",
    {
      applicationId: id,
      displayName: "tags",
      issuer,
      audience,
      claimsMatchingExpression: "claims['repository_id'] eq '7' and claims['sub'] matches 'v*'",
    },
    { dependsOn: exact },
  );
  const found = azuread.getServicePrincipalOutput({ clientId: principal.clientId });
  return { clientId, objectId: found.objectId };
}

test("the real engine makes an application, refreshes it and takes it away", async () => {
  await onEngine({ program }, async ({ run, outputs, clouds }) => {
    const before = clouds.inventory();
    await run("preview", "preview");
    await run("up", "up");
    const { clientId, objectId } = await outputs();
    const login = { clientId: clientId?.value, tenantId: TENANT, issuer, audience };
    const token = { ...login, subject: "v1", claims: { repository_id: "7" } };
    const answer = { principalId: objectId?.value, credential: "tags" };
    expect(exchange(clouds.azure, token)).toEqual(answer);
    expect(await run("refresh", "refresh")).toMatchObject({ updated: 0, deleted: 0 });
    expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, replaced: 0 });
    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual(before);
  });
});
