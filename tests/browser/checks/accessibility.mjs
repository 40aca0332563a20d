// axe-core with no rule switched off (W1): samples of every template in four modes, all other pages in one.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { eachOf, visit } from "../browser.mjs";
import { everyPage, samples } from "../site.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Every rule. */
export const ALL_RULES = { type: "tag", values: TAGS };
const WIDTHS = [360, 1280];
const THEMES = ["light", "dark"];
export const MODES = WIDTHS.flatMap((width) => THEMES.map((colorScheme) => ({ width, colorScheme })));
const ONE_MODE = { width: 1280, colorScheme: "light" };

/** Runs in the page. `target-size`, the one rule of WCAG 2.2, is off unless it is asked for by name. */
export function runAxe(runOnly) {
  const options = {
    runOnly,
    rules: { "target-size": { enabled: true } },
    resultTypes: ["violations", "incomplete"],
  };
  const brief = ({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary ?? ""}`),
  });
  return globalThis.axe.run(document, options).then(({ violations, incomplete, passes }) => ({
    violations: violations.map(brief),
    incomplete: incomplete.map(brief),
    passes: passes.map(({ id }) => id),
  }));
}

export async function accessibility(site, fail, note) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const sampled = new Set(samples(site));
  const rules = new Set();
  const doubts = new Set();
  let views = 0;
  await eachOf(everyPage(site), async (page) => {
    await visit(site, page, { width: 1280 }, async (tab) => {
      await tab.evaluate(axe);
      for (const { width, colorScheme } of sampled.has(page) ? MODES : [ONE_MODE]) {
        await tab.setViewportSize({ width, height: 900 });
        await tab.emulateMedia({ colorScheme });
        const found = await tab.evaluate(runAxe, ALL_RULES);
        views += 1;
        found.passes.forEach((id) => rules.add(id));
        for (const { id, help, nodes } of found.violations) {
          fail(`${page.path} (${width} px, ${colorScheme})`, `${help} (${id})\n${nodes.join("\n")}`);
        }
        for (const { id, nodes } of found.incomplete.filter((doubt) => doubt.id.includes("contrast"))) {
          doubts.add(`${page.path} ${id}: ${nodes.map((node) => node.split(": ")[0]).join(", ")}`);
        }
      }
    });
  });
  doubts.forEach((doubt) => note(`to look at: ${doubt}`));
  const pages = everyPage(site).length;
  return `${views} views of ${pages} pages, ${sampled.size} in four modes, ${rules.size} rules applied`;
}
