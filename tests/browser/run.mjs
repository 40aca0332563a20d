// The browser checks: starts a Mandat of its own, walks the whole site and reports, one line per check.
//
//   node run.mjs [--binary PATH] [--awkward DIR] [CHECK …]

import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";

import { launchBrowser } from "./browser.mjs";
import { accessibility } from "./checks/accessibility.mjs";
import { budget } from "./checks/budget.mjs";
import { desk } from "./checks/desk.mjs";
import { headers } from "./checks/headers.mjs";
import { keyboard } from "./checks/keyboard.mjs";
import { languages } from "./checks/languages.mjs";
import { links } from "./checks/links.mjs";
import { markup } from "./checks/markup.mjs";
import { reflow } from "./checks/reflow.mjs";
import { scripts } from "./checks/scripts.mjs";
import { stability } from "./checks/stability.mjs";
import { views } from "./checks/views.mjs";
import { changedSince, crawl } from "./crawl.mjs";
import { startServer } from "./server.mjs";

const CHECKS = { links, markup, languages, headers, accessibility, budget, reflow, keyboard, stability, scripts, desk, views };
/** Beyond these, the output hides more than it shows. */
const SHOWN = 40;
const PLACES = 4;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values: settings, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    binary: { type: "string", default: here("../../target/debug/mandat") },
    awkward: { type: "string", default: here("../data/awkward") },
  },
});

/** One failure: where, and why; a fault of every page is told once. */
function describe([reason, places]) {
  const more = places.size > PLACES ? ` and ${places.size - PLACES} more` : "";
  return `  ${[...places].slice(0, PLACES).join(", ")}${more}: ${reason.replaceAll("\n", "\n      ")}`;
}

/** Runs one check and prints what it found; true when it found nothing wrong. */
async function perform(name, site) {
  const failures = new Map();
  const notes = [];
  const began = Date.now();
  const fail = (where, reason) => failures.set(reason, (failures.get(reason) ?? new Set()).add(where));
  const summary = await CHECKS[name](site, fail, (line) => notes.push(`  ${line}`));
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${failures.size === 0 ? "ok  " : "FAIL"} ${name}: ${summary} (${seconds} s)`);
  [...notes, ...[...failures].slice(0, SHOWN).map(describe)].forEach((line) => console.log(line));
  if (failures.size > SHOWN) console.log(`  … and ${failures.size - SHOWN} more`);
  return failures.size === 0;
}

/** The site as founded, then with the awkward samples in it: what changed between the two is looked at most closely. */
async function explore(server, browser) {
  const founded = await crawl(browser, server.origin);
  await server.importContent(settings.awkward);
  const site = await crawl(browser, server.origin);
  site.binary = settings.binary;
  site.samples = settings.awkward;
  site.awkward = changedSince(founded, site);
  if (site.awkward.size === 0) throw new Error(`${settings.awkward} changed no page`);
  console.log(`${site.pages.size} pages, ${site.awkward.size} of them awkward, ${site.errors.length} error pages`);
  return site;
}

async function main() {
  const names = positionals.length > 0 ? positionals : Object.keys(CHECKS);
  const unknown = names.filter((name) => !(name in CHECKS));
  if (unknown.length > 0) throw new Error(`no such check: ${unknown.join(", ")}`);
  const server = await startServer(settings.binary);
  const browser = await launchBrowser().catch(async (error) => {
    await server.stop();
    throw error;
  });
  const end = () => Promise.all([browser.close(), server.stop()]);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => end().finally(() => process.exit(1)));
  let passed = 0;
  try {
    const site = await explore(server, browser);
    for (const name of names) passed += (await perform(name, site)) ? 1 : 0;
  } finally {
    await end();
  }
  console.log(`${passed} passed, ${names.length - passed} failed`);
  return passed === names.length;
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error) => {
    console.error(`FAIL ${error.stack}`);
    process.exit(1);
  },
);
