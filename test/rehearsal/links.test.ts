import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** Headings of a page, as GitHub makes links from them. */
function anchorsOf(page: string): string[] {
  const headings = readFileSync(page, "utf8").match(/^#+ .+$/gm) ?? [];
  return headings.map((it) =>
    it
      .replace(/^#+ /, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

const sources = readdirSync("rehearsal/proof").map((it) =>
  readFileSync(`rehearsal/proof/${it}`, "utf8"),
);
const links = new Set(sources.join("\n").match(/[\w/]+\.md#[\w-]+/g));

test("the proof links to pages that close doors", () => {
  expect(links.size).toBeGreaterThan(5);
});

test.each([...links])("%s exists", (link) => {
  const [page = "", anchor] = link.split("#");
  expect(anchorsOf(page)).toContain(anchor);
});

const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"].concat(
  readdirSync("docs")
    .filter((it) => it.endsWith(".md"))
    .map((it) => `docs/${it}`),
);
const written = pages.flatMap((page) => {
  const found = readFileSync(page, "utf8").matchAll(/\]\((?!https?:)([^)#]*)(#[^)]+)?\)/g);
  return [...found].map(([, file = "", anchor = ""]) => [page, file, anchor] as const);
});

test.each(written)("in %s, the link %s%s leads somewhere", (page, file, anchor) => {
  const target = file ? join(dirname(page), file) : page;
  expect(existsSync(target)).toBe(true);
  if (anchor) expect(anchorsOf(target)).toContain(anchor.slice(1));
});
