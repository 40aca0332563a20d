// Every page of the desk as somebody has it before them: which page, whose, about which text, and what they did there.

import { PAGES, pathOf } from "./pages.mjs";
import { PASSWORD } from "./person.mjs";

/** A form that is answered by a page, not by a deed. */
const press = (selector) => async (tab) => {
  await Promise.all([tab.waitForNavigation({ waitUntil: "load" }), tab.click(selector)]);
};

/** The hour that clocks of Québec show twice. */
async function doubled(tab) {
  await tab.check("#when-later");
  await tab.fill("#of-day", "2027-11-07");
  await tab.fill("#of-time", "01:30:00");
  await press("button[value=publish]")(tab);
}

const signIn = (password) => async (tab) => {
  await tab.fill("#email", "marie@exemple.ca");
  await tab.fill("#password", password);
  await press("main button")(tab);
};

/** What cannot be saved: an address and a date of no known form. */
async function misspell(tab) {
  await tab.fill("#slug-fr", "Été");
  await press(".deeds button[value=save]")(tab);
}

/** Sends a form with cookies of which nobody knows anything. */
async function forget(tab) {
  const context = tab.context();
  const cookies = await context.cookies();
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, value: "x".repeat(cookie.value.length) })));
  await press(".deeds button[value=save]")(tab);
}

/** Sends a form after the end of its session, which is one of its own. */
const outlive = (path, end) => async (tab) => {
  const context = tab.context();
  await signIn(PASSWORD)(tab);
  await tab.goto(new URL(path, tab.url()).href);
  const cookies = await context.cookies();
  const headers = { "sec-fetch-site": "same-origin" };
  await context.request.post(new URL(end, tab.url()).href, { headers, maxRedirects: 0 });
  await context.addCookies(cookies);
  await press(".deeds button[value=save]")(tab);
};

/** Decides about a text that is no longer where this page saw it. */
async function decideLate(tab) {
  await tab.$eval("input[name=revision]", (field) => (field.value = "1"));
  await press("button[value=approve]")(tab);
}

/** The first step of redacting. */
async function choosePassage(tab) {
  await tab.check("input[name=anchor]");
  await tab.fill("#ground", "Loi sur l’accès, article 54, décision du 3 mars 2026.");
  await press("button[value=choose]")(tab);
}

