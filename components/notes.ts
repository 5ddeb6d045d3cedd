import * as pulumi from "@pulumi/pulumi";

/**
 * Shows texts beside a resource, once Pulumi has registered the resource. If the registration never
 * ends, a message that waits for it would hold back the messages of all later programs of the
 * process. Source: https://github.com/pulumi/pulumi/blob/v3.248.0/sdk/nodejs/log/index.ts
 */
export function tell(
  resource: pulumi.Resource,
  { notes = [], warnings = [] }: { notes?: readonly string[]; warnings?: readonly string[] },
): void {
  resource.urn.apply(() => {
    for (const note of notes) pulumi.log.info(note, resource);
    for (const warning of warnings) pulumi.log.warn(warning, resource);
  });
}
