import { describe, expect, test } from "vitest";
import { block } from "../support/block";
import { config, onEngine, reasonOf } from "../support/engine";

describe("a timestamp service of one's own", () => {
  const timestamped = (rootCertificate: string) =>
    config({
      "countersign:signing": {
        resourceGroup: "rg-signing",
        account: "contoso-signing",
        profile: "container-images",
        timestamp: { url: "http://tsa.example/", rootCertificate },
      },
    });

  test("its root is committed", async () => {
    const file = "workflow/microsoft-identity-verification-root-2020.pem";
    await onEngine({ config: timestamped(file) }, async ({ run, clouds }) => {
      await run("up", "up");
      const files = clouds.github.repository("web").branches.get("main");
      expect(files?.get(".github/workflows/sign-image.yml")).toContain(
        "timestamp_url: http://tsa.example/",
      );
    });
  });

  test.each([
    [
      "missing.pem",
      "give its path from the project's folder; it cannot be read: ENOENT: no such file or directory, open 'missing.pem'",
    ],
    ["README.md", "it holds 0 PEM certificates: give another file"],
  ])("the file %s is refused", async (file, remedy) => {
    await onEngine({ config: timestamped(file) }, async ({ run }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "countersign:signing.timestamp.rootCertificate",
          `"${file}"`,
          "a PEM file with one self-signed root certificate",
          remedy,
        ),
      );
    });
  });
});
