import type * as pulumi from "@pulumi/pulumi";

/** What waits for other resources, and is deleted before them. */
export interface Ordered {
  /**
   * Resources that must exist before. This is an argument, because Pulumi ignores a component's
   * `dependsOn` when it deletes the component's children. Default: none.
   */
  readonly after?: readonly pulumi.Resource[];
}
