import type { Services } from "./services";

interface File {
  readonly path: string;
  readonly content: string;
}

/** The roots: texts of several lines. */
const ROOTS = /^( +)((?:TIMESTAMP|SIGNING)_ROOT: )\|[+-]?(?:\n\1 .*)+/gm;

/**
 * The committed files of a pipeline for a run on this machine: with its registry, its timestamp
 * service, and its downloads in place of the real ones. Nothing else changes.
 */
export function localised(
  files: readonly File[],
  of: { readonly workflow: string; readonly loginServer: string },
  services: Services,
): File[] {
  const { workflow, loginServer } = of;
  const { downloads, timestampUrl, timestampRootPem, signingRootPem } = services;
  const local = (text: string) => {
    const set = (keys: string, to: string) => {
      const line = new RegExp(`^( +(?:${keys}): ).+$`, "gm");
      if (!line.test(text)) throw new Error(`The committed workflow has no ${keys}`);
      text = text.replace(line, (_, key: string) => key + JSON.stringify(to));
    };
    set("url|NOTATION(?:_ARM64)?_URL", downloads.notation.url);
    set("checksum|NOTATION(?:_ARM64)?_SHA256", downloads.notation.sha256);
    set("plugin_url|PLUGIN(?:_ARM64)?_URL", downloads.plugin.url);
    set("plugin_checksum|PLUGIN(?:_ARM64)?_SHA256", downloads.plugin.sha256);
    set("timestamp_url|TIMESTAMP_URL", timestampUrl);
    text = text.replace(ROOTS, (_, indent: string, key: string) => {
      const pem = key.startsWith("SIGNING") ? signingRootPem : timestampRootPem;
      return indent + key + JSON.stringify(pem);
    });
    return text.replaceAll(loginServer, services.loginServer);
  };
  return files.map((file) =>
    file.path === workflow ? { ...file, content: local(file.content) } : file,
  );
}
