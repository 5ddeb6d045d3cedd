import { ACTIONS, IMAGES, NOTATION, PLUGIN, type Tool } from "../workflow/pins";

/** Digests by what they are of: a commit, the index of an image, or the archive for an architecture. */
export type Digests = Readonly<Record<string, string>>;

/** One entry of the table of pins, in the form that is compared with what was released. */
export interface Pin {
  /** `owner/repository` on GitHub or on Docker Hub. */
  readonly name: string;
  readonly tag: string;
  readonly digests: Digests;
  readonly of: "action" | "image" | Tool;
}

/** All entries of the table. Actions of one repository are one entry, if they have one pin. */
export function pins(): Pin[] {
  const all: Pin[] = [...ofActions(), ...Object.values(IMAGES).map(ofImage)];
  return [...all, ...[NOTATION, PLUGIN].map(ofTool)];
}

function ofActions(): Pin[] {
  const all = new Map<string, Pin>();
  for (const { action, sha, version } of Object.values(ACTIONS)) {
    const name = action.split("/").slice(0, 2).join("/");
    const pin: Pin = { name, tag: version, digests: { commit: sha }, of: "action" };
    all.set(JSON.stringify(pin), pin);
  }
  return [...all.values()];
}

function ofImage(image: string): Pin {
  const [tagged = "", index = ""] = image.split("@");
  const [name = "", tag = ""] = tagged.split(":");
  return { name, tag, digests: { index }, of: "image" };
}

function ofTool(tool: Tool): Pin {
  const digests = { amd64: tool.amd64.sha256, arm64: tool.arm64.sha256 };
  return { name: tool.repository, tag: `v${tool.version}`, digests, of: tool };
}
