import { expect, test } from "vitest";
import { refusal } from "../support";
import { on } from "./web";

const PERMISSIONS = "repos/contoso/web/actions/permissions";

test.each([
  [{}, { enabled: true, allowed_actions: "all", sha_pinning_required: false }],
  [
    { allowedActions: "local_only", requireShaPins: true },
    { enabled: true, allowed_actions: "local_only", sha_pinning_required: true },
  ],
  [{ actionsEnabled: false, allowedActions: "selected" }, { enabled: false }],
  [
    { allowedActions: "selected" },
    {
      enabled: true,
      allowed_actions: "selected",
      sha_pinning_required: false,
      selected_actions_url: `https://api.github.com/${PERMISSIONS.replace("contoso", "Contoso")}/selected-actions`,
    },
  ],
] as const)("the policy of a repository with %j", (changes, body) => {
  expect(on(changes).get(PERMISSIONS)).toEqual({ code: 200, body });
});

test("the selected actions", () => {
  const patterns = ["azure/login@*", "!docker/*"];
  const { get } = on({ allowedActions: "selected", selectedActions: { patterns } });
  expect(get(`${PERMISSIONS}/selected-actions`)).toEqual({
    code: 200,
    body: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: patterns },
  });
});

test.each([
  {},
  { allowedActions: "local_only" },
  { allowedActions: "selected", actionsEnabled: false },
] as const)("with %j there are no selected actions", async (changes) => {
  const { get } = on(changes);
  expect(await refusal(() => get(`${PERMISSIONS}/selected-actions`))).toEqual({
    code: "409",
    message: "409: GET repos/Contoso/web/actions/permissions/selected-actions: 409 Conflict []",
  });
});

test.each(["", "/selected-actions"])("who may not read permissions%s is told so", async (rest) => {
  const { get } = on({ actionsPolicyHidden: true, allowedActions: "selected" });
  const why = "Resource not accessible by personal access token";
  expect(await refusal(() => get(PERMISSIONS + rest))).toEqual({
    code: "403",
    message: `403: GET repos/Contoso/web/actions/permissions${rest}: 403 ${why} []`,
  });
});
