import { beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../rehearsal/clouds/wire";
import {
  azure,
  credentialId,
  credentialInputs,
  IDENTITY,
  identityInputs,
  refusal,
  SIGNER,
} from "./support";

const BUSY = {
  code: "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
  message:
    "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity: " +
    "Too many Federated Identity Credentials are written concurrently for the managed identity.",
};

let cloud: ReturnType<typeof azure>;
beforeEach(async () => {
  cloud = azure();
  await cloud.identity.create(identityInputs);
  await cloud.identity.create({ ...identityInputs, resourceName: "id-api" });
});
const creation = (name: string, changes?: Properties) =>
  refusal(() => cloud.credential.create(credentialInputs(name, changes)));

describe("two writes at once", () => {
  test("on one identity, in whatever case: the second is refused", async () => {
    const first = cloud.credential.create(credentialInputs("main"));
    expect(await creation("tags", { resourceName: "ID-WEB" })).toEqual(BUSY);
    expect((await first).id).toBe(credentialId("main"));
    expect([...cloud.state.credentials.keys()]).toEqual([credentialId("main").toLowerCase()]);
    expect(cloud.traffic.writes.length).toBe(3);
  });

  test("an update and a deletion are writes too", async () => {
    await cloud.credential.create(credentialInputs("main"));
    await cloud.credential.create(credentialInputs("next"));
    const update = cloud.credential.update(
      credentialId("main"),
      credentialInputs("main", { subject: "another" }),
    );
    expect(await refusal(() => cloud.credential.delete(credentialId("next")))).toEqual(BUSY);
    await update;
    const deletion = cloud.credential.delete(credentialId("next"));
    expect(await creation("tags")).toEqual(BUSY);
    await deletion;
    expect([...cloud.state.credentials.keys()]).toEqual([credentialId("main").toLowerCase()]);
  });

  test("on two identities: both succeed", async () => {
    const made = await Promise.all([
      cloud.credential.create(credentialInputs("main")),
      cloud.credential.create(credentialInputs("main", { resourceName: "id-api" })),
    ]);
    expect(made.map(({ id }) => id)).toEqual([
      credentialId("main"),
      credentialId("main", IDENTITY.replace(SIGNER, "id-api")),
    ]);
  });

  test("a refused write leaves the identity free for the next", async () => {
    expect((await creation("main", { subject: "" })).code).toBe("BadRequest");
    expect((await cloud.credential.create(credentialInputs("main"))).id).toBe(credentialId("main"));
  });
});
