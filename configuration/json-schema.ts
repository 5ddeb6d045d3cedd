import { z } from "zod";
import { configurationSchema } from "./schema";

/** JSON Schema of a stack file, for completion in editors; generated, see `npm run schema`. */
export function stackFileSchema(): object {
  const { properties = {}, required = [] } = z.toJSONSchema(configurationSchema, {
    io: "input",
    unrepresentable: "any",
  });
  const prefixed = (key: string) => `countersign:${key}`;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A Countersign stack file",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: {
          ...Object.fromEntries(Object.entries(properties).map(([key, it]) => [prefixed(key), it])),
          "github:owner": {
            description: "User or organisation that owns the repositories.",
            type: "string",
          },
          "github:baseUrl": {
            description:
              "API of another host than github.com: https://api.TENANT.ghe.com, or https://HOST/api/v3.",
            type: "string",
          },
          "azure-native:location": {
            description: "Azure region, unless `countersign:identity.location` names one.",
            type: "string",
          },
        },
        required: [...required.map(prefixed), "github:owner"],
      },
    },
    required: ["config"],
  };
}
