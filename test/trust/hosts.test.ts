import { describe, expect, test } from "vitest";
import { AZURE_CLOUDS, GITHUB_COM, gitHubHost } from "../../trust/hosts";

const SERVER = "github.contoso.example";

describe("the host behind a base URL", () => {
  test.each([undefined, "", "https://api.github.com", "https://api.github.com/"])(
    "%j is github.com",
    (url) => {
      expect(gitHubHost(url)).toBe(GITHUB_COM);
      expect(GITHUB_COM).toEqual({
        name: "github.com",
        kind: "cloud",
        issuer: "https://token.actions.githubusercontent.com",
      });
    },
  );

  test.each([
    ["https://API.GitHub.com/", "github.com", "cloud", "token.actions.githubusercontent.com"],
    ["https://api.contoso.ghe.com", "contoso.ghe.com", "tenant", "token.actions.contoso.ghe.com"],
    ["https://api.contoso.ghe.com/", "contoso.ghe.com", "tenant", "token.actions.contoso.ghe.com"],
    ["https://API.Contoso.GHE.com/", "contoso.ghe.com", "tenant", "token.actions.contoso.ghe.com"],
    ["https://api.a-1.ghe.com/", "a-1.ghe.com", "tenant", "token.actions.a-1.ghe.com"],
    [`https://${SERVER}`, SERVER, "server", `${SERVER}/_services/token`],
    [`https://${SERVER}/`, SERVER, "server", `${SERVER}/_services/token`],
    [`https://${SERVER}/api/v3`, SERVER, "server", `${SERVER}/_services/token`],
    [`https://${SERVER}/api/v3/`, SERVER, "server", `${SERVER}/_services/token`],
    ["https://GitHub.Contoso.Example/api/v3/", SERVER, "server", `${SERVER}/_services/token`],
    ["https://notgithub.com/", "notgithub.com", "server", "notgithub.com/_services/token"],
    ["https://notghe.com/", "notghe.com", "server", "notghe.com/_services/token"],
  ])("%s", (url, name, kind, issuer) => {
    expect(gitHubHost(url)).toEqual({ name, kind, issuer: `https://${issuer}` });
  });

  test.each([
    ["http instead of https", `http://${SERVER}/api/v3`],
    ["http of github.com", "http://api.github.com"],
    ["no scheme", SERVER],
    ["another scheme", `ssh://git@${SERVER}`],
    ["only a scheme", "https://"],
    ["the pages of github.com", "https://github.com"],
    ["the pages of an organization", "https://github.com/contoso"],
    ["another host of github.com", "https://uploads.github.com"],
    ["the pages of a tenant", "https://contoso.ghe.com"],
    ["another host of a tenant", "https://uploads.contoso.ghe.com"],
    ["GHE.com without a tenant", "https://api.ghe.com"],
    ["a host below a tenant's", "https://api.eu.contoso.ghe.com"],
    ["a server's GraphQL API", `https://${SERVER}/api/graphql`],
    ["an older version of a server's API", `https://${SERVER}/api/v2`],
    ["something below a server's API", `https://${SERVER}/api/v3/repos`],
    ["a port", `https://${SERVER}:8443/api/v3`],
    ["a user", `https://me@${SERVER}/api/v3`],
    ["a query", `https://${SERVER}/api/v3?x=1`],
    ["a fragment", `https://${SERVER}#api`],
    ["a space", ` https://${SERVER}`],
    ["a line break", `https://${SERVER}/api/v3\n`],
    ["a name without a domain, which Entra cannot reach", "https://github"],
    ["GHE.com itself", "https://ghe.com"],
    ["no host name", "https://."],
    ["an empty label", "https://a..b"],
    ["a dot at the end", "https://api.github.com."],
    ["a path of github.com's API", "https://api.github.com/api/v3"],
    ["a path of a tenant's API", "https://api.contoso.ghe.com/api/v3"],
    ["a tenant that is not a name", "https://api.-.ghe.com"],
    ["two slashes", `https://${SERVER}//api/v3`],
  ])("refuses %s", (_, url) => {
    expect(gitHubHost(url)).toBeUndefined();
  });
});

test("each of Azure's clouds has its own audience, and only the public cloud signs", () => {
  const clouds = Object.values(AZURE_CLOUDS);
  expect(new Set(clouds.map(({ audience }) => audience)).size).toBe(clouds.length);
  expect(clouds.filter(({ signs }) => signs)).toEqual([AZURE_CLOUDS.public]);
  expect(AZURE_CLOUDS.public.audience).toBe("api://AzureADTokenExchange");
});
