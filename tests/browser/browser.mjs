// Chromium as a reader has it: every visit is a first visit, in a context of its own.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { chromium } from "playwright-core";

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Whatever a page asks for, nothing leaves this machine.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Signals are for `run.mjs`, which has a server to stop as well. */
const SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/** The first of Chromium's usual names that PATH knows. */
function findChromium() {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here: look further.
      }
    }
  }
  throw new Error("no Chromium in PATH: apt-get install chromium");
}

/** Starts Chromium with a new profile; root cannot use its sandbox, and the pages are our own. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    chromiumSandbox: false,
    args: FLAGS,
    ...SIGNALS,
  });
}

/**
 * Opens a page in a new context, hands it to `look`, and closes the context whatever happens.
 *
 * @param {object} site from `crawl`
 * @param {{path: string, method: string}} target what to open; a method other than GET stands for its error page
 * @param {object} settings Playwright's context options, with `width` and `height` for short, and `before(page)`
 * @param {(page: import("playwright-core").Page) => Promise<T>} look
 * @returns {Promise<T>}
 * @template T
 */
export async function visit(site, target, settings, look) {
  const { width = 1280, height = 900, before, ...options } = settings;
  const context = await site.browser.newContext({ viewport: { width, height }, ...options });
  try {
    const page = await context.newPage();
    const address = site.origin + target.path;
    if (target.method !== "GET") await page.route(address, (route) => route.continue({ method: target.method }));
    await before?.(page, context);
    await page.goto(address, { waitUntil: "load" });
    await page.evaluate(() => document.fonts.ready.then(() => true));
    return await look(page, context);
  } finally {
    await context.close();
  }
}

/** Runs `work` over `items`, two at a time: as many as the smallest machine has cores. */
export async function eachOf(items, work) {
  const waiting = [...items];
  async function worker() {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  }
  await Promise.all([worker(), worker()]);
}
