import { describe, expect, test } from "vitest";
import { checked } from "./checked";

describe("the host", () => {
  const server = { kind: "server", name: "github.contoso.example" };
  const tenant = { kind: "tenant", name: "contoso.ghe.com" };

  test("is of `github:baseUrl`, else of GITHUB_BASE_URL", () => {
    const own = { "github:baseUrl": "https://github.contoso.example/api/v3" };
    const theirs = { GITHUB_BASE_URL: "https://api.contoso.ghe.com" };
    expect(checked(own).host).toMatchObject(server);
    expect(checked({}, theirs).host).toMatchObject(tenant);
    expect(checked(own, theirs).host).toMatchObject(server);
  });

  test("may be a server whose tags are exact, or let in by an environment", () => {
    const application = { identity: { application: {} } };
    const pipelines = {
      web: { ...application, tags: ["v1"], subjects: "names" },
      api: { ...application, tags: ["v*"], environment: "production" },
    };
    const changes = {
      "github:baseUrl": "https://github.contoso.example/",
      "countersign:pipelines": pipelines,
    };
    expect(checked(changes).host).toMatchObject(server);
  });

  test("may be Azure's public cloud by name", () => {
    const named = { "azure-native:environment": "public" };
    expect(checked(named, { ARM_ENVIRONMENT: "public" })).toEqual(checked());
  });
});
