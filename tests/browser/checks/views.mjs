// Every page of the desk, in both languages: axe-core and reflow, with text at 200 % too, at both widths in both themes, as it
// stands with its scripts and, where it has any, without them.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { eachOf } from "../browser.mjs";
import { office } from "../desk/office.mjs";
import { PAGES } from "../desk/pages.mjs";
import { show, viewsOf } from "../desk/views.mjs";
import { startServer } from "../server.mjs";
import { ALL_RULES, MODES, runAxe } from "./accessibility.mjs";
import { enlarge, expectNoScroll } from "./reflow.mjs";

const LANGUAGES = ["fr", "en"];
/** All that another theme can make differ. */
const COLOUR_RULES = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** Higher than any page: what stays in sight while one scrolls then covers no field. */
const HEIGHT = 10_000;

/** axe-core is a script: a page « without scripts » is one whose own never arrive, so that it stays as it was sent. */
const withoutScripts = (tab) => tab.route("**/*.js", (route) => route.abort());

async function examine(tab, axe, tell) {
  await tab.evaluate(axe);
  for (const { width, colorScheme } of MODES) {
    await tab.setViewportSize({ width, height: HEIGHT });
    await tab.emulateMedia({ colorScheme });
    const mode = `${width} px, ${colorScheme}`;
    const { violations } = await tab.evaluate(runAxe, colorScheme === "light" ? ALL_RULES : COLOUR_RULES);
    violations.forEach(({ id, help, nodes }) => tell(mode, `${help} (${id})\n${nodes.join("\n")}`));
    await expectNoScroll(tab, mode, tell);
    await enlarge(tab, 200);
    await expectNoScroll(tab, `${mode}, text at 200 %`, tell);
    await enlarge(tab, 100);
  }
}

/** One view with its scripts, and once more without them where it has any; resolves to how many pages were examined. */
async function look(desk, language, view, axe, fail) {
  const tell = (scripts) => (mode, reason) => fail(`${view.name} ${language} (${mode}, ${scripts})`, reason);
  let hasScripts = false;
  await show(desk, view, {}, async (tab) => {
    hasScripts = (await tab.locator("script[src]").count()) > 0;
    await examine(tab, axe, tell("scripts"));
  });
  if (hasScripts) await show(desk, view, { before: withoutScripts }, (tab) => examine(tab, axe, tell("no scripts")));
  return hasScripts ? 2 : 1;
}

/** The page of the first account, which is there only once. */
async function lookAtFounding(browser, founding, axe, fail) {
  for (const language of LANGUAGES) {
    const nobody = { browser, origin: "", states: {} };
    const view = { name: "founding", path: founding.replace("/admin/fr/", `/admin/${language}/`) };
    await look(nobody, language, view, axe, fail);
  }
}

export async function views(site, fail) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const server = await startServer(site.binary);
  let examined = 0;
  try {
    await server.importContent(site.samples);
    const founding = await server.invitation();
    await lookAtFounding(site.browser, founding, axe, fail);
    const desk = await office(site.browser, server.origin, founding);
    for (const language of LANGUAGES) {
      await eachOf(viewsOf(desk, language), async (view) => {
        const done = await look(desk, language, view, axe, fail).catch((error) => fail(`${view.name} ${language}`, error.stack));
        examined += done ?? 0;
      });
    }
    await desk.close();
  } finally {
    await server.stop();
  }
  return `${PAGES.length} pages of the desk in ${examined} views and ${MODES.length} modes`;
}
