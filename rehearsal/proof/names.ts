/** The attributes of a distinguished name: `O="Contoso, Inc."` of .NET, or `O=Contoso\, Inc.` */
export function attributesOf(name: string): Map<string, string> {
  const parts = name.matchAll(/\s*([A-Za-z.0-9]+)=(?:"((?:[^"]|"")*)"|((?:\\.|[^,+\\])*))/g);
  return new Map(
    [...parts].map(([, type = "", quoted, plain = ""]) => [
      type.toUpperCase().replace(/^S$/, "ST"),
      quoted === undefined ? plain.trim().replace(/\\(.)/g, "$1") : quoted.replaceAll('""', '"'),
    ]),
  );
}

/** Whether a subject has all attributes of a trusted identity. A subject of nothing is not known. */
export function matches(
  subject: ReadonlyMap<string, string>,
  trusted: ReadonlyMap<string, string>,
): boolean {
  return subject.size === 0 || [...trusted].every(([type, value]) => subject.get(type) === value);
}
