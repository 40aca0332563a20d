// The desk's scripts, each by itself in an empty page: what they make of a text, of what is pasted, of a form being written in.

import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";

const source = (name) => readFile(new URL(`../../../static/desk/${name}.js`, import.meta.url), "utf8");

/** Texts and how many words they have, on which the server is tried as well. */
const COUNTS = JSON.parse(await readFile(new URL("../../data/word-counts.json", import.meta.url), "utf8"));

/** HTML as browsers, Word and Google's documents copy it, and its Markdown. */
const PASTES = [
  ["<p>Un  mot</p>\n<p>Deux</p>", "Un mot\n\nDeux"],
  ["<h1>Titre</h1><h3><b>Sous-titre</b></h3>", "## Titre\n\n### Sous-titre"],
  ["<ul><li>un<ul><li>a</li></ul></li><li><p>deux</p></li></ul>", "- un\n   - a\n- deux"],
  ["<ol><li>un</li><li>deux</li></ol><p>fin</p>", "1. un\n2. deux\n\nfin"],
  ["<a href='https://exemple.quebec/a'>ici </a>là", "[ici](https://exemple.quebec/a)là"],
  ["<a href='javascript:alert(1)'>ici</a> <a href='file:///c:/a'>là</a>", "ici là"],
  ["<b>gras </b>et <i>ital<b>ique</b></i>", "**gras** et *ital**ique***"],
  ["<b style='font-weight:normal'><p><span style='font-weight:700'>gras</span> maigre</p></b>", "**gras** maigre"],
  ["<p>5 * 3 [a] `b` &lt;i&gt; un_deux</p><p># non</p><p>1. non</p><p>- non</p>", "5 \\* 3 \\[a\\] \\`b\\` \\<i> un\\_deux\n\n\\# non\n\n1\\. non\n\n\\- non"],
  ["<style>p{}</style><script>x</script><p>a<img src=x alt=y><o:p>&nbsp;</o:p></p><!-- non -->", "a"],
  ["<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb"],
  ["un<br>deux", "un\\\ndeux"],
  [
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>  </span></span>un</p>" +
      "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.</span>deux</p>",
    "- un\n   1. deux",
  ],
  ["", ""],
];

/** A text with its chosen words between bars, what is done to it, and the text after. */
const MARKS = [
  ["un |mot| ici", ["bold"], "un **|mot|** ici"],
  ["un **|mot|** ici", ["bold"], "un |mot| ici"],
  ["un **|mot|** ici", ["italic"], "un ***|mot|*** ici"],
  ["un *|mot|* ici", ["italic"], "un |mot| ici"],
  ["u|n\nde|ux\ntrois", ["list"], "|- un\n- deux|\ntrois"],
  ["- u|n\n- de|ux", ["list"], "|un\ndeux|"],
  ["- titre||", ["heading"], "|## titre|"],
  ["voir |ici|.", ["link", "/d/5", "Mission"], "voir |[ici](/d/5)|."],
  ["voir ||", ["link", "/d/5", "Mission"], "voir |[Mission](/d/5)|"],
];

function unbarred(barred) {
  const [before, between, after] = barred.split("|");
  const start = before.length;
  return { value: before + between + after, start, end: start + between.length };
}

/** Calls an export of a script in the page with each of these arguments. */
async function called(page, script, name, calls) {
  const code = await source(script);
  const run = async ({ code, name, calls }) => {
    const script = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    return calls.map((call) => script[name](...call));
  };
  return page.evaluate(run, { code, name, calls });
}

/** Runs in the page: a form that is typed into twice, whose first keeping fails; what was kept and said. */
async function keepsTyping(code) {
  const { watch } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  document.body.innerHTML = '<form><textarea name="a">un</textarea></form>';
  const form = document.querySelector("form");
  const [sent, said] = [[], []];
  const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const keep = async (body) => sent.push(String(body)) > 1;
  const watched = watch(form, keep, (state) => said.push(state), { rest: 20, longest: 60, retry: 40 });
  const before = watched.isDirty();
  for (const words of ["deux", "trois"]) {
    form.elements.a.value = words;
    form.elements.a.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const during = watched.isDirty();
  await rest(400);
  return { sent, said, dirty: [before, during, watched.isDirty()] };
}

/** A list of three lines whose last is dragged above the first: the order, and what the fields say. */
async function dragsLines(page) {
  const line = (name) => `<li style="height: 60px"><input class="position" name="${name}"></li>`;
  await page.setContent(`<style>.grip { display: block; width: 20px; height: 20px }</style><ol>${["a", "b", "c"].map(line).join("")}</ol>`);
  await page.evaluate(async (code) => {
    const { order } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    order(document.querySelector("ol"));
  }, await source("order"));
  const [first, , last] = await Promise.all((await page.$$(".grip")).map((grip) => grip.boundingBox()));
  await page.mouse.move(last.x + 5, last.y + 5);
  await page.mouse.down();
  await page.mouse.move(first.x + 5, first.y - 5, { steps: 5 });
  await page.mouse.up();
  return page.$$eval("input", (fields) => fields.map(({ name, value }) => name + value));
}

export async function scripts({ browser }, fail) {
  const page = await browser.newPage();
  let done = 0;
  const compare = (what, found, expected) => {
    done += 1;
    if (!isDeepStrictEqual(found, expected)) fail(what, `${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
  };
  try {
    const counts = await called(page, "counts", "words", COUNTS.map(([text]) => [text]));
    COUNTS.forEach(([text, expected], index) => compare(`counts « ${text} »`, counts[index], expected));
    const pastes = await called(page, "paste", "markdown", PASTES.map(([html]) => [html]));
    PASTES.forEach(([html, expected], index) => compare(`paste « ${html} »`, pastes[index], expected));
    const marks = await called(page, "toolbar", "marked", MARKS.map(([text, done]) => [unbarred(text), ...done]));
    MARKS.forEach(([text, , after], index) => compare(`toolbar « ${text} »`, marks[index], unbarred(after)));
    const kept = await page.evaluate(keepsTyping, await source("autosave"));
    compare("autosave", kept, { sent: ["a=trois", "a=trois"], said: ["failed", "kept"], dirty: [false, true, false] });
    compare("order", await dragsLines(page), ["c1", "a2", "b3"]);
  } finally {
    await page.close();
  }
  return `${done} cases of the desk's scripts`;
}
