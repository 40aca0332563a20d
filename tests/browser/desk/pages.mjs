// The desk's own tables, read from its sources: where each page is, and which pages there are.

import { readFileSync } from "node:fs";

const source = (name) => readFileSync(new URL(`../../../src/web/desk/${name}.rs`, import.meta.url), "utf8");

/** What stands after `/admin/fr` and after `/admin/en`, by the name of the page. */
const PATHS = new Map(
  [...source("paths").matchAll(/^ {4}([A-Z_]+) = "(.*)", "(.*)";$/gm)].map(([, name, fr, en]) => [name, { fr, en }]),
);

/** A table for spreadsheets is no page. */
const TABLES = ["JOURNAL_TABLE"];

/** The names of all pages that the desk shows. */
export const PAGES = [...source("routes").matchAll(/shows\(paths::([A-Z_]+),/g)]
  .map(([, name]) => name)
  .filter((name) => !TABLES.includes(name));

/** The path of a page, about one thing where it is about one. */
export function pathOf(name, language, number = "") {
  return `/admin/${language}${PATHS.get(name)[language].replace("{number}", number)}`;
}
