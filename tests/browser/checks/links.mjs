// No link leads nowhere: pages, files and fragments inside; outside, addresses that are at least well formed.

import { DECIDED_REDIRECTS, LANDMARKS } from "../site.mjs";

const SCHEMES = ["https:", "http:", "mailto:", "tel:"];

/** The answer behind a path, after the one redirect that may stand before it. */
function destination(site, path) {
  const answer = site.answers.get(path);
  if (!answer?.headers.location) return { answer, redirected: false };
  const target = new URL(answer.headers.location, site.origin + path);
  return { answer: site.answers.get(target.pathname + target.search), redirected: true };
}

/** What is wrong with an address outside, which is never fetched. */
function outside({ href, url, asset }) {
  if (asset) return `${href} is asked of a third party`;
  if (!SCHEMES.includes(url.protocol)) return `${href} has a scheme that readers cannot follow`;
  if (url.protocol.startsWith("http") && !url.hostname.includes(".")) return `${href} names no host`;
  return undefined;
}

/** What is wrong with one edge of the walk; `undefined` when nothing is. */
function complaint(site, edge) {
  const { page, href, url, path } = edge;
  if (!url) return `« ${href} » is not an address`;
  if (path === undefined) return outside(edge);
  const itself = path === page.path;
  const { answer, redirected } = itself ? { answer: page, redirected: false } : destination(site, path);
  const allowed = [path, page.path].some((address) => DECIDED_REDIRECTS.some((pattern) => pattern.test(address)));
  if (redirected && !allowed) return `${href} is a redirect: link to where it leads`;
  if (!itself && answer?.status !== 200) return `${href} answers ${answer?.status ?? "nothing"}`;
  if (href.includes("#") && !answer.facts?.ids.includes(decodeURIComponent(url.hash.slice(1)))) {
    return `${href}: no such fragment on that page`;
  }
  return undefined;
}

export function links(site, fail) {
  for (const path of Object.values(LANDMARKS).flat()) {
    if (!site.pages.has(path)) fail(path, "cannot be reached from the home pages");
  }
  for (const edge of site.edges) {
    const reason = complaint(site, edge);
    if (reason) fail(edge.page.path, reason);
  }
  return `${site.edges.length} links and files, ${site.pages.size} pages`;
}
