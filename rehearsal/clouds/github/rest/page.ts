/** How many entries a page of a list has: unless the query says otherwise, and at most. */
export interface PageSize {
  readonly standard: number;
  readonly most: number;
}

/**
 * The entries on the page that a query asks for. GitHub does not document what it answers to a size
 * out of range or to an unknown parameter, so both are refused.
 * https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function paged<T>(all: readonly T[], query: URLSearchParams, size: PageSize): readonly T[] {
  refuseOthers(query, ["per_page", "page"]);
  const count = numberOf(query, "per_page", size.standard, size.most);
  const page = numberOf(query, "page", 1, Number.MAX_SAFE_INTEGER);
  return all.slice((page - 1) * count, page * count);
}

/** Refuses every parameter that an endpoint does not document. */
export function refuseOthers(query: URLSearchParams, documented: readonly string[]): void {
  const unknown = [...query.keys()].find((key) => !documented.includes(key));
  if (unknown !== undefined) throw unserved(`the parameter ${unknown} here`);
}

function numberOf(query: URLSearchParams, key: string, standard: number, most: number): number {
  const text = query.get(key) ?? String(standard);
  const number = Number(text);
  if (!/^[1-9]\d*$/.test(text) || number > most) throw unserved(`${key}=${text}, at most ${most}`);
  return number;
}

function unserved(what: string): Error {
  return new Error(`the embedded github does not serve ${what}`);
}
