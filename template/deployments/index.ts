import { deployments } from "countersign/deployments";

// How Pulumi Deployments runs the stack. Delete this folder if you do not use it.
export = deployments;
