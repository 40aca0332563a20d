// The small toolbar: headings, lists, links and emphasis for those who do not know Markdown. One toolbar serves all fields; it
// stands before the one that is being written in. Its buttons and their words are the page's own (`template`).

/** The signs around words. */
const AROUND = { bold: "**", italic: "*" };
/** The signs before lines. */
const BEFORE = { heading: "## ", list: "- " };
const KEYS = { b: "bold", i: "italic", k: "link" };

/** A text and the stretch of it that is chosen. */
function put(text, start, end, between) {
  return { value: text.value.slice(0, start) + between + text.value.slice(end), start, end: start + between.length };
}

/** Puts signs around the chosen words, or takes them away again. */
function around(text, sign) {
  const { value, start, end } = text;
  const outside = value.slice(start - sign.length, start) === sign && value.slice(end, end + sign.length) === sign;
  // One star is half of two.
  const doubled = sign === "*" && value.slice(start - 2, start) === "**" && value.slice(start - 3, start) !== "***";
  if (outside && !doubled) {
    return put(text, start - sign.length, end + sign.length, value.slice(start, end));
  }
  const { start: from, end: to, value: marked } = put(text, start, end, sign + value.slice(start, end) + sign);
  return { value: marked, start: from + sign.length, end: to - sign.length };
}

/** Puts signs before the lines that hold the chosen words, or takes them away again. */
function before(text, sign) {
  const from = text.value.lastIndexOf("\n", text.start - 1) + 1;
  const line = text.value.indexOf("\n", text.end);
  const to = line === -1 ? text.value.length : line;
  const lines = text.value.slice(from, to).split("\n");
  const all = lines.every((one) => one.startsWith(sign));
  const bare = (one) => one.replace(/^(#{1,6} |- |\d+[.)] )/u, "");
  return put(text, from, to, lines.map((one) => (all ? bare(one) : sign + bare(one))).join("\n"));
}

/** The text after a button: `mark` is one of those above, or `link` with where it leads and the words for it. */
export function marked(text, mark, href = "", title = "") {
  if (mark in AROUND) return around(text, AROUND[mark]);
  if (mark in BEFORE) return before(text, BEFORE[mark]);
  const words = text.value.slice(text.start, text.end).trim() || title || href;
  return put(text, text.start, text.end, `[${words}](${href})`);
}

/** Writes into a field so that its « undo » knows of it. */
function write(field, { value, start, end }) {
  field.focus();
  field.setSelectionRange(0, field.value.length);
  if (!document.execCommand("insertText", false, value)) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start, end);
}

const chosen = (field) => ({ value: field.value, start: field.selectionStart, end: field.selectionEnd });

/** Asks where a link leads: another document by its title, or an address. */
function askLink(dialog, field) {
  const text = chosen(field);
  const [form, documents] = [dialog.querySelector("form"), dialog.querySelector("select")];
  form.reset();
  dialog.showModal();
  dialog.onclose = () => {
    const address = form.elements.address.value.trim();
    const href = documents.value || address;
    if (dialog.returnValue !== "insert" || href === "") return field.focus();
    write(field, marked(text, "link", href, documents.value ? documents.selectedOptions[0].text : ""));
  };
}

/** One stop of Tab; the arrows go from button to button (ARIA toolbar). */
function rove(toolbar) {
  const buttons = [...toolbar.querySelectorAll("button")];
  buttons.forEach((button, index) => (button.tabIndex = index === 0 ? 0 : -1));
  toolbar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const from = buttons.indexOf(event.target);
    if (step === undefined || from === -1) return;
    event.preventDefault();
    const to = buttons[(from + step + buttons.length) % buttons.length];
    buttons.forEach((button) => (button.tabIndex = button === to ? 0 : -1));
    to.focus();
  });
}

function serve(toolbar, dialog) {
  let field;
  const act = (mark) => (mark === "link" ? askLink(dialog, field) : write(field, marked(chosen(field), mark)));
  rove(toolbar);
  // A button must not take the focus, or the chosen words are lost from sight.
  toolbar.addEventListener("mousedown", (event) => event.preventDefault());
  toolbar.addEventListener("click", (event) => {
    const mark = event.target.closest("button")?.dataset.mark;
    if (mark) act(mark);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches("textarea[data-markdown]") || target === field) return;
    field = target;
    toolbar.setAttribute("aria-controls", field.id);
    field.before(toolbar);
  });
  document.addEventListener("keydown", (event) => {
    const mark = KEYS[event.key.toLowerCase()];
    if (!mark || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.target !== field) return;
    event.preventDefault();
    act(mark);
  });
}

const template = globalThis.document?.querySelector("template[data-toolbar]");
if (template) {
  const parts = template.content.cloneNode(true);
  const [toolbar, dialog] = [parts.querySelector("[role=toolbar]"), parts.querySelector("dialog")];
  document.body.append(dialog);
  serve(toolbar, dialog);
}
