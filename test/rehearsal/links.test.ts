import { readdirSync, readFileSync } from "node:fs";
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
