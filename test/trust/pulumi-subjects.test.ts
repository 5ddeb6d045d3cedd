import { expect, test } from "vitest";
import { deploymentSubject } from "../../trust/pulumi-subjects";

const STACK = { organization: "contoso", project: "signing", stack: "prod" };

test.each(["preview", "update", "refresh", "destroy"] as const)(
  "the subject of %s",
  (operation) => {
    expect(deploymentSubject(STACK, operation)).toBe(
      `pulumi:deploy:org:contoso:project:signing:stack:prod:operation:${operation}:scope:write`,
    );
  },
);

test.each([
  { organization: "a:project:b" },
  { project: "" },
  { stack: "*" },
  { stack: "contoso/prod" },
  { stack: "prod:operation:update" },
])("a name that could contain the next part is refused: %j", (changes) => {
  expect(() => deploymentSubject({ ...STACK, ...changes }, "update")).toThrow(
    `not a name on Pulumi Cloud: ${JSON.stringify(Object.values(changes)[0])}`,
  );
});
