// Languages, addresses and outlines over the whole site (W3–W7, Q11): pages agree with each other about what they are.

import { everyPage, languageOf } from "../site.mjs";

const HREFLANGS = { "fr-CA": "fr-CA", fr: "fr-CA", "en-CA": "en-CA", en: "en-CA", "x-default": "fr-CA" };

/** One `h1`, first, and no level skipped on the way down. */
function outline(page, fail) {
  const { headings } = page.facts;
  if (headings.filter((level) => level === 1).length !== 1) fail(page.path, `not one h1 (${headings.join(" ")})`);
  headings.forEach((level, index) => {
    const previous = headings[index - 1] ?? 0;
    if (level > previous + 1) fail(page.path, `h${level} follows ${previous ? `h${previous}` : "nothing"}`);
  });
}

/** The language said three times: by the address, the header and the markup. */
function language(page, fail) {
  const expected = languageOf(page.path);
  const header = page.headers["content-language"];
  if (page.facts.lang !== expected) fail(page.path, `html lang is ${page.facts.lang}, not ${expected}`);
  if (header !== expected) fail(page.path, `Content-Language is ${header}, not ${expected}`);
}

/** What a page's address stands for: the root for the French home page, a query for a view of its page. */
function standing(site, { path }) {
  return site.origin + (path === "/" ? "/fr" : path.split("?")[0]);
}

/** Canonical: the page itself, once, absolute. */
function canonical(site, page, fail) {
  const expected = standing(site, page);
  const found = page.facts.canonical;
  if (found.length !== 1 || found[0] !== expected) fail(page.path, `canonical is ${found.join(", ") || "absent"}`);
}

/** Alternates name every language, this page among them, and every page they name answers with the same list. */
function alternates(site, page, fail) {
  const own = new Map(page.facts.alternates);
  const self = standing(site, page);
  if (own.size !== page.facts.alternates.length) fail(page.path, "two alternates for one hreflang");
  for (const [hreflang, expected] of Object.entries(HREFLANGS)) {
    const href = own.get(hreflang);
    if (!href) fail(page.path, `no alternate for ${hreflang}`);
    else if (href !== own.get(expected)) fail(page.path, `${hreflang} differs from ${expected}`);
  }
  for (const [hreflang, href] of own) {
    if (!(hreflang in HREFLANGS)) fail(page.path, `alternate for an unknown language, ${hreflang}`);
    const target = href.startsWith(site.origin) ? site.pages.get(href.slice(site.origin.length)) : undefined;
    if (!target) {
      fail(page.path, `alternate ${hreflang} leads to ${href}, which is no absolute address of a page`);
    } else if (languageOf(target.path) !== HREFLANGS[hreflang]) {
      fail(page.path, `alternate ${hreflang} leads to ${href}, another language`);
    } else if (JSON.stringify([...target.facts.alternates].sort()) !== JSON.stringify([...own].sort())) {
      fail(page.path, `alternate ${hreflang} is not reciprocal: ${href} names others`);
    }
  }
  if (own.get(languageOf(page.path)) !== self) fail(page.path, "does not name itself among its alternates");
}

/** No alternates: right only where the other language has no text, so that the page behind its link has none either. */
function untranslated(site, page, fail) {
  const { languageLink } = page.facts;
  const target = languageLink && site.pages.get(new URL(languageLink, site.origin + page.path).pathname);
  if (!target) fail(page.path, `has no alternates, and its language link (${languageLink}) leads to no page`);
  else if (target.facts.alternates.length > 0) fail(page.path, `has no alternates, but ${target.path} has some`);
}

/** Two pages of one language never share a title or a description. */
function unique(site, field, fail) {
  const seen = new Map();
  for (const page of everyPage(site).filter(({ status }) => status === 200)) {
    const value = [page.facts[field]].flat().join("\n").trim();
    const key = `${languageOf(page.path)} ${value}`;
    if (!value) fail(page.path, `has no ${field}`);
    else if (seen.has(key)) fail(page.path, `shares its ${field} with ${seen.get(key)}: « ${value} »`);
    seen.set(key, page.path);
  }
}

export function languages(site, fail) {
  for (const page of [...site.pages.values(), ...site.errors]) {
    outline(page, fail);
    language(page, fail);
  }
  for (const page of site.pages.values()) {
    canonical(site, page, fail);
    if (page.facts.alternates.length > 0) alternates(site, page, fail);
    else untranslated(site, page, fail);
  }
  for (const page of site.errors) {
    const { canonical: own, alternates: others } = page.facts;
    if (own.length + others.length > 0) fail(page.path, "an error page claims an address (canonical or alternate)");
  }
  unique(site, "title", fail);
  unique(site, "description", fail);
  const paired = [...site.pages.values()].filter(({ facts }) => facts.alternates.length > 0).length;
  return `${paired} of ${site.pages.size} pages have a counterpart`;
}
