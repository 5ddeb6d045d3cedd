import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFileSchema } from "./json-schema";

const file = join(__dirname, "..", "stack.schema.json");
writeFileSync(file, `${JSON.stringify(stackFileSchema(), undefined, 2)}\n`);
