// What staff do at the desk from the first day on, told as one story: each step is seen where readers see it.

import { FRENCH, ahead, approve, at, draft, giveBack, open, publish, submit, withdraw } from "./deeds.mjs";
import { person } from "./person.mjs";

const MANDATE = 7;
/** How many it may take somebody who never saw the desk, from the sign-in page to the end of their part. */
const STEPS = 6;
const PAGE = "/fr/mandats/action-a-l-etranger";

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
  await giveBack(editor, MANDATE, "Dites-le mieux.");
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
  await submit(author);
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

async function explain(editor, reader) {
  await withdraw(editor, 11);
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
  await submit(author);
  await approve(editor, 4);
  await publish(editor, 4);
  await reader.goto("/fr/mandats");
  expect((await first()) !== before, "a reordering does not show");
}

/** Somebody signs in and does their part by what the pages offer, in a few steps: links followed and forms sent. */
async function inFewSteps(browser, way, settings, email, part) {
  const somebody = await person(browser, way, settings);
  await somebody.signIn(email);
  await part(somebody);
  expect(somebody.steps() <= STEPS, `${email} needs ${somebody.steps()} steps`);
  await somebody.close();
}

async function shortWay(browser, way, settings) {
  await inFewSteps(browser, way, settings, "marie@exemple.ca", async (author) => {
    await author.press(".headed a");
    await author.press(".entry a[href$='/documents/14']");
    await author.press(".decisions a[href$='/modifier']");
    await author.append(FRENCH, "En peu de pas.");
    await submit(author);
  });
  await inFewSteps(browser, way, settings, "paul@exemple.ca", async (editor) => {
    await editor.press("a.act[href$='/documents/14/examen']");
    await editor.press("button[value=approve]");
    await publish(editor, 14);
    await editor.says(".receipt .good", "est en ligne");
  });
}

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
  await explain(editor, reader);
  await reorder(author, editor, reader);
  await shortWay(browser, way, settings);
  await Promise.all([founder, author, editor, context].map((one) => one.close()));
}
