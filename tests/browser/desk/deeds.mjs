// What people do at the desk, a deed each, as the story and the office need them.

import { person } from "./person.mjs";

export const FRENCH = "textarea[lang='fr-CA'][data-markdown]";
export const ENGLISH = "textarea[lang='en-CA'][data-markdown]";

/** The French page of the desk about a document. */
export const at = (number, page = "") => `/admin/fr/documents/${number}${page}`;

/** A moment so many seconds ahead, as clocks of Québec show it: date, time, and when that is. */
export function ahead(seconds) {
  const when = new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000);
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/Toronto", dateStyle: "short", timeStyle: "medium" });
  const [day, time] = parts.format(when).split(" ");
  return { day, time, when: when.getTime() };
}

/** Opens an account; resolves to the link by which its password is chosen. */
export async function invite(founder, [name, email, role]) {
  await founder.go("/admin/fr/comptes");
  await founder.fill("#name", name);
  await founder.fill("#email", email);
  await founder.choose("#role", role);
  await founder.press("button[value=open]");
  return founder.page.inputValue("#link");
}

/** Opens an account for somebody, who comes in by the link. */
export async function open(founder, browser, way, settings, account) {
  const link = await invite(founder, account);
  const somebody = await person(browser, way, settings);
  await somebody.invited(link);
  return somebody;
}

export async function submit(author) {
  await author.press(".deeds button[value=review]");
  await author.press("button[value=submit]");
  await author.says(".notice.done", "soumis");
}

/** The author changes a text in both languages and submits it. */
export async function draft(author, number, words, english = "A change.") {
  await author.go(at(number));
  await author.press("a[href$='/modifier']");
  await author.append(FRENCH, words);
  await author.append(ENGLISH, english);
  await submit(author);
}

export async function approve(editor, number) {
  await editor.go("/admin/fr");
  await editor.press(`a[href$='/documents/${number}/examen']`);
  await editor.press("button[value=approve]");
}

export async function giveBack(editor, number, remark) {
  await editor.go("/admin/fr");
  await editor.press(`a[href$='/documents/${number}/examen']`);
  await editor.fill("#remark", remark);
  await editor.press("button[value=return]");
}

export async function publish(editor, number, later) {
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

export async function withdraw(editor, number) {
  await editor.go(at(number));
  await editor.press("a[href$='/retrait']");
  await editor.fill("#reason-fr", "Repris ailleurs.");
  await editor.fill("#reason-en", "Taken up elsewhere.");
  await editor.press("button[value=withdraw]");
}
