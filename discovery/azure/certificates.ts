interface Certificate {
  /** Its form is not documented. */
  readonly createdDate?: string;
  readonly status?: string;
}

/**
 * The certificate that Azure issued last. A certificate lives for three days, and a new one comes each
 * day. Therefore, several are active at once, and a profile that nobody uses has only expired ones.
 */
export function newest<T extends Certificate>(certificates: readonly T[]): T | undefined {
  const created = ({ createdDate = "" }: T) => Date.parse(createdDate) || 0;
  const sorted = [...certificates].sort((one, other) => created(other) - created(one));
  return ["Active", "Expired"]
    .map((status) => sorted.find((it) => it.status === status))
    .find((it) => it !== undefined);
}
