// The layout stands still while fonts arrive late.

import { setTimeout as pause } from "node:timers/promises";

import { eachOf, visit } from "../browser.mjs";
import { keyPages } from "../site.mjs";

const FONT_DELAY = 300;
/** A tenth of what the Web Vitals call good (cumulative layout shift, without unit). */
const MOST = 0.01;

/** Runs in the page before anything else. */
function observe() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (!hadRecentInput)
        globalThis.shifts.push({ value, node: sources[0]?.node?.parentElement?.outerHTML?.slice(0, 80) });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

export async function stability(site, fail) {
  const views = keyPages(site).flatMap((page) => [360, 1280].map((width) => ({ page, width })));
  let worst = 0;
  let fonts = 0;
  await eachOf(views, async ({ page, width }) => {
    const before = async (tab) => {
      await tab.addInitScript(observe);
      await tab.route(/\.woff2?(\?|$)/, async (route) => {
        fonts += 1;
        await pause(FONT_DELAY);
        await route.continue();
      });
    };
    const shifts = await visit(site, page, { width, before }, async (tab) => {
      await pause(FONT_DELAY);
      return tab.evaluate(() => globalThis.shifts);
    });
    const sum = shifts.reduce((total, { value }) => total + value, 0);
    worst = Math.max(worst, sum);
    if (sum >= MOST)
      fail(
        `${page.path} (${width} px)`,
        `layout shift ${sum.toFixed(4)}\n${shifts.map(({ node }) => node).join("\n")}`,
      );
  });
  if (fonts === 0) fail("/", "no font was asked for: nothing was measured");
  return `at most ${worst.toFixed(4)} with ${fonts} late fonts`;
}
