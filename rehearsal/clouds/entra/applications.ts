import type { Application, AzureState } from "../azure/state";
import { sameId } from "../azure/state";
import type { ResourceType } from "../table";
import { type Properties, UNKNOWN } from "../wire";
import { applicationById, applicationIdFault, guidFault, missing } from "./directory";

/**
 * Properties of the provider, except those for logins of users:
 * https://github.com/hashicorp/terraform-provider-azuread
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
    update(id, { displayName }) {
      const application = applicationById(azure, id);
      application.displayName = displayName as string;
      return { id, outputs: outputs(application) };
    },
    // Unlike azure-native, azuread fails to delete what no longer exists.
    delete(id) {
      const { objectId } = applicationById(azure, id);
      azure.applications.delete(objectId);
      azure.dropCredentialsOf(id);
    },
  };
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
    create({ applicationId, ownerObjectId }) {
      const application = applicationById(azure, applicationId as string);
      const owner = ownerObjectId as string;
      const id = `${application.id}/owners/${owner}`;
      // The provider checks before it adds.
      if (application.owners.some((it) => sameId(it, owner))) {
        throw new Error(`A resource with the ID "${id}" already exists`);
      }
      application.owners.push(owner);
      return { id, outputs: {} };
    },
    read(id) {
      const { application, owner } = parts(id);
      const found = [...azure.applications.values()].find((it) => sameId(it.id, application));
      if (!found?.owners.some((it) => sameId(it, owner))) return undefined;
      return { id, inputs: { applicationId: found.id, ownerObjectId: owner }, outputs: {} };
    },
    update: (id) => ({ id, outputs: {} }),
    delete(id) {
      const { application, owner } = parts(id);
      const found = applicationById(azure, application);
      if (!found.owners.some((it) => sameId(it, owner))) throw missing(owner);
      found.owners = found.owners.filter((it) => !sameId(it, owner));
    },
  };
}
