import { stack } from "countersign";

// One signing pipeline for each that Pulumi.STACK.yaml names. A program of one's own can also use
// the components of the package.
export = stack;
