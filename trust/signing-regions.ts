/**
 * The regions that have Artifact Signing, and the beginning of each region's endpoint.
 * Source: https://learn.microsoft.com/azure/artifact-signing/how-to-signing-integrations
 */
const CODES: Readonly<Record<string, string>> = {
  brazilsouth: "brs",
  centralus: "cus",
  eastus: "eus",
  japaneast: "jpe",
  koreacentral: "krc",
  northcentralus: "ncus",
  northeurope: "neu",
  polandcentral: "plc",
  southcentralus: "scus",
  switzerlandnorth: "swn",
  westcentralus: "wcus",
  westeurope: "weu",
  westus: "wus",
  westus2: "wus2",
  westus3: "wus3",
};

export const SIGNING_REGIONS = Object.keys(CODES);

/** The endpoint of an account in a region; undefined where a region has no Artifact Signing. */
export function signingEndpoint(region: string): string | undefined {
  const code = CODES[region];
  return code && `https://${code}.codesigning.azure.net/`;
}
