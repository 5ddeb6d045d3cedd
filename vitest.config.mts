import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["test/support/isolate.ts"],
    // A first run on a machine builds the engine and the tools; each test is far quicker.
    testTimeout: 300_000,
    hookTimeout: 900_000,
    // On a machine far too busy, gRPC now and then does not connect program and engine in time.
    retry: process.env.CI === "true" ? 1 : 0,
    pool: "forks",
    // A process that imports the providers' SDKs anew for each file spends half of its time on that.
    isolate: false,
    maxWorkers: 2,
  },
});
