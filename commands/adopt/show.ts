import { wrapped } from "../../rehearsal/page/lines";
import type { PipelineReport } from "./report";

/** The reports as text, in 80 columns. Commands stay on one line, so that they can be copied. */
export function showAdoption(
  reports: readonly PipelineReport[],
  { file, stack }: { readonly file: string; readonly stack: string },
): string {
  const isAny = reports.some(({ taken }) => taken.length > 0);
  const hasSecrets = reports.some(({ taken }) => taken.some((it) => it.startsWith("secret ")));
  const note =
    "The import prints five warnings for each secret. They are expected, because GitHub never shows the value of a secret.";
  return [
    ...reports.flatMap(shown),
    ...(isAny
      ? [
          ...wrapped(`Wrote ${file}. Next:`),
          "",
          `  pulumi import --file ${file} --stack ${stack} --yes --protect=false --generate-code=false`,
          `  pulumi preview --stack ${stack}`,
          `  pulumi up --stack ${stack}`,
          ...(hasSecrets ? ["", ...wrapped(note)] : []),
        ]
      : ["Nothing was found that the stack could take over. No file was written."]),
  ].join("\n");
}

function shown({ pipeline, taken, corrections, leftovers }: PipelineReport): string[] {
  const section = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? [`  ${title}`, ...lines] : [];
  const item = (text: string) => wrapped(`    - ${text}`, 6);
  return [
    pipeline,
    ...section("The stack takes over:", taken.flatMap(item)),
    ...section("The first `pulumi up` will:", corrections.flatMap(item)),
    ...section(
      "Remove by hand, after the first signed image:",
      leftovers.flatMap(({ what, command }) => [
        ...item(what),
        ...(command ? [`      ${command}`] : []),
      ]),
    ),
    "",
  ];
}
