import type { Answer } from "../../snapshot";

/** Azure's codes for a resource, or for its group, that does not exist; and azuread's words. */
const MISSING = /NotFound|Code="?404|No (?:applications|service principals?) found/i;

/** Codes of Azure and of Microsoft Graph for a read that is not permitted. */
const FORBIDDEN = /AuthorizationFailed|Authorization_RequestDenied|StatusCode=403/i;

/** The answer to one read. A failure that says nothing about the resource is thrown. */
export async function answerOf<T>(reading: Promise<T>): Promise<Answer<T>> {
  try {
    return { status: "found", value: await reading };
  } catch (failure) {
    const text = String(failure);
    const said = text.split("\n")[0] ?? "";
    if (MISSING.test(text)) return { status: "missing", said };
    if (FORBIDDEN.test(text)) return { status: "forbidden", said };
    throw failure;
  }
}
