import { RunError } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { ProblemsError, together } from "../../configuration/problems";

const problem = (path: string) =>
  new ProblemsError("one", [{ path, given: 1, allowed: "2", remedy: "change it" }]);

describe("together", () => {
  test("gives what all gave", async () => {
    expect(await together("all", [Promise.resolve(1), Promise.resolve("a")])).toEqual([1, "a"]);
  });

  test("throws the problems of all", async () => {
    const work = [Promise.reject(problem("a")), Promise.resolve(1), Promise.reject(problem("b"))];
    await expect(together("all", work)).rejects.toMatchObject({
      subject: "all",
      problems: [{ path: "a" }, { path: "b" }],
    });
  });

  test("never lets a gRPC failure out, which Pulumi would take for a success", async () => {
    const unavailable = Object.assign(new Error("Resource monitor is terminating"), { code: 14 });
    const failure = await together("all", [Promise.reject(unavailable)]).catch((it) => it);
    expect(RunError.isInstance(failure)).toBe(true);
    expect([failure.message, failure.code]).toEqual([
      "all: Resource monitor is terminating",
      undefined,
    ]);
  });
});
