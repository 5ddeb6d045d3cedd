import type { Application, AzureState } from "../azure/state";
import { sameId } from "../azure/state";
import type { ResourceType } from "../table";
import { type Properties, UNKNOWN } from "../wire";
import { applicationById, applicationIdFault, guidFault, missing } from "./directory";
import { during, existsAlready, named } from "./graph";

/**
 * Properties of the provider, except those for logins of users:
 * https://github.com/hashicorp/terraform-provider-azuread. What it says before Graph's words is
 * unverified (u).
 */
export function applicationRegistration(azure: AzureState): ResourceType {
  const outputs = ({ clientId, objectId }: Application): Properties => ({
    clientId,
    objectId,
    publisherDomain: "contoso.onmicrosoft.com",
    disabledByMicrosoft: "",
  });
  return {
    token: "azuread:index/applicationRegistration:ApplicationRegistration",
    required: ["displayName"],
    optional: ["description", "notes", "signInAudience"],
    computed: ["clientId", "objectId", "publisherDomain", "disabledByMicrosoft"],
    replaceOn: [],
    check({ displayName, signInAudience }) {
      if (displayName === "") return { fault: "displayName must not be empty" };
      // Users of another tenant must not log in.
      const own = [undefined, UNKNOWN, "AzureADMyOrg"].includes(signInAudience as string);
      return own ? {} : { fault: `the embedded azuread does not serve ${signInAudience}` };
    },
    create({ displayName }) {
      const application = azure.addApplication(displayName as string);
      return { id: application.id, outputs: outputs(application) };
    },
    read(id) {
      const it = [...azure.applications.values()].find((one) => sameId(one.id, id));
      return it && { id, inputs: { displayName: it.displayName }, outputs: outputs(it) };
    },
    update: (id, { displayName }) =>
      during(`Updating ${named(objectIdOf(id))}`, () => {
        const application = applicationById(azure, id);
        application.displayName = displayName as string;
        return { id, outputs: outputs(application) };
      }),
    // Unlike azure-native, azuread fails to delete what no longer exists.
    delete: (id) =>
      during(`Deleting ${named(objectIdOf(id))}`, () => {
        const { objectId } = applicationById(azure, id);
        azure.applications.delete(objectId);
        azure.dropCredentialsOf(id);
      }),
  };
}

function objectIdOf(id: string): string {
  return id.replace("/applications/", "");
}

export function applicationOwner(azure: AzureState): ResourceType {
  const parts = (id: string) => {
    const [application = "", owner = ""] = id.split("/owners/");
    return { application, owner };
  };
  return {
    token: "azuread:index/applicationOwner:ApplicationOwner",
    required: ["applicationId", "ownerObjectId"],
    optional: [],
    computed: [],
    replaceOn: ["applicationId", "ownerObjectId"],
    check({ applicationId, ownerObjectId }) {
      const fault = applicationIdFault(applicationId) ?? guidFault("ownerObjectId", ownerObjectId);
      return fault ? { fault } : {};
    },
    create: ({ applicationId, ownerObjectId }) =>
      during(`Adding owner to ${named(objectIdOf(applicationId as string))}`, () => {
        const application = applicationById(azure, applicationId as string);
        const owner = ownerObjectId as string;
        const id = `${application.id}/owners/${owner}`;
        // The provider checks before it adds.
        if (application.owners.some((it) => sameId(it, owner))) {
          throw existsAlready(id, "azuread_application_owner");
        }
        application.owners.push(owner);
        return { id, outputs: {} };
      }),
    read(id) {
      const { application, owner } = parts(id);
      const found = [...azure.applications.values()].find((it) => sameId(it.id, application));
      if (!found?.owners.some((it) => sameId(it, owner))) return undefined;
      return { id, inputs: { applicationId: found.id, ownerObjectId: owner }, outputs: {} };
    },
    update: (id) => ({ id, outputs: {} }),
    delete(id) {
      const { application, owner } = parts(id);
      return during(`Removing owner from ${named(objectIdOf(application))}`, () => {
        const found = applicationById(azure, application);
        if (!found.owners.some((it) => sameId(it, owner))) throw missing(owner);
        found.owners = found.owners.filter((it) => !sameId(it, owner));
      });
    },
  };
}
