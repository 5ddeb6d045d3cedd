import { constants, createPrivateKey, sign, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { issueCertificate } from "./issue";
import { isLate, requireLogin, world } from "./world";

type Request = Partial<Record<string, string>> & { pluginConfig?: Record<string, string> };

class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Imitates the plugin of Artifact Signing. https://github.com/notaryproject/specifications,
 * specs/plugin-extensibility.md
 */
export async function plugin(command: string | undefined): Promise<void> {
  try {
    const request: Request = JSON.parse((await text(process.stdin)) || "{}");
    process.stdout.write(JSON.stringify(answer(command, request)));
  } catch (error) {
    const errorCode = error instanceof Refusal ? error.code : "ERROR";
    console.error(JSON.stringify({ errorCode, errorMessage: (error as Error).message }));
    process.exitCode = 1;
  }
}

function answer(command: string | undefined, request: Request): object {
  if (command === "get-plugin-metadata") return METADATA;
  if (request.contractVersion !== "1.0") {
    throw new Refusal("UNSUPPORTED_CONTRACT_VERSION", `${request.contractVersion} is not 1.0`);
  }
  mayConfigure(request.pluginConfig ?? {});
  if (command === "describe-key") return { keyId: request.keyId, keySpec: "RSA-3072" };
  if (command === "generate-signature") return signature(request);
  throw new Refusal("VALIDATION_ERROR", `unknown command ${command}`);
}

const METADATA = {
  name: "azure-artifactsigning",
  description: "Stand-in for Artifact Signing",
  version: "1.1.1",
  url: "https://github.com/Azure/artifact-signing-notation-plugin",
  supportedContractVersions: ["1.0"],
  capabilities: ["SIGNATURE_GENERATOR.RAW"],
};

function mayConfigure(config: Record<string, string>): void {
  for (const key of ["accountName", "baseUrl", "certProfile"]) {
    if (!config[key]) throw new Refusal("VALIDATION_ERROR", `plugin config lacks ${key}`);
  }
  if (!URL.canParse(config.baseUrl as string)) {
    throw new Refusal("VALIDATION_ERROR", "baseUrl is not an absolute URL");
  }
  // Otherwise the plugin would try the runner's own identity before the Azure CLI's login.
  const excluded = (config.excludeCredentials ?? "").split(",").map((each) => each.trim());
  for (const name of ["EnvironmentCredential", "ManagedIdentityCredential"]) {
    if (!excluded.includes(name)) {
      throw new Refusal("VALIDATION_ERROR", `excludeCredentials lacks ${name}`);
    }
  }
  requireLogin();
  const granted = world().sign;
  const asked = [config.accountName, config.certProfile, trimmed(config.baseUrl as string)];
  const allowed = granted && [granted.account, granted.profile, trimmed(granted.endpoint)];
  if (!allowed || asked.some((value, at) => value !== allowed[at]) || isLate("sign")) {
    throw new Refusal("ACCESS_DENIED", `403: this login may not sign with ${asked.join(" ")}`);
  }
}

function signature(request: Request): object {
  if (request.keySpec !== "RSA-3072" || request.hashAlgorithm !== "SHA-384" || !request.payload) {
    throw new Refusal("VALIDATION_ERROR", "only RSA-3072 with SHA-384 is supported");
  }
  const { authorityFolder } = world();
  const key = createPrivateKey(readFileSync(join(authorityFolder, "signer.key")));
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
  const root = readFileSync(join(authorityFolder, "signing-root.pem"), "utf8");
  const chain = [issueCertificate(world()), root];
  return {
    keyId: request.keyId,
    signature: sign("sha384", Buffer.from(request.payload, "base64"), { key, ...padding }).toString(
      "base64",
    ),
    signingAlgorithm: "RSASSA-PSS-SHA-384",
    certificateChain: chain.map((pem) => new X509Certificate(pem).raw.toString("base64")),
  };
}

function trimmed(url: string): string {
  return url.replace(/\/$/, "");
}
