// Text that readers enlarge, space out or recolour stays whole (WCAG 1.4.4, 1.4.10, 1.4.12; forced colours; no motion).

import { eachOf, visit } from "../browser.mjs";
import { samples } from "../site.mjs";

/** The spacing of WCAG 1.4.12. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }`;

/** Runs in the page: by how many pixels it is wider than its window, and which elements stick out. */
function overflow() {
  const width = document.documentElement.clientWidth;
  const excess = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - width;
  const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > width + 1);
  return {
    excess,
    wide: wide.slice(-3).map((one) => `${one.localName}.${one.className} ${one.innerText ?? ""}`.slice(0, 80)),
  };
}

/** Runs in the page: elements whose text is cut off, those hidden on purpose (a pixel in size) aside. */
function clipped() {
  const cuts = ({ overflowX, overflowY }) => [overflowX, overflowY].some((value) => /hidden|clip/.test(value));
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.clientWidth > 1 && one.clientHeight > 1 && cuts(getComputedStyle(one)))
    .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    .map((one) => `${one.localName}.${one.className}`);
}

export async function expectNoScroll(tab, where, fail) {
  const { excess, wide } = await tab.evaluate(overflow);
  if (excess > 0) fail(where, `scrolls sideways by ${excess} px\n${wide.join("\n")}`);
}

/** Sets the size of the text of the whole page, as a browser's settings do. */
export async function enlarge(tab, percent) {
  await tab.evaluate((size) => (document.documentElement.style.fontSize = size), `${percent}%`);
}

async function check(tab, page, fail) {
  await expectNoScroll(tab, `${page.path} (320 px)`, fail);
  for (const width of [360, 1280]) {
    await tab.setViewportSize({ width, height: 900 });
    await enlarge(tab, 200);
    await expectNoScroll(tab, `${page.path} (${width} px, text at 200 %)`, fail);
    const cut = await tab.evaluate(clipped);
    if (cut.length > 0) fail(`${page.path} (${width} px, text at 200 %)`, `cuts off ${cut.join(", ")}`);
    await enlarge(tab, 100);
  }
  await tab.setViewportSize({ width: 1920, height: 1080 });
  await expectNoScroll(tab, `${page.path} (1920 px)`, fail);
  for (const emulated of [{ forcedColors: "active" }, { reducedMotion: "reduce" }]) {
    await tab.emulateMedia(emulated);
    await expectNoScroll(tab, `${page.path} (${Object.keys(emulated)})`, fail);
  }
  const moving = await tab.evaluate(() => document.getAnimations().length);
  if (moving > 0) fail(`${page.path} (reduced motion)`, `${moving} animations still run`);
  await tab.emulateMedia({ forcedColors: null, reducedMotion: null });
  await tab.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, SPACING);
  for (const width of [320, 1280]) {
    await tab.setViewportSize({ width, height: 900 });
    await expectNoScroll(tab, `${page.path} (${width} px, text spaced out)`, fail);
    const cut = await tab.evaluate(clipped);
    if (cut.length > 0) fail(`${page.path} (${width} px, text spaced out)`, `cuts off ${cut.join(", ")}`);
  }
}

export async function reflow(site, fail) {
  const pages = samples(site);
  await eachOf(pages, async (page) => {
    const before = (tab) => tab.on("pageerror", (error) => fail(page.path, error.message));
    await visit(site, page, { width: 320, height: 640, before }, (tab) => check(tab, page, fail));
  });
  return `${pages.length} pages at 320 to 1920 px`;
}
