import { describe, expect, test } from "vitest";
import { checked, web } from "./checked";

describe("verifying", () => {
  const workflow = ".github/workflows/verify-image.yml";

  test.each<readonly [unknown, unknown]>([
    [false, undefined],
    [true, { workflow, schedule: "23 5 * * *" }],
    [{ schedule: false }, { workflow, schedule: false }],
    [{ environment: "checks" }, { workflow, schedule: "23 5 * * *", environment: "checks" }],
  ])("of `%o`", (verify, expected) => {
    expect(web({ verify }).verify).toEqual(expected);
  });

  test("is no matter of a pipeline without it, whatever its environment is called", () => {
    expect(web({ environment: "-" }).verify).toBeUndefined();
  });

  test("in a cluster, and in none with the default of Pulumi.yaml", () => {
    const given = { namespaces: ["shop"] };
    const { cluster } = checked({ "countersign:cluster": given });
    expect(cluster).toEqual({ ...given, gate: "gatekeeper", kyverno: false });
    expect(checked({ "countersign:cluster": {} })).toEqual(checked());
  });
});
