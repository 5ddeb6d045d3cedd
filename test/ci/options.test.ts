import { expect, test } from "vitest";
import { type CiOptions, ciPlan } from "../../commands/ci/options";
import { configurationOf } from "../../rehearsal/configuration";
import { config } from "../support/config";
import { stored } from "../support/planning";

const configuration = configurationOf(stored(config()));
const plan = (options: CiOptions) => ciPlan(options, configuration, "policy");

const BACKEND = "azblob://state?storage_account=contosostate";

const teams = { previewTeam: "readers", deployTeam: "platform" };

test.each<[CiOptions, unknown]>([
  [
    { stack: "prod", organization: "contoso", ...teams },
    { kind: "cloud", organization: "contoso", teams: { preview: "readers", deploy: "platform" } },
  ],
  [
    { stack: "prod", organization: "contoso", allowOrganizationToken: true },
    { kind: "cloud", organization: "contoso" },
  ],
  [
    { stack: "prod", backend: BACKEND },
    { kind: "storage", url: BACKEND },
  ],
])("%j", (options, backend) => {
  expect(plan(options)).toMatchObject({ stack: "prod", branch: "main", backend });
});

const TEAMS = "Name two different teams";

const NO_BACKEND =
  "Name the backend that keeps the state, with one option: --organization NAME for Pulumi Cloud, or --backend URL for Azure Storage, such as azblob://state?storage_account=contosostate.";

test.each<[CiOptions, readonly string[]]>([
  [{}, ["--stack is missing. Name the stack that the workflows deploy.", NO_BACKEND]],
  [{ stack: "prod", organization: "contoso", backend: BACKEND }, [NO_BACKEND]],
  [
    { stack: "prod", backend: "s3://state" },
    ["--backend s3://state cannot be used. Expected: azblob://CONTAINER?storage_account=NAME"],
  ],
  [
    { stack: "prod", backend: BACKEND, ...teams },
    ["Teams and tokens are for Pulumi Cloud. Remove these options."],
  ],
  [{ stack: "prod", organization: "contoso" }, [TEAMS]],
  [{ stack: "prod", organization: "contoso", previewTeam: "a", deployTeam: "a" }, [TEAMS]],
  [
    { stack: "prod", organization: "contoso", deployTeam: "a", allowOrganizationToken: true },
    [TEAMS],
  ],
  [
    { stack: "prod", organization: "contoso", branch: "a b" },
    ["--branch a b cannot be used. Expected: letters, digits, and the characters . _ / -", TEAMS],
  ],
])("%j is refused", (options, faults) => {
  for (const fault of faults) expect(() => plan(options)).toThrow(fault);
});
