import type { Services } from "../services/services";

interface File {
  readonly path: string;
  readonly content: string;
}

/** The root of timestamps: a text of several lines. */
const ROOT = /^( +)(TIMESTAMP_ROOT: )\|[+-]?(?:\n\1 .*)+/gm;

/** A script that writes a root to a trust store, or copies one there. */
const STORED =
  /^( *)(?:cp "[^"]+" ("\$trust\/truststore\/x509\/(ca|tsa)\/[^"]+")|cat > ("\$trust\/truststore\/x509\/(ca|tsa)\/[^"]+") << 'END'\n[\s\S]*?\n *END)$/gm;

/** The same script with the roots of this machine. */
export function storesOf(text: string, { signingRootPem, timestampRootPem }: Roots): string {
  return text.replace(STORED, (_, indent, copied, ofCopy, written, ofWritten) => {
    const pem = (ofCopy ?? ofWritten) === "ca" ? signingRootPem : timestampRootPem;
    const lines = [`cat > ${copied ?? written} << 'END'`, ...pem.trimEnd().split("\n"), "END"];
    return lines.map((line) => indent + line).join("\n");
  });
}

type Roots = Pick<Services, "signingRootPem" | "timestampRootPem">;

/**
 * The committed files of a pipeline for a run on this machine: with its registry, its timestamp
 * service, and its downloads in place of the real ones. Nothing else changes.
 */
export function localised(
  files: readonly File[],
  of: { readonly workflow: string; readonly loginServer: string; readonly verifies?: boolean },
  services: Services,
): File[] {
  const { workflow, loginServer } = of;
  const { downloads, timestampUrl, timestampRootPem } = services;
  const common = (text: string) => {
    const rooted = text.replace(ROOT, (_, indent: string, key: string) => {
      return indent + key + JSON.stringify(timestampRootPem);
    });
    return storesOf(rooted, services).replaceAll(loginServer, services.loginServer);
  };
  const local = (text: string) => {
    const set = (keys: string, to: string) => {
      const line = new RegExp(`^( +(?:${keys}): ).+$`, "gm");
      if (!line.test(text)) throw new Error(`The committed workflow has no ${keys}`);
      text = text.replace(line, (_, key: string) => key + JSON.stringify(to));
    };
    set("url|NOTATION(?:_ARM64)?_URL", downloads.notation.url);
    set("checksum|NOTATION(?:_ARM64)?_SHA256", downloads.notation.sha256);
    if (of.verifies) return common(text);
    set("plugin_url|PLUGIN(?:_ARM64)?_URL", downloads.plugin.url);
    set("plugin_checksum|PLUGIN(?:_ARM64)?_SHA256", downloads.plugin.sha256);
    set("timestamp_url|TIMESTAMP_URL", timestampUrl);
    return common(text);
  };
  return files.map((file) =>
    file.path === workflow ? { ...file, content: local(file.content) } : file,
  );
}

/** A stack's `verify.sh` for this machine. */
export function localisedScript(text: string, loginServer: string, services: Services): string {
  const { url, sha256 } = services.downloads.notation;
  return storesOf(text, services)
    .replace(/^(NOTATION(?:_ARM64)?_URL)=.*$/gm, `$1=${url}`)
    .replace(/^(NOTATION(?:_ARM64)?_SHA256)=.*$/gm, `$1=${sha256}`)
    .replaceAll(loginServer, services.loginServer);
}
