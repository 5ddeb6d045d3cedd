import type { EngineEvent } from "@pulumi/pulumi/automation";

/** What the program says about a pipeline, or as a warning about the stack. */
export function noteOf({ diagnosticEvent }: EngineEvent): string | undefined {
  const { urn = "", severity, message = "" } = diagnosticEvent ?? {};
  const text = message.replace(/<\{%[^%]*%\}>/g, "").trim();
  const name = urn.includes("countersign:index:") ? urn.split("::").at(-1) : undefined;
  if (severity === "info") return name && `${name} ${text}`;
  const isOfStack = urn === "" || urn.includes("pulumi:pulumi:Stack::");
  if (severity !== "warning" || !(name || isOfStack)) return undefined;
  return name ? `Warning for ${name}: ${text}` : `Warning: ${text}`;
}
