import type { Properties } from "../../wire";
import type { Refusal } from "./refusal";
import type { Target } from "./target";
import type { Introduced } from "./versions";

/** One resource type of ARM. Bodies have the shape that ARM sends. */
export interface ArmType {
  readonly namespace: string;
  /** The types below the namespace, with slashes. */
  readonly type: string;
  readonly versions: readonly string[];
  readonly introduced?: Introduced;
  /** Undefined if the resource does not exist. */
  readonly find: (target: Target) => Properties | undefined;
  readonly missing?: (target: Target) => Refusal;
  readonly put?: (
    target: Target,
    body: Properties,
    version: string,
  ) => Promise<Properties> | Properties;
  readonly patch?: (target: Target, body: Properties) => Properties;
  readonly remove?: (target: Target) => Promise<void> | void;
}

/** The account that deploys. */
export const CALLER = "00000000-0000-0000-0000-000000000000";
