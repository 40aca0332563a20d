// The walk: every page and file that a reader can reach, with the facts that the checks compare.

import { ERRORS, SEEDS } from "./site.mjs";

/** Runs in Chromium, whose parser is the one that readers have: what a page says about itself. */
function readFacts(html) {
  const document = new DOMParser().parseFromString(html, "text/html");
  const all = (selector) => [...document.querySelectorAll(selector)];
  const values = (selector, name) => all(selector).map((element) => element.getAttribute(name));
  return {
    lang: document.documentElement.getAttribute("lang"),
    title: document.title,
    description: values("meta[name=description]", "content"),
    canonical: values("link[rel=canonical]", "href"),
    alternates: all("link[rel=alternate][hreflang]").map((link) => [link.hreflang, link.getAttribute("href")]),
    languageLink: values("header a[translate=no]", "href")[0],
    headings: all("h1, h2, h3, h4, h5, h6").map((heading) => Number(heading.localName[1])),
    ids: all("[id]").map((element) => element.id),
    links: values("a[href], area[href]", "href"),
    assets: [
      ...values("link[rel~=stylesheet], link[rel~=icon], link[rel~=preload], link[rel~=manifest]", "href"),
      ...values("img[src], script[src], source[src], iframe[src]", "src"),
    ],
    icons: values("link[rel~=icon]", "href"),
    main: document.querySelector("main")?.innerHTML ?? "",
  };
}

/** Addresses that a stylesheet asks for. */
function stylesheetAssets(css) {
  return [...css.matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g)].map(([, address]) => address);
}

/** Each date of the past is a whole site of its own: its pages are reached, and not walked from. */
const isPast = (path) => /^\/(fr\/au|en\/as-of)\//.test(path);

/** One request, never following a redirect. */
async function ask(origin, path, method = "GET") {
  const response = await fetch(origin + path, { method, redirect: "manual" });
  const headers = Object.fromEntries(response.headers);
  const type = headers["content-type"] ?? "";
  const body = /^text\//.test(type) ? await response.text() : (await response.arrayBuffer(), "");
  return { path, method, status: response.status, headers, type, body };
}

/** The address that `href` names as seen from `path`; `undefined` when it is none. */
function resolve(href, origin, path) {
  try {
    return new URL(href, origin + path);
  } catch {
    return undefined;
  }
}

/**
 * Walks the site from its seeds.
 *
 * `answers` holds every response by path, `pages` those that are HTML with status 200, `errors` the error pages, and
 * `edges` every link or asset as `{page, href, url, path, asset}`, `path` being set when
 * it stays inside.
 */
export async function crawl(browser, origin) {
  const site = { browser, origin, answers: new Map(), pages: new Map(), errors: [], edges: [], awkward: new Set() };
  const reader = await browser.newPage();
  const waiting = [...SEEDS];

  function follow(answer, href, asset) {
    const url = resolve(href, origin, answer.path);
    const path = url?.origin === origin ? url.pathname + url.search : undefined;
    site.edges.push({ page: answer, href, url, path, asset });
    if (path !== undefined && path !== answer.path) waiting.push(path);
  }

  async function read(answer) {
    if (answer.headers.location) return follow(answer, answer.headers.location, false);
    if (answer.type.startsWith("text/css")) {
      return stylesheetAssets(answer.body).forEach((href) => follow(answer, href, true));
    }
    if (!answer.type.startsWith("text/html")) return undefined;
    answer.facts = await reader.evaluate(readFacts, answer.body);
    answer.facts.links.forEach((href) => follow(answer, href, false));
    return answer.facts.assets.forEach((href) => follow(answer, href, true));
  }

  for (const { method, path, status } of ERRORS) {
    const answer = await ask(origin, path, method);
    await read(answer);
    if (answer.status !== status || !answer.facts) {
      throw new Error(`${method} ${path} answers ${answer.status} ${answer.type}, not an HTML page with ${status}`);
    }
    site.errors.push(answer);
  }
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (site.answers.has(path)) continue;
    const answer = await ask(origin, path);
    site.answers.set(path, answer);
    if (isPast(path)) continue;
    await read(answer);
    if (answer.facts && answer.status === 200) site.pages.set(path, answer);
  }
  await reader.close();
  return site;
}

/** The paths whose content is new or different since `before`: what the awkward samples made of the site. */
export function changedSince(before, after) {
  const changed = [...after.pages.values()].filter(
    ({ path, facts }) => before.pages.get(path)?.facts.main !== facts.main,
  );
  return new Set(changed.map(({ path }) => path));
}
