import { z } from "zod";
import { pipelineSchema, stackSchema } from "./schema";
import { logicalName } from "./schemas/fields";

const keys = {
  ...stackSchema.shape,
  pipelines: z.record(logicalName, pipelineSchema.nullable()).describe("Pipelines by name."),
};

const stackFile = z.object({
  config: z.object({
    ...Object.fromEntries(Object.entries(keys).map(([key, it]) => [`countersign:${key}`, it])),
    "github:owner": z.string().describe("User or organization that owns the repositories."),
    "github:baseUrl": z.string().optional().describe("Base URL of the API. Default: github.com."),
    "azure-native:location": z.string().optional().describe("Azure region of the identities."),
  }),
});

/** JSON Schema of a stack file, for completion in editors. `npm run schema` writes it. */
export function stackFileSchema(): object {
  const schema = z.toJSONSchema(stackFile, { io: "input", unrepresentable: "any" });
  return { title: "A Countersign stack file", ...schema };
}
