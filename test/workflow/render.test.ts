import { describe, expect, test } from "vitest";
import type { Job } from "../../workflow/model";
import { renderWorkflow } from "../../workflow/render";
import { signImageWorkflow } from "../../workflow/sign-image";
import { plan } from "./plans";

describe("renderWorkflow", () => {
  test("throws for a script with an expression", () => {
    const workflow = signImageWorkflow(plan());
    const steps = [{ name: "x", run: "echo ${{ github.ref }}" }];
    const jobs = { sign: { ...(workflow.jobs.sign as Job), steps } };
    expect(() => renderWorkflow({ ...workflow, jobs }, [])).toThrow(
      "a script must not contain an expression",
    );
  });
});
