// What staff do at the desk from the first day on, told as one story: each step is seen where readers see it.

import { person } from "./person.mjs";

const MANDATE = 7;
const PAGE = "/fr/mandats/action-a-l-etranger";
const at = (number, page = "") => `/admin/fr/documents/${number}${page}`;
const FRENCH = "textarea[lang='fr-CA'][data-markdown]";
const ENGLISH = "textarea[lang='en-CA'][data-markdown]";

/** A moment so many seconds ahead, as clocks of Québec show it: date, time, and when that is. */
function ahead(seconds) {
  const when = new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000);
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/Toronto", dateStyle: "short", timeStyle: "medium" });
  const [day, time] = parts.format(when).split(" ");
  return { day, time, when: when.getTime() };
}

async function open(founder, browser, way, settings, [name, email, role]) {
  await founder.go("/admin/fr/comptes");
  await founder.fill("#name", name);
  await founder.fill("#email", email);
  await founder.choose("#role", role);
  await founder.press("button[value=open]");
  const link = await founder.page.inputValue("#link");
  const somebody = await person(browser, way, settings);
  await somebody.invited(link);
  return somebody;
}

/** The author changes a text in both languages and submits it. */
async function draft(author, number, words, english = "A change.") {
  await author.go(at(number));
  await author.press("a[href$='/modifier']");
  await author.append(FRENCH, words);
  await author.append(ENGLISH, english);
  await author.press(".deeds button[value=review]");
  await author.press("button[value=submit]");
  await author.says(".notice.done", "soumis");
}

async function approve(editor, number) {
  await editor.go("/admin/fr");
  await editor.press(`a[href$='/documents/${number}/examen']`);
  await editor.press("button[value=approve]");
}

async function publish(editor, number, later) {
  await editor.press(`a[href$='/documents/${number}/publication']`);
  await editor.fill("#note-fr", "Précision.");
  await editor.fill("#note-en", "Clarification.");
  if (later) {
    await editor.tick("#when-later");
    await editor.fill("#of-day", later.day);
    await editor.fill("#of-time", later.time);
  }
  await editor.press("button[value=publish]");
}

async function publishNow(author, editor, number, words) {
  await draft(author, number, words);
  await approve(editor, number);
  await publish(editor, number);
  await editor.says(".receipt .good", "est en ligne");
}

const shows = async (reader, path, words) => {
  await reader.goto(path);
  return (await reader.textContent("main")).includes(words);
};

function expect(fact, told) {
  if (!fact) throw new Error(told);
}

/** Returned, resubmitted, approved, published. */
async function toThePublic(author, editor, reader) {
  await draft(author, MANDATE, "Premier jet.");
  await editor.go("/admin/fr");
  await editor.press(`a[href$='/documents/${MANDATE}/examen']`);
  await editor.fill("#remark", "Dites-le mieux.");
  await editor.press("button[value=return]");
  await author.go("/admin/fr");
  await author.says(".remark", "Dites-le mieux.");
  await draft(author, MANDATE, "Mieux dit.", "Better put.");
  await approve(editor, MANDATE);
  expect(!(await shows(reader, PAGE, "Mieux dit.")), "a text shows before it is published");
  await publish(editor, MANDATE);
  await editor.says(".receipt .good", "est en ligne en français et en anglais à");
  expect(await shows(reader, PAGE, "Mieux dit."), "a text that was published does not show");
}

/** A new address leaves a redirect behind. */
async function readdress(author, editor, reader) {
  await author.go(at(MANDATE, "/modifier"));
  await author.fill("#slug-fr", "action-exterieure");
  await author.press(".deeds button[value=review]");
  await author.press("button[value=submit]");
  await approve(editor, MANDATE);
  await publish(editor, MANDATE);
  await reader.goto(PAGE);
  expect(reader.url().endsWith("/fr/mandats/action-exterieure"), `the old address leads to ${reader.url()}`);
}

/** One text goes live at its second; another one was cancelled. */
async function schedule(author, editor, reader) {
  const [kept, dropped] = [8, 10];
  for (const number of [kept, dropped]) await draft(author, number, "À l’heure dite.");
  await approve(editor, dropped);
  await publish(editor, dropped, ahead(60));
  await editor.press("button[value=cancel]");
  await editor.says(".heading .tag", "Annulée");
  await approve(editor, kept);
  await editor.go(at(kept, "/examen"));
  const later = ahead(10);
  await publish(editor, kept, later);
  await editor.says(".notice.done", "prévue");
  const path = await reader.goto(`/d/${kept}`).then(() => reader.url());
  while (Date.now() < later.when - 300) {
    expect(!(await shows(reader, path, "À l’heure dite.")), "a text shows before its second");
  }
  await reader.waitForTimeout(Math.max(0, later.when + 1000 - Date.now()));
  expect(await shows(reader, path, "À l’heure dite."), "a text does not show at its second");
  expect(!(await shows(reader, `/d/${dropped}`, "À l’heure dite.")), "a cancelled text shows");
}

async function withdraw(editor, reader) {
  await editor.go(at(11));
  await editor.press("a[href$='/retrait']");
  await editor.fill("#reason-fr", "Repris ailleurs.");
  await editor.fill("#reason-en", "Taken up elsewhere.");
  await editor.press("button[value=withdraw]");
  await editor.says(".receipt .good", "n’est plus en ligne");
  await reader.goto("/d/11");
  expect((await reader.textContent(".withdrawn")).includes("Repris ailleurs."), "a withdrawal does not explain itself");
}

async function reorder(author, editor, reader) {
  const first = () => reader.locator(".mandates > li h2, .mandates > li h3").first().textContent();
  await reader.goto("/fr/mandats");
  const before = await first();
  await author.go(at(4, "/modifier"));
  await author.press("button[value='member-up:6']");
  await author.press(".deeds button[value=review]");
  await author.press("button[value=submit]");
  await approve(editor, 4);
  await publish(editor, 4);
  await reader.goto("/fr/mandats");
  expect((await first()) !== before, "a reordering does not show");
}

/** The pages that nobody has come by yet. */
const OTHERS = ["/admin/fr/documents", at(MANDATE), at(MANDATE, "/historique?from=1&to=2"), "/admin/fr/publications"];
const ADMINISTRATION = ["/admin/fr/journal", "/admin/fr/parametres", at(14, "/caviardage"), "/admin/fr/compte"];

/** Plays the whole story on a new site; `founding` is the link that opens the first account. */
export async function story(browser, way, settings, founding) {
  const founder = await person(browser, way, settings);
  await founder.invited(founding, { name: "Claire Fortin", email: "claire@exemple.ca" });
  const author = await open(founder, browser, way, settings, ["Marie Tremblay", "marie@exemple.ca", "Rédaction"]);
  const editor = await open(founder, browser, way, settings, ["Paul Gagnon", "paul@exemple.ca", "Approbation"]);
  const context = await browser.newContext({ baseURL: way.origin });
  const reader = await context.newPage();
  await toThePublic(author, editor, reader);
  await readdress(author, editor, reader);
  await schedule(author, editor, reader);
  await withdraw(editor, reader);
  await reorder(author, editor, reader);
  for (const path of OTHERS) {
    await editor.go(path);
    await editor.go(path.replace("/admin/fr", "/admin/en").replace("/historique", "/history").replace("/publications", "/releases"));
  }
  for (const path of ADMINISTRATION) await founder.go(path);
  await Promise.all([founder, author, editor, context].map((one) => one.close()));
}
