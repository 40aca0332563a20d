// A desk in the middle of its work: people of every role, and a text in every state that a page can show.

import { ENGLISH, FRENCH, ahead, approve, at, draft, giveBack, invite, open, publish, submit, withdraw } from "./deeds.mjs";
import { person } from "./person.mjs";

/** Which document stands where. */
export const TEXTS = {
  list: 4,
  typed: 6,
  live: 7,
  submitted: 8,
  returned: 9,
  approved: 10,
  withdrawn: 11,
  also: 12,
  scheduled: 13,
  disputed: 14,
  faulty: 15,
  representative: 17,
};

const MONTH = 30 * 86_400;
const CLAIMS = ["Un bilan en est publié le 1er janvier à Quebec.", "Le Ministère rend compte chaque automne."];

/** Writes a French sentence alone, whose English lags from then on, with words that ask for advice. */
async function lag(author) {
  await author.go(at(TEXTS.returned, "/modifier"));
  await author.append(FRENCH, CLAIMS[0]);
  await author.press(".deeds button[value=save]");
}

/** Two people change one passage from the same text; resolves to the path of the page that asks the second one. */
async function dispute(author, editor) {
  for (const one of [author, editor]) await one.go(at(TEXTS.disputed, "/modifier"));
  for (const [index, one] of [author, editor].entries()) {
    await one.append(FRENCH, CLAIMS[index]);
    await one.append(ENGLISH, "A report follows.");
    await one.press(".deeds button[value=save]");
  }
  return new URL(editor.page.url());
}

/** A text that somebody approved, and that cannot go out: a link of it leads nowhere. */
async function spoil(author, editor) {
  await author.go(at(TEXTS.faulty, "/modifier"));
  await author.append(FRENCH, "Voir [ce texte](/d/9999).");
  await author.fill(ENGLISH, "");
  await submit(author);
  await approve(editor, TEXTS.faulty);
}

/** The text in effect is corrected while another is scheduled after it. */
async function correct(author) {
  await author.go(at(TEXTS.scheduled));
  await author.press("a[href*='/modifier?revision=']");
  await author.append(FRENCH, CLAIMS[0]);
  await author.append(ENGLISH, "A report follows.");
  await submit(author);
}

/** Types, and goes away without saving once the desk has it. */
async function typeOnly(author) {
  await author.go(at(TEXTS.typed, "/modifier"));
  await author.append(FRENCH, "À suivre.");
  await author.page.waitForFunction(() => document.querySelector("[data-autosave-status]").textContent !== "");
}

async function create(author) {
  await author.go("/admin/fr/documents/nouveau");
  await author.tick("#kind-mandate");
  await author.fill("#title-fr", "Accueillir les délégations étrangères");
  await author.press("button[value=create]");
  return Number(/\d+/.exec(new URL(author.page.url()).pathname)[0]);
}

/** Opens a new desk and works at it; resolves to who is there, where their texts stand, and how to leave. */
export async function office(browser, origin, founding) {
  const way = { origin, byKeyboard: false, look: async () => {} };
  const settings = { viewport: { width: 1280, height: 900 } };
  const founder = await person(browser, way, settings);
  await founder.invited(founding, { name: "Claire Fortin", email: "claire@exemple.ca" });
  const author = await open(founder, browser, way, settings, ["Marie Tremblay", "marie@exemple.ca", "Rédaction"]);
  const editor = await open(founder, browser, way, settings, ["Paul Gagnon", "paul@exemple.ca", "Approbation"]);
  const invited = await invite(founder, ["Josée Bélanger-Lachapelle", "josee.belanger-lachapelle@exemple.ca", "Rédaction"]);
  await founder.go("/admin/fr/comptes");
  await founder.press(".rows a:has-text('Josée')");
  const whose = new URL(founder.page.url()).pathname;
  for (const number of [TEXTS.live, TEXTS.scheduled, TEXTS.approved, TEXTS.also, TEXTS.submitted, TEXTS.returned]) {
    await draft(author, number, CLAIMS[1], "The Ministère reports every fall.");
  }
  const texts = { ...TEXTS, invited };
  await approve(editor, TEXTS.live);
  await publish(editor, TEXTS.live);
  texts.release = new URL(editor.page.url()).pathname;
  await approve(editor, TEXTS.scheduled);
  await publish(editor, TEXTS.scheduled, ahead(MONTH));
  texts.ahead = new URL(editor.page.url()).pathname;
  await approve(editor, TEXTS.approved);
  await approve(editor, TEXTS.also);
  await giveBack(editor, TEXTS.returned, "La date est à préciser.\nEt l’anglais ne dit pas la même chose.");
  await lag(author);
  await submit(author);
  await giveBack(editor, TEXTS.returned, "La date est à préciser.\nEt l’anglais ne dit pas la même chose.");
  await withdraw(editor, TEXTS.withdrawn);
  texts.merge = await dispute(author, editor);
  await spoil(author, editor);
  await correct(author);
  texts.created = await create(author);
  await typeOnly(author);
  const people = { founder, author, editor };
  const states = {};
  for (const [name, one] of Object.entries(people)) states[name] = await one.page.context().storageState();
  const close = () => Promise.all(Object.values(people).map((one) => one.close()));
  return { origin, browser, texts: { ...texts, person: whose }, states, close };
}
