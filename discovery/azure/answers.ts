import type { Answer } from "../../snapshot";

/** Azure's codes for a resource, or for its group, that does not exist; and azuread's words. */
const MISSING =
  /NotFound|Code="?404|Status=404|No (?:applications|service principals?) found|(?:Application|Service principal) not found/i;

/** Codes of Azure and of Microsoft Graph for a read that is not permitted. */
const FORBIDDEN = /AuthorizationFailed|Authorization_RequestDenied|StatusCode=403|Status=403/i;

/** Azure's codes for an API version that a cloud, or a region, does not have. */
const UNSUPPORTED = /NoRegisteredProviderFound|InvalidApiVersionParameter|InvalidResourceType/;

/** The answer to one read. A failure that says nothing about the resource is thrown. */
export async function answerOf<T>(reading: Promise<T>): Promise<Answer<T>> {
  try {
    return { status: "found", value: await reading };
  } catch (failure) {
    const text = String(failure);
    const said = azuresWords(text);
    // A missing resource type is also "not found".
    if (UNSUPPORTED.test(text)) return { status: "unsupported", said };
    if (MISSING.test(text)) return { status: "missing", said };
    if (FORBIDDEN.test(text)) return { status: "forbidden", said };
    throw failure;
  }
}

/** Azure's own words, without what azure-native or azuread puts before them. */
function azuresWords(text: string): string {
  const [, code, message] = /Code="([^"]*)" Message="(.*)"/s.exec(text) ?? [];
  if (code) return `${code}: ${message?.split("\n")[0]}`;
  const [, cause] = /\n\s*\* ([^\n]+)/.exec(text) ?? [];
  return cause ?? text.split("\n")[0]?.replace(/^.*?returned an error: /, "") ?? text;
}
