import { deployments } from "./program";

export = deployments;
