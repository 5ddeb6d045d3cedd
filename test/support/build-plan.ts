import { microsoftRoot } from "../../workflow/certificate";
import type { JobPlan } from "../../workflow/jobs";
import { archivesOf, NOTATION, PLUGIN } from "../../workflow/pins";

/** What builds, pushes and signs any image in the world of the tests. */
export const BUILD: JobPlan = {
  build: true,
  registry: { name: "contosoimages", loginServer: "contosoimages.azurecr.io" },
  signing: {
    account: "contoso-signing",
    profile: "container-images",
    endpoint: "https://weu.codesigning.azure.net/",
    timestampUrl: "http://timestamp.acs.microsoft.com/",
    timestampRoot: microsoftRoot(),
    signWith: "cli",
    metadata: true,
    platforms: false,
    referrers: false,
    verify: true,
    downloads: { notation: archivesOf(NOTATION), plugin: archivesOf(PLUGIN) },
  },
  runner: "ubuntu-24.04",
  timeoutMinutes: 60,
};
