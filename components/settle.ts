import * as pulumi from "@pulumi/pulumi";
import { type IdentifiedFile, type Known, settled } from "../trust/pending";

/** Puts real values into a part of a plan. Without new things, the part stays as it is. */
export type Settle = <T>(value: T) => pulumi.Input<T>;

/** What is known before anything is created. */
export const AS_PLANNED: Settle = (value) => value;

/** @param files of which the plan has hashes. */
export function settleWith(
  known: { readonly [Key in keyof Known]?: pulumi.Output<NonNullable<Known[Key]>> | undefined },
  files: readonly IdentifiedFile[],
): Settle {
  const values: pulumi.Output<Known> = pulumi.output(known);
  return <T>(value: T) => values.apply((it) => settled(value, it, files)) as pulumi.Input<T>;
}
