import { describe, expect, test } from "vitest";
import { pullRequestText } from "../../workflow/pull-request";

const plain: Parameters<typeof pullRequestText>[0] = {
  stack: "countersign/dev",
  files: [{ key: "workflow", path: ".github/workflows/sign-image.yml", content: "" }],
  images: ["contosoimages.azurecr.io/web"],
  branches: ["main"],
  tags: [],
  build: true,
  push: true,
  environment: undefined,
  reusableWorkflow: undefined,
  reach: undefined,
  isChange: false,
};

/** Texts that a configuration can lead to. */
const variants = {
  "pull-request": plain,
  "pull-request-change": {
    ...plain,
    images: ["contosoimages.azurecr.io/web", "contosoimages.azurecr.io/team/worker"],
    branches: ["main", "release/*"],
    tags: ["v*"],
    environment: "release",
    reach: "every image of the registry `contosoimages`",
    isChange: true,
  },
  "pull-request-reusable-workflow": {
    ...plain,
    environment: "release",
    reusableWorkflow: "contoso/automation/.github/workflows/sign.yml@refs/heads/main",
  },
};

describe("pullRequestText", () => {
  test.each(Object.entries(variants))("%s equals its golden file", async (name, of) => {
    const { title, body } = pullRequestText(of);
    expect(title).toBe("Sign container images");
    await expect(body).toMatchFileSnapshot(`../golden/${name}.md`);
  });

  test("only tags", () => {
    const { body } = pullRequestText({ ...plain, branches: [], tags: ["v*", "release-*"] });
    expect(body).toContain(
      "After the merge, each push to tag `v*` or tag `release-*` starts the workflow. The workflow builds, pushes, and signs these images:\n\n- `contosoimages.azurecr.io/web`\n",
    );
  });
});
