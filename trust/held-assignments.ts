/** A role assignment that the stack's state holds. */
export interface HeldAssignment {
  /** Name in Azure, a GUID. */
  readonly name: string;
  readonly scope: string;
  readonly principalId: string;
}

/** By the name of the resource. */
export type HeldAssignments = Readonly<Record<string, HeldAssignment>>;
