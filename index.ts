import { stack } from "./stack";

// Pulumi calls a program that is a function; in CommonJS a default export would be an output.
export = stack;
