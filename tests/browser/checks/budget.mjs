// A first view, with nothing cached, is small, quiet and ours alone; without scripts it says the same.

import { eachOf, visit } from "../browser.mjs";
import { everyPage, isHistory, samples } from "../site.mjs";

const HTML_BYTES = 14 * 1024;
const ALL_BYTES = 50 * 1024;
const REQUESTS = 5;

/** Listens to the wire: bytes as transferred, headers included, which is what a reader waits for. */
async function meter(page, context) {
  const session = await context.newCDPSession(page);
  const requests = new Map();
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
    if (!request.url.startsWith("data:")) requests.set(requestId, { url: request.url, type, bytes: 0 });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (requests.has(requestId)) requests.get(requestId).bytes = encodedDataLength;
  });
  return requests;
}

/** Not every browser tells its tools of the icon: it counts anyway, `/favicon.ico` where the page names none. */
async function iconRequest(site, page, requests) {
  const url = new URL(page.facts.icons[0] ?? "/favicon.ico", site.origin + page.path);
  if (url.protocol === "data:" || requests.some((request) => request.url === url.href)) return undefined;
  const body = await (await fetch(url)).arrayBuffer();
  return { url: url.href, type: "Icon", bytes: body.byteLength };
}

/** Runs in the page: the words of its main part, line by line; buttons aside, which scripts may add. */
function readWords() {
  document.querySelectorAll("button").forEach((button) => (button.style.display = "none"));
  const lines = document.body.innerText.split("\n").map((line) => line.replace(/\s+/g, " ").trim());
  return lines.filter((line) => line !== "");
}

/** Compares one first view with the budget; returns its bytes. */
function weigh(site, page, requests, fail) {
  const sum = requests.reduce((total, { bytes }) => total + bytes, 0);
  const html = requests.find(({ type }) => type === "Document")?.bytes ?? 0;
  const list = () => requests.map(({ url, bytes }) => `${url} ${bytes}`).join("\n");
  if (html === 0) fail(page.path, "no HTML was transferred");
  if (html > HTML_BYTES) fail(page.path, `HTML takes ${html} bytes, more than ${HTML_BYTES}`);
  if (sum > ALL_BYTES) fail(page.path, `the view takes ${sum} bytes, more than ${ALL_BYTES}\n${list()}`);
  if (requests.length > REQUESTS) fail(page.path, `${requests.length} requests, more than ${REQUESTS}\n${list()}`);
  for (const { url } of requests) {
    if (new URL(url).origin !== site.origin) fail(page.path, `asks a third party for ${url}`);
  }
  if (!/^(br|gzip|zstd)$/.test(page.headers["content-encoding"] ?? "")) fail(page.path, "HTML is not compressed");
  return { html, sum, count: requests.length };
}

export async function budget(site, fail) {
  const most = { html: 0, sum: 0, count: 0 };
  // Histories are many and of one template: a sample of each language, and every other page.
  const sampled = new Set(samples(site));
  await eachOf(
    everyPage(site).filter((page) => page.status === 200 && (!isHistory(page) || sampled.has(page))),
    async (page) => {
      const said = [];
      let requests;
      const before = async (tab, context) => {
        tab.on("console", (line) => ["error", "warning"].includes(line.type()) && said.push(line.text()));
        tab.on("pageerror", (error) => said.push(error.message));
        requests = await meter(tab, context);
      };
      const words = await visit(site, page, { before }, async (tab, context) => {
        await tab.waitForLoadState("networkidle");
        const cookies = await context.cookies();
        if (cookies.length > 0) fail(page.path, `sets a cookie, ${cookies[0].name}`);
        return tab.evaluate(readWords);
      });
      said.forEach((line) => fail(page.path, `the console says: ${line}`));
      const seen = [...requests.values()];
      const icon = await iconRequest(site, page, seen);
      const view = weigh(site, page, icon ? [...seen, icon] : seen, fail);
      for (const key of Object.keys(most)) most[key] = Math.max(most[key], view[key]);

      const plain = await visit(site, page, { javaScriptEnabled: false }, (tab) => tab.evaluate(readWords));
      const lost = words.filter((line) => !plain.includes(line));
      if (lost.length > 0) fail(page.path, `says less without scripts: ${lost.slice(0, 3).join(" | ")}`);
    },
  );
  return `at most ${most.html} bytes of HTML, ${most.sum} in all, ${most.count} requests`;
}
