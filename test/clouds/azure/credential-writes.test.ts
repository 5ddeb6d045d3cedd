import { beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../../rehearsal/clouds/wire";
import {
  azure,
  credentialId,
  credentialInputs,
  IDENTITY,
  identityInputs,
  refusal,
  SIGNER,
} from "../support";

let cloud: ReturnType<typeof azure>;
beforeEach(async () => {
  cloud = azure();
  await cloud.identity.create(identityInputs);
  await cloud.identity.create({ ...identityInputs, resourceName: "id-api" });
});
const creation = (name: string, changes?: Properties) =>
  refusal(() => cloud.credential.create(credentialInputs(name, changes)));

/** What was sent to ARM to write. */
const sent = () => cloud.state.requests.filter((it) => !it.startsWith("GET"));
const put = (name: string, identity = IDENTITY) =>
  `PUT ${credentialId(name, identity)}?api-version=2023-01-31`;

describe("two writes at once", () => {
  test("on one identity, in whatever case: the second is sent again", async () => {
    cloud.state.requests.length = 0;
    const first = cloud.credential.create(credentialInputs("main"));
    const second = cloud.credential.create(credentialInputs("tags", { resourceName: "ID-WEB" }));
    expect((await first).id).toBe(credentialId("main"));
    expect((await second).id).toBe(credentialId("tags"));
    const tags = put("tags", IDENTITY.replace(SIGNER, "ID-WEB"));
    expect(sent()).toEqual([put("main"), tags, tags]);
  });

  test("an update and a deletion are writes too", async () => {
    await cloud.credential.create(credentialInputs("main"));
    await cloud.credential.create(credentialInputs("next"));
    cloud.state.requests.length = 0;
    const news = credentialInputs("main", { subject: "another" });
    await Promise.all([
      cloud.credential.update(credentialId("main"), news),
      cloud.credential.delete(credentialId("next")),
    ]);
    const deletion = `DELETE ${credentialId("next")}?api-version=2023-01-31`;
    expect(sent()).toEqual([put("main"), deletion, deletion]);
    expect([...cloud.state.credentials.keys()]).toEqual([credentialId("main").toLowerCase()]);
  });

  test("ten on one identity: the last are refused after all attempts", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `ref-${index}`);
    const results = await Promise.allSettled(
      names.map((name) => cloud.credential.create(credentialInputs(name))),
    );
    const failed = results.flatMap((it) => (it.status === "rejected" ? [it.reason.message] : []));
    expect(new Set(failed)).toEqual(
      new Set([
        `Status=409 Code="ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity" Message="Too many Federated Identity Credentials are written concurrently for the managed identity '${IDENTITY.toLowerCase()}'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported."`,
      ]),
    );
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
