import { type Read, setOutput } from "./action";

/** The attributes of a rule, such as `type=sha,format=long`. */
type Rule = Readonly<Record<string, string>>;

/**
 * Tags and labels. Source: https://github.com/docker/metadata-action, src/tag.ts and src/meta.ts of
 * v6.2.0. Rules that need the time, or a version, are refused.
 */
export function nameImage(read: Read): void {
  const { GITHUB_REF = "", GITHUB_SHA = "" } = process.env;
  if (read("flavor") !== "latest=false") throw new Error("the stand-in knows only latest=false");
  const rules = lines(read("tags")).map(ruleOf);
  const tags = rules.flatMap((rule) => tagOf(rule, GITHUB_REF, GITHUB_SHA) ?? []);
  // The action sorts by priority.
  const names = [...new Set(tags.map(sanitized))];
  const labels = [`org.opencontainers.image.revision=${GITHUB_SHA}`, ...lines(read("labels"))];
  setOutput("tags", names.map((tag) => `${read("images")}:${tag}`).join("\n"));
  setOutput("labels", labels.join("\n"));
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}

function ruleOf(line: string): Rule {
  return Object.fromEntries(line.split(",").map((field) => field.split(/(?<=^[^=]+?)=/)));
}

function tagOf(rule: Rule, ref: string, sha: string): string | undefined {
  const [, tag] = /^refs\/tags\/(.+)$/.exec(ref) ?? [];
  const [, branch] = /^refs\/heads\/(.+)$/.exec(ref) ?? [];
  const { type = "raw", event, pattern = "", group = "0", value } = rule;
  const { prefix = type === "sha" ? "sha-" : "", suffix = "" } = rule;
  const made = {
    sha: rule.format === "long" ? sha : sha.slice(0, 7),
    ref: event === "tag" ? tag : event === "branch" ? branch : undefined,
    match: tag?.match(pattern)?.[Number(group)],
    raw: value,
  };
  if (!(type in made) || rule.enable) throw new Error(`the stand-in does not know ${type}`);
  const text = made[type as keyof typeof made];
  return text && `${prefix}${text}${suffix}`;
}

function sanitized(tag: string): string {
  return tag.replace(/[^a-zA-Z0-9._-]+/g, "-");
}
