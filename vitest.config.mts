import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["test/support/isolate.ts"],
    // A first run on a machine builds the engine and the tools; each test is far quicker.
    testTimeout: 300_000,
    hookTimeout: 900_000,
    pool: "forks",
    // A process that imports the providers' SDKs anew for each file spends half of its time on that.
    isolate: false,
    maxWorkers: 2,
  },
});