/** The views of an office: `{name, page, who, path, act}`, in one language. */
function all(texts, language) {
  const view = (name, page, who, number, more = {}) => {
    const path = pathOf(page, language, number) + (more.query ?? "");
    return { name, page, who, path, ...more };
  };
  /** The page that says why there is none. */
  const failure = (name, page, who, number, status) => ({ ...view(name, page, who, number, { status }), page: undefined });
  const { list, typed, live, submitted, returned, approved, withdrawn, scheduled, faulty, representative } = texts;
  const last = (path) => path.split("/").at(-1);
  return [
    view("sign-in", "SIGN_IN", undefined),
    view("sign-in-refused", "SIGN_IN", undefined, "", { act: signIn("pas le bon mot") }),
    view("invitation", "INVITATION", undefined, "", { query: new URL(texts.invited).search }),
    view("invitation-spent", "INVITATION", undefined, "", { query: "?key=x", status: 410 }),
    view("overview-author", "HOME", "author"),
    view("overview-editor", "HOME", "editor"),
    view("overview-administrator", "HOME", "founder"),
    view("documents", "DOCUMENTS", "author"),
    view("create", "CREATE", "author"),
    view("document-live", "DOCUMENT", "editor", live),
    view("document-submitted", "DOCUMENT", "editor", submitted),
    view("document-returned", "DOCUMENT", "author", returned),
    view("document-scheduled", "DOCUMENT", "founder", scheduled),
    view("document-disputed", "DOCUMENT", "editor", texts.disputed),
    view("document-created", "DOCUMENT", "author", texts.created),
    view("editor-mandate", "EDIT", "author", submitted),
    view("editor-lagging", "EDIT", "author", returned),
    view("editor-typed", "EDIT", "author", typed),
    view("editor-restored", "EDIT", "author", typed, { query: "?restore=1" }),
    view("editor-correction", "EDIT", "author", scheduled, { query: "?revision=3" }),
    view("editor-problems", "EDIT", "author", live, { act: misspell }),
    view("editor-representative", "EDIT", "author", representative),
    view("editor-list", "EDIT", "author", list),
    view("preview", "PREVIEW", "author", returned),
    view("preview-english", "PREVIEW", "author", returned, { query: "?langue=en" }),
    view("merge", "MERGE", "editor", texts.disputed, { query: texts.merge.search }),
    view("merge-open", "MERGE", "editor", texts.disputed, { query: texts.merge.search, act: press("button[value=merge]") }),
    view("merge-correction", "MERGE", "editor", scheduled, { query: "?mine=2&theirs=3" }),
    view("review-correction", "REVIEW", "editor", scheduled, { query: "?revision=3" }),
    view("review-approve", "REVIEW", "editor", submitted),
    view("review-own", "REVIEW", "author", submitted),
    view("review-returned", "REVIEW", "author", returned),
    view("review-late", "REVIEW", "editor", submitted, { act: decideLate }),
    view("review-nothing", "REVIEW", "author", live),
    view("publish", "PUBLISH", "editor", approved),
    view("publish-correction", "PUBLISH", "editor", scheduled, { query: "?revision=3" }),
    view("publish-doubled", "PUBLISH", "editor", approved, { act: doubled }),
    view("publish-against", "PUBLISH", "editor", faulty),
    view("publish-emergency", "PUBLISH", "editor", submitted),
    view("withdraw", "WITHDRAW", "editor", live),
    view("bring-back", "BRING_BACK", "editor", withdrawn),
    view("redact", "REDACT", "founder", live),
    view("redact-chosen", "REDACT", "founder", live, { act: choosePassage }),
    view("revisions", "REVISIONS", "author", live),
    view("revisions-compared", "REVISIONS", "author", live, { query: "?from=1&to=2" }),
    view("releases", "RELEASES", "author"),
    view("release-out", "RELEASE", "editor", last(texts.release)),
    view("release-ahead", "RELEASE", "editor", last(texts.ahead)),
    view("journal", "JOURNAL", "author"),
    view("journal-none", "JOURNAL", "author", "", { query: "?document=9999" }),
    view("settings", "SETTINGS", "founder"),
    view("accounts", "ACCOUNTS", "founder"),
    view("person", "PERSON", "founder", last(texts.person)),
    view("account", "ACCOUNT", "author"),
    view("kept-awaits", "SIGN_IN", undefined, "", {
      act: outlive(pathOf("EDIT", language, live), pathOf("SIGN_OUT", language)),
    }),
    view("kept-gone", "KEPT", "author", 9999, { status: 404 }),
    view("held", "EDIT", "author", live, { act: forget }),
    failure("forbidden", "SETTINGS", "author", "", 403),
    failure("missing", "DOCUMENT", "author", 9999, 404),
  ];
}

/** The views of an office in a language; refuses where a page of the desk is in none. */
export function viewsOf({ texts }, language) {
  const views = all(texts, language);
  const missed = PAGES.filter((page) => !views.some((view) => view.page === page));
  if (missed.length > 0) throw new Error(`pages of the desk that nobody looks at: ${missed.join(", ")}`);
  return views;
}

/**
 * Brings a page before somebody, in a window of its own, and hands it to `look`.
 *
 * @param {object} office from `office`
 * @param {object} view from `viewsOf`
 * @param {object} settings Playwright's context options
 * @param {(tab: import("playwright-core").Page) => Promise<void>} look
 */
export async function show({ browser, origin, states }, { who, path, status = 200, act }, settings, look) {
  const { before, ...options } = settings;
  const context = await browser.newContext({ ...options, storageState: states[who] });
  try {
    const tab = await context.newPage();
    await before?.(tab);
    const answer = await tab.goto(origin + path, { waitUntil: "load" });
    const isLed = answer.request().redirectedFrom() !== null;
    if (isLed || answer.status() !== status) throw new Error(`${path} answers ${answer.status()}, or leads elsewhere`);
    await act?.(tab);
    await tab.evaluate(() => document.fonts.ready.then(() => true));
    await look(tab);
  } finally {
    await context.close();
  }
}
