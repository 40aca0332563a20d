// The desk from the first account on, in a site of its own each time: with scripts and a mouse on a wide screen, then
// without scripts, by the keyboard alone, on a narrow one. Every page that anybody comes by with scripts is held to
// axe-core at both widths.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { story } from "../desk/story.mjs";
import { startServer } from "../server.mjs";
import { TAGS, runAxe } from "./accessibility.mjs";

const WAYS = [
  { name: "scripts, mouse, 1280 px", byKeyboard: false, settings: { viewport: { width: 1280, height: 900 } } },
  {
    name: "no scripts, keyboard, 360 px",
    byKeyboard: true,
    settings: { viewport: { width: 360, height: 800 }, javaScriptEnabled: false, reducedMotion: "reduce" },
  },
];

/** Holds a page to axe-core, which is a script, at both widths. */
async function examine(page, axe, tell) {
  await page.evaluate(axe);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await page.evaluate(runAxe, TAGS);
    violations.forEach(({ id, help, nodes }) => tell(`${width} px`, `${help} (${id})\n${nodes.join("\n")}`));
  }
}

export async function desk(site, fail) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  let views = 0;
  for (const { name, byKeyboard, settings } of WAYS) {
    const server = await startServer(site.binary);
    const look = async (page) => {
      views += 1;
      const path = new URL(page.url()).pathname;
      if (settings.javaScriptEnabled !== false) {
        await examine(page, axe, (width, reason) => fail(`${path} (${name}, ${width})`, reason));
      }
    };
    try {
      const way = { origin: server.origin, byKeyboard, look };
      await story(site.browser, way, settings, await server.invitation());
    } catch (error) {
      fail(name, error.stack);
    } finally {
      await server.stop();
    }
  }
  return `${views} views in ${WAYS.length} ways`;
}
