/**
 * One request, as a condition sees it. This module parses and evaluates the part of Azure's
 * condition language that registries and delegated role assignments use. It does not depend on how the program writes conditions.
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-format
 */
export interface AccessRequest {
  /** An action or a data action. */
  readonly dataAction: string;
  /**
   * Attributes by full name, for example `Microsoft.…/repositories:name`. Those of the request and of
   * the resource are the same, because a request has only one of the two.
   */
  readonly attributes: Readonly<Record<string, string>>;
}

export type Condition = (request: AccessRequest) => boolean;

const TOKEN =
  /\s*(?:(AND|OR|NOT)(?![\w@])|([!(){},])|(@Request\[[^\]]+\]|@Resource\[Microsoft\.Authorization\/roleAssignments:\w+\])|(ActionMatches)|((?:ForAnyOfAnyValues:)?(?:String|Guid)\w+)|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|'([^']*)')/y;

const OPERATORS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  // https://learn.microsoft.com/azure/role-based-access-control/conditions-format#guid-comparison-operators
  GuidEquals: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  StringEquals: (value, wanted) => value === wanted,
  StringEqualsIgnoreCase: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  StringStartsWith: (value, wanted) => value.startsWith(wanted),
  StringStartsWithIgnoreCase: (value, wanted) =>
    value.toLowerCase().startsWith(wanted.toLowerCase()),
};

/** @throws Error with the place where the text is not valid. */
export function parseCondition(text: string): Condition {
  const tokens = tokenize(text);
  let at = 0;
  const peek = () => tokens[at];
  const take = (wanted?: string): string => {
    const token = tokens[at];
    if (token === undefined || (wanted !== undefined && token !== wanted)) {
      throw new Error(`expected ${wanted ?? "more"} but found ${token ?? "the end"} in: ${text}`);
    }
    at += 1;
    return token;
  };

  /** Terms with the same operator. Azure requires parentheses between different operators. */
  const chain = (): Condition => {
    const parts = [negation()];
    const operator = peek();
    while (peek() === "AND" || peek() === "OR") {
      if (peek() !== operator) throw new Error(`AND and OR need parentheses in: ${text}`);
      take();
      parts.push(negation());
    }
    return operator === "OR"
      ? (request) => parts.some((part) => part(request))
      : (request) => parts.every((part) => part(request));
  };
  const negation = (): Condition => {
    if (peek() !== "!" && peek() !== "NOT") return primary();
    take();
    const inner = negation();
    return (request) => !inner(request);
  };
  const primary = (): Condition => {
    if (peek() === "(") {
      take();
      const inner = chain();
      take(")");
      return inner;
    }
    if (peek() === "ActionMatches") {
      take();
      take("{");
      const pattern = wildcard(literal());
      take("}");
      return ({ dataAction }) => pattern.test(dataAction);
    }
    return comparison();
  };
  const comparison = (): Condition => {
    const attribute = /^@(?:Request|Resource)\[(.+)\]$/.exec(take())?.[1];
    const operator = take().split(":");
    const test = OPERATORS[operator.at(-1) ?? ""];
    if (!attribute || !test) throw new Error(`not a comparison of a known kind in: ${text}`);
    const isGuid = operator.at(-1) === "GuidEquals";
    const wanted = operator.length > 1 ? set(isGuid) : [literal(isGuid)];
    return ({ attributes }) => {
      const value = attributes[attribute];
      return value !== undefined && wanted.some((one) => test(value, one));
    };
  };
  const set = (isGuid: boolean): string[] => {
    take("{");
    const values = [literal(isGuid)];
    while (peek() === ",") {
      take();
      values.push(literal(isGuid));
    }
    take("}");
    return values;
  };
  const literal = (isGuid = false): string => {
    const token = take();
    // GUIDs have no quotes.
    if (isGuid) {
      if (!/^[0-9a-f-]{36}$/.test(token)) throw new Error(`expected a GUID in: ${text}`);
      return token;
    }
    if (!token.startsWith("'")) throw new Error(`expected a quoted text in: ${text}`);
    return token.slice(1, -1);
  };

  const condition = chain();
  if (peek() !== undefined) throw new Error(`${peek()} is left over in: ${text}`);
  return condition;
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`nothing known stands at ${start} of: ${text}`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

/** What a pattern of Azure's operations matches, in any case. `*` matches everything. */
export function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\\*", ".*");
  return new RegExp(`^${escaped}$`, "i");
}
