import { Document } from "yaml";

/** A YAML file that begins with comments. Programs in Go read YAML 1.1, so `on` gets quotes. */
export function manifest(comments: readonly string[], content: object): string {
  const document = new Document(content, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  document.commentBefore = comments.map((line) => ` ${line}`).join("\n");
  return document.toString({ lineWidth: 0 });
}
