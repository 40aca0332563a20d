// Pictures to look at: the pages that most readers see and every page of the desk, at three widths, in both themes and
// languages; the former in print as well.
//
//   node screenshots.mjs [--binary PATH] DIR

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";

import { eachOf, launchBrowser, visit } from "./browser.mjs";
import { crawl } from "./crawl.mjs";
import { office } from "./desk/office.mjs";
import { show, viewsOf } from "./desk/views.mjs";
import { startServer } from "./server.mjs";
import { keyPages } from "./site.mjs";

const WIDTHS = [360, 768, 1280];
const THEMES = ["light", "dark"];
const LANGUAGES = ["fr", "en"];

const { values: settings, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    binary: { type: "string", default: fileURLToPath(new URL("../../target/debug/mandat", import.meta.url)) },
  },
});
const [folder] = positionals;

/** `/fr/mandats/x` becomes `fr-mandats-x`. */
const nameOf = ({ path }) => path.slice(1).replaceAll("/", "-");

async function picture(site, page) {
  for (const width of WIDTHS) {
    for (const colorScheme of THEMES) {
      const file = join(folder, `${nameOf(page)}-${width}-${colorScheme}.png`);
      await visit(site, page, { width, colorScheme }, (tab) => tab.screenshot({ path: file, fullPage: true }));
    }
  }
  const file = join(folder, `${nameOf(page)}.pdf`);
  await visit(site, page, {}, (tab) => tab.pdf({ path: file, format: "Letter" }));
}

/** The page that somebody has before them at the desk. */
async function pictureDesk(desk, language, view) {
  await show(desk, view, {}, async (tab) => {
    for (const width of WIDTHS) {
      for (const colorScheme of THEMES) {
        await tab.setViewportSize({ width, height: 900 });
        await tab.emulateMedia({ colorScheme });
        const path = join(folder, `desk-${language}-${view.name}-${width}-${colorScheme}.png`);
        await tab.screenshot({ path, fullPage: true });
      }
    }
  });
}

async function main() {
  if (!folder) throw new Error("usage: node screenshots.mjs [--binary PATH] DIR");
  await mkdir(folder, { recursive: true });
  const server = await startServer(settings.binary);
  try {
    const browser = await launchBrowser();
    try {
      const site = await crawl(browser, server.origin);
      const pages = [...keyPages(site), ...site.errors.filter(({ status }) => status === 404)];
      await eachOf(pages, (page) => picture(site, page));
      const desk = await office(browser, server.origin, await server.invitation());
      const views = LANGUAGES.flatMap((language) => viewsOf(desk, language).map((view) => ({ language, view })));
      await eachOf(views, ({ language, view }) => pictureDesk(desk, language, view));
      await desk.close();
      console.log(`${pages.length} pages and ${views.length} views of the desk in ${folder}`);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
