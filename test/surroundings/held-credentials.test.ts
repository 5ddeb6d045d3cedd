import { describe, expect, test } from "vitest";
import { accessPrefix } from "../../components/identity-plan";
import { signerAccessName } from "../../components/signer-access";
import type { Held } from "../../surroundings/held";
import {
  changesIdentity,
  heldCredentials,
  heldOn,
  heldOnShare,
} from "../../surroundings/held-credentials";
import { grantsInForce } from "../../surroundings/held-grants";
import { refsLetIn } from "../../surroundings/held-trust";

const CREDENTIAL =
  "countersign:index:PipelineIdentity$azure-native:managedidentity:FederatedIdentityCredential";
const urn = (type: string, name: string) => `urn:pulumi:test::countersign::${type}::${name}`;
const credential = (pipeline: string, identity: string, name: string): Held => ({
  [urn(CREDENTIAL, `${pipeline}-${identity}-${name}`)]: { name, subject: `subject of ${pipeline}` },
});

/** Keys that begin like another's, and like what is made for one. */
const keys = [
  "web",
  "web-identity",
  "web-identity-branch",
  "web-application",
  "web-shared-team",
  "web_branch-x",
  "web-registry",
  "web-signer",
];
const held: Held = Object.assign(
  {},
  ...keys.flatMap((key) => [
    credential(key, "identity", "branch-main-immutable"),
    credential(key, "application", "tag-v1-0-names"),
    credential(key, "shared-team", `${key}_environment-release-immutable`),
    credential(key, "existing-0123abcd", `${key}_branch-main-immutable-abcdef`),
  ]),
);

describe("credentials that are held", () => {
  test.each(keys)("for %s are its own, and no other pipeline's", (key) => {
    expect(heldCredentials(held, key).map(({ identity, name }) => [identity, name])).toEqual([
      ["identity", "branch-main-immutable"],
      ["application", "tag-v1-0-names"],
      ["shared-team", `${key}_environment-release-immutable`],
      ["existing-0123abcd", `${key}_branch-main-immutable-abcdef`],
    ]);
    expect(heldOn(held, key, "identity")).toEqual(["branch-main-immutable"]);
    expect(changesIdentity(held, key, "identity")).toBe(false);
    expect(changesIdentity(held, key, "shared-other")).toBe(true);
  });

  test("on a shared identity are those of all", () => {
    expect(heldOnShare(held, "team")).toEqual(
      keys.map((key) => `${key}_environment-release-immutable`),
    );
    expect(changesIdentity(held, "absent", "identity")).toBe(false);
  });
});

const REGISTRY =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/images";
const PROFILE =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.CodeSigning/codeSigningAccounts/Acc/certificateProfiles/prof-one";
const PUSH = "/providers/roles/8311e382-0749-4cb8-b61a-304f252e45ec";
const WRITER = "/providers/roles/2a1e307c-b015-4ebd-883e-5b7698a07328";
const SIGNER = "/providers/roles/2837e146-70d7-4cfd-ad55-7efa6464f958";
const grant = (
  parent: string,
  name: string,
  scope: string,
  role: string,
  images: string[] = [],
) => ({
  [urn(`countersign:index:${parent}$azure-native:authorization:RoleAssignment`, name)]: {
    scope,
    roleDefinitionId: role,
    condition: images.map((it) => `StringEqualsIgnoreCase '${it}'`).join(" OR ") || undefined,
  },
});
const workflow = {
  path: "sign.yml",
  branches: ["main"],
  tags: [],
  environment: undefined,
  ids: "secrets",
  idSuffix: "",
  calls: undefined,
  images: ["web", "site"],
  registry: "Images",
  signing: { account: "acc", profile: "Prof-One" },
} as const;

