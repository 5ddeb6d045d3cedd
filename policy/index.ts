import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";

// The pack serves the engine from now on. Only the engine can load this file.
new PolicyPack("countersign", { policies: [...policies] });
