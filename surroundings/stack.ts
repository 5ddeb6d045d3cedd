import * as pulumi from "@pulumi/pulumi";

/** `PROJECT/STACK`, as the banner of what this stack writes has it. */
export function stackName(): string {
  return `${pulumi.getProject()}/${pulumi.getStack()}`;
}