describe("roles that are held and a workflow needs", () => {
  const own = credential("web", "identity", "branch-main-immutable");
  const shared = credential("web", "shared-team", "web_branch-main-immutable");
  const registry = (permissions: string, images: string[]) => ({
    id: REGISTRY,
    name: "images",
    permissions,
    images,
  });

  test("are the pipeline's own, by names in any case", () => {
    const state = {
      ...own,
      ...grant("SigningPipeline", "web-registry-images-push", REGISTRY, PUSH),
      ...grant("SigningPipeline", "web-signer-Acc.prof-one-sign", PROFILE, SIGNER),
    };
    expect(grantsInForce(state, "web", workflow, [])).toEqual({
      registries: [registry("rbac", ["web", "site"])],
      profiles: [{ id: PROFILE, account: "Acc", name: "prof-one" }],
    });
  });

  test("are on an ABAC registry for no image that was not granted", () => {
    const state = {
      ...own,
      ...grant("SigningPipeline", "web-registry-images-writer", REGISTRY, WRITER, ["web", "api"]),
    };
    expect(grantsInForce(state, "web", workflow, []).registries).toEqual([
      registry("abac", ["web"]),
    ]);
  });

  test("are those of a shared identity that has credentials of the pipeline", () => {
    const state = grant("SharedIdentity", "team-registry-images-writer", REGISTRY, WRITER, ["web"]);
    expect(grantsInForce({ ...own, ...state }, "web", workflow, []).registries).toEqual([]);
    expect(grantsInForce({ ...shared, ...state }, "web", workflow, []).registries).toEqual([
      registry("abac", ["web"]),
    ]);
  });

  test("are on a shared identity for no image of another pipeline", () => {
    const state = {
      ...shared,
      ...grant("SharedIdentity", "team-registry-images-writer", REGISTRY, WRITER, ["web", "site"]),
    };
    const granted = (api: { share?: string }, more: object = {}) =>
      grantsInForce({ ...state, ...more }, "web", workflow, [
        { pipeline: "api", images: ["site"], share: undefined, ...api },
      ]).registries;
    expect(granted({ share: "team" })).toEqual([registry("abac", ["web"])]);
    const before = credential("api", "shared-team", "api_branch-main-immutable");
    expect(granted({}, before)).toEqual([registry("abac", ["web"])]);
    expect(granted({ share: "other" })).toEqual([registry("abac", ["web", "site"])]);
  });

  test("are not those of a pipeline that is called like a part of it, or like its share", () => {
    const state = {
      ...own,
      ...shared,
      ...grant("SigningPipeline", "web-registry-registry-images-push", REGISTRY, PUSH),
      ...grant("SigningPipeline", "web-signer-signer-Acc.prof-one-sign", PROFILE, SIGNER),
      ...grant("SigningPipeline", "web-application-registry-images-push", REGISTRY, PUSH),
      ...grant("SigningPipeline", "team-registry-images-push", REGISTRY, PUSH),
      ...grant("SharedIdentity", "web-registry-images-push", REGISTRY, PUSH),
    };
    expect(grantsInForce(state, "web", workflow, [])).toEqual({ registries: [], profiles: [] });
  });

  test("have names that no two profiles share", () => {
    const prefix = accessPrefix("web", "identity");
    const names = [
      { account: "contoso", name: "eu-release" },
      { account: "contoso-eu", name: "release" },
    ].map((it) => signerAccessName(prefix, it));
    expect(names).toEqual(["web-signer-contoso.eu-release", "web-signer-contoso-eu.release"]);
  });
});

describe("the refs that a credential lets in", () => {
  const main = "refs/heads/main";
  const expression =
    "claims['sub'] matches 'repo:o/r:ref:refs/tags/v*' and claims['repository_id'] eq '7'";
  test.each([
    ["repo:o/r:ref:refs/heads/main", undefined, [main]],
    ["repo:o/r:ref:refs/heads/main", "release", []],
    ["repo:o/r:environment:release", "release", [undefined]],
    ["repo:o/r:environment:release", "Release", []],
    ["repo:o/r:environment:release-2", "release", []],
    ["repo:o/r:environment:release", undefined, []],
    ["repo:o/r:environment:release:ref:refs/heads/main", "release", [main]],
    ["repo:o/r:environment:release:ref:refs/heads/main", undefined, []],
    ["environment:a%3Ab:repository_id:7", "a:b", [undefined]],
    ["repo:o/r:workflow_ref:o/r/.github/workflows/a.yml@refs/heads/main", undefined, [main]],
    [
      "repo:o/r:ref:refs/heads/next:job_workflow_ref:o/s/a.yml@refs/heads/main",
      undefined,
      ["refs/heads/next"],
    ],
    ["repo:o@5/r@7:pull_request", undefined, []],
    [expression, undefined, ["refs/tags/v*"]],
    [expression, "release", []],
  ] as const)("%s, in %s: %j", (accepts, environment, expected) => {
    expect(refsLetIn(accepts, environment)).toEqual(expected);
  });
});
