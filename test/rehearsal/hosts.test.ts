import { expect, test } from "vitest";
import { AUDIENCES, issuerOf } from "../../rehearsal/proof/hosts";
import { AZURE_CLOUDS, gitHubHost } from "../../trust/hosts";

test.each([
  [undefined, "github.com"],
  ["https://api.contoso.ghe.com", "contoso.ghe.com"],
  ["https://github.contoso.example/api/v3", "github.contoso.example"],
])("the program and the proof know the same issuer for %s", (url, host) => {
  expect(gitHubHost(url)).toMatchObject({ name: host, issuer: issuerOf(host) });
});

test("the program and the proof know the same audiences", () => {
  const names = Object.keys(AZURE_CLOUDS) as Array<keyof typeof AZURE_CLOUDS>;
  expect(Object.fromEntries(names.map((it) => [it, AZURE_CLOUDS[it].audience]))).toEqual(AUDIENCES);
});
