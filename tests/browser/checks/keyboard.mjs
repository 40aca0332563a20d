// A reader without a mouse: skip link first, then every stop in turn, each one seen (WCAG 2.1.1, 2.4.1, 2.4.7, 2.4.11).

import { eachOf, visit } from "../browser.mjs";
import { keyPages } from "../site.mjs";

/** Runs in the page: the element that has the focus, how it shows it, and whether something lies over it. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  const style = getComputedStyle(element);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const [box] = element.getClientRects();
  const hit = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const label = (element.innerText || element.getAttribute("aria-label") || "").trim();
  return {
    name: `${element.localName} « ${label.slice(0, 40)} »`,
    href: element.getAttribute("href"),
    index: [...document.querySelectorAll("*")].indexOf(element),
    inMain: document.querySelector("main")?.contains(element) ?? false,
    ring,
    seen: Boolean(box && box.width > 1 && box.height > 1 && hit && (element.contains(hit) || hit.contains(element))),
  };
}

/** Runs in the page: what Tab should reach, in number. */
function countStops() {
  const selector = "a[href]:not([tabindex='-1']), button:not([disabled]), input, select, textarea, summary, [tabindex='0']";
  return [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length;
}

async function skipLink(tab, where, fail) {
  await tab.keyboard.press("Tab");
  const first = await tab.evaluate(focused);
  if (!first?.href?.startsWith("#")) return fail(where, `the first stop is ${first?.name ?? "nothing"}, no skip link`);
  if (!first.seen) fail(where, "the skip link stays hidden when it has the focus");
  await tab.keyboard.press("Enter");
  const landed = await tab.evaluate(focused);
  if (landed?.inMain) return undefined;
  await tab.keyboard.press("Tab");
  const next = await tab.evaluate(focused);
  return next?.inMain ? undefined : fail(where, `the skip link leads to ${next?.name ?? "nothing"}, outside main`);
}

async function walk(tab, where, fail) {
  const reached = new Set();
  for (;;) {
    await tab.keyboard.press("Tab");
    const stop = await tab.evaluate(focused);
    if (!stop || reached.has(stop.index)) break;
    reached.add(stop.index);
    if (!stop.ring) fail(where, `${stop.name} shows no outline when it has the focus`);
    if (!stop.seen) fail(where, `${stop.name} cannot be seen when it has the focus`);
  }
  const expected = await tab.evaluate(countStops);
  if (reached.size !== expected) fail(where, `Tab reaches ${reached.size} of ${expected} links and controls`);
  return reached.size;
}

export async function keyboard(site, fail) {
  const views = keyPages(site).flatMap((page) => [360, 1280].map((width) => ({ page, width })));
  let stops = 0;
  await eachOf(views, async ({ page, width }) => {
    const where = `${page.path} (${width} px)`;
    // Without motion, or the page is still scrolling to the focus when it is looked at.
    const settings = { width, reducedMotion: "reduce" };
    await visit(site, page, settings, (tab) => skipLink(tab, where, fail));
    stops += await visit(site, page, settings, (tab) => walk(tab, where, fail));
  });
  return `${stops} stops in ${views.length} views`;
}
