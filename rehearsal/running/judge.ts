import { manifestOf, type Pushed, signaturesOf } from "./services/images";
import type { RegistryAccess } from "./services/registry";
import { inspectImage, type Trust, verifyImage } from "./verify";

export interface JudgeOptions extends Trust {
  readonly notation: string;
  readonly registry: RegistryAccess;
  readonly signal?: AbortSignal;
}

const INDEX = "application/vnd.oci.image.index.v1+json";
const SIGNATURE = "application/vnd.cncf.notary.signature";
const COSE = "application/cose";

/** What is wrong with the signature of a pushed image. Empty if nothing is wrong. */
export async function faultsOf(image: Pushed, options: JudgeOptions): Promise<string[]> {
  const { registry } = options;
  const signatures = await signaturesOf(registry, image.repository, image.digest);
  const faults: string[] = [];
  const expect = (what: string, found: unknown, wanted: unknown) => {
    if (found !== wanted) faults.push(`${what} is ${found}, not ${wanted}`);
  };
  expect("the pushed manifest's type", image.mediaType, INDEX);
  expect("the number of signatures", signatures.length, 1);
  for (const { artifactType, config, layers = [], subject } of signatures) {
    expect("the signature's type", artifactType ?? config?.mediaType, SIGNATURE);
    expect("the envelope's type", layers.map((layer) => layer.mediaType).join(), COSE);
    expect("the signature's subject", subject?.digest, image.digest);
  }
  if (signatures.length === 0) return faults;
  const named = { ...options, image: `${image.repository}@${image.digest}` };
  for (const signature of (await inspectImage(named)).Signatures ?? []) {
    expect("the algorithm", signature.signatureAlgorithm, "RSASSA-PSS-SHA-384");
    expect("what is signed", signature.signedArtifact.digest, image.digest);
    if (!signature.unsignedAttributes.timestampSignature) faults.push("there is no timestamp");
  }
  const verdict = await verifyImage(named);
  if (!verdict.ok) faults.push(`verification fails: ${verdict.output.trim()}`);
  return faults;
}

/** The manifests of an index. They have no signatures. */
export async function childrenOf(image: Pushed, registry: RegistryAccess): Promise<string[]> {
  const { manifests = [] } = await manifestOf(registry, image.repository, image.digest);
  return manifests.map(({ digest }) => digest);
}
