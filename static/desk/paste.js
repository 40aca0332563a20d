// What is pasted from Word or the web becomes plain Markdown: headings, lists, links and emphasis, and nothing else.

const HEADINGS = { H1: "##", H2: "##", H3: "###", H4: "####", H5: "####", H6: "####" };
const UNREAD = new Set(["SCRIPT", "STYLE", "HEAD", "TITLE", "META", "LINK", "TEMPLATE", "IMG", "SVG", "OBJECT", "IFRAME"]);
const BLOCKS = new Set([
  ...["ADDRESS", "ARTICLE", "ASIDE", "BLOCKQUOTE", "DD", "DIV", "DL", "DT", "FIGCAPTION", "FIGURE", "FOOTER", "HEADER", "HR"],
  ...["MAIN", "NAV", "P", "PRE", "SECTION", "TABLE", "TBODY", "TD", "TFOOT", "TH", "THEAD", "TR"],
]);
/** How deep lists may lie in each other before they are read as one. */
const DEEPEST = 6;

/** Words that would be markup if they were left as they are. */
const escaped = (text) => text.replace(/[\\`*_[\]<]/gu, "\\$&");

/** A block that begins like a heading, a list or a quotation without being one. */
const guarded = (line) => line.replace(/^(?=#{1,6}(?:\s|$)|[-+>]\s)/u, "\\").replace(/^(\d+)(?=[.)]\s)/u, "$1\\");

/** Emphasis around words; the spaces beside them stay outside, where Markdown wants them. */
function around(mark, text) {
  const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/u.exec(text);
  return words === "" ? text : `${before}${mark}${words}${mark}${after}`;
}

/** Whether an element makes its words bold or italic, or says that they are not; `undefined` where it says nothing. */
function weight(element) {
  const style = element.style?.fontWeight ?? "";
  if (style !== "") return style === "bold" || style === "bolder" || Number(style) >= 600;
  return ["B", "STRONG"].includes(element.tagName) ? true : undefined;
}

function slant(element) {
  const style = element.style?.fontStyle ?? "";
  if (style !== "") return style === "italic" || style === "oblique";
  return ["I", "EM", "CITE"].includes(element.tagName) ? true : undefined;
}

/** Where a link may lead. */
const leads = (href) => /^(https?:\/\/|mailto:|tel:)[^\s()<>\\]+$/iu.test(href);

/** The words of an element and of those in it, as one line. */
function inline(node, state = {}) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/[\s\u00a0]+/gu, " "));
  if (node.nodeType !== Node.ELEMENT_NODE || isUnread(node)) return "";
  if (node.tagName === "BR") return "\n";
  const [bold, italic] = [weight(node) ?? state.bold ?? false, slant(node) ?? state.italic ?? false];
  const content = [...node.childNodes].map((child) => inline(child, { bold, italic })).join("");
  const href = node.tagName === "A" ? (node.getAttribute("href") ?? "").trim() : "";
  let text = leads(href) && content.trim() !== "" ? `[${content.trim()}](${href})` : content;
  if (italic && !state.italic) text = around("*", text);
  return bold && !state.bold ? around("**", text) : text;
}

/** What nobody reads: scripts, pictures, what is hidden, and the bullets that Word writes before its items. */
function isUnread(element) {
  const style = element.getAttribute?.("style") ?? "";
  return UNREAD.has(element.tagName.toUpperCase()) || /mso-list:\s*ignore|display:\s*none/iu.test(style);
}

/** A list item of Word is a paragraph with a class; its bullet or number comes first, to be ignored. */
function wordItem(element) {
  const style = element.getAttribute("style") ?? "";
  const level = /mso-list:\s*l\d+\s+level(\d)/iu.exec(style);
  if (element.tagName !== "P" || !level) return undefined;
  const mark = [...element.querySelectorAll("[style]")].find((one) => /mso-list:\s*ignore/iu.test(one.getAttribute("style")));
  return { depth: Number(level[1]) - 1, ordered: /^\s*\(?[\da-z]{1,3}[.)]/iu.test(mark?.textContent ?? "") };
}

const tidy = (line) => line.replace(/ +/gu, " ").replace(/ ?\n ?/gu, "\\\n").replace(/(\\\n)+$/u, "").trim();

/** What begins an item: three columns inward for each level. */
const bullet = (depth, mark) => `${"   ".repeat(Math.min(depth, DEEPEST))}${mark} `;

/** Blocks being gathered: each is `{ text, item }`, and items that follow each other make one list. */
class Blocks {
  all = [];
  line = "";

  end(prefix = "", item = false) {
    const text = tidy(this.line);
    this.line = "";
    if (text !== "") this.all.push({ text: prefix === "" ? guarded(text) : prefix + text, item });
  }

  toString() {
    const gap = (item, before) => (before === undefined ? "" : item && before.item ? "\n" : "\n\n");
    return this.all.map(({ text, item }, index) => gap(item, this.all[index - 1]) + text).join("");
  }
}

const isList = (node) => ["UL", "OL"].includes(node.tagName);

/** Reads a list and those in it; browsers and Word put the inner ones in an item or between two. */
function list(element, blocks, depth) {
  let number = 0;
  for (const item of element.children) {
    if (isList(item)) list(item, blocks, depth + 1);
    if (item.tagName !== "LI" || isUnread(item)) continue;
    number += 1;
    const words = [...item.childNodes].filter((child) => !isList(child));
    const spaced = words.map((child) => inline(child) + (BLOCKS.has(child.tagName) ? " " : ""));
    blocks.line = spaced.join("").replaceAll("\n", " ");
    blocks.end(bullet(depth, element.tagName === "OL" ? `${number}.` : "-"), true);
    [...item.children].filter(isList).forEach((inner) => list(inner, blocks, depth + 1));
  }
}

/** Reads what is in an element into blocks. */
function read(node, blocks) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.ELEMENT_NODE && isUnread(child)) continue;
    const item = child.nodeType === Node.ELEMENT_NODE ? wordItem(child) : undefined;
    if (item) {
      blocks.end();
      blocks.line = inline(child);
      blocks.end(bullet(item.depth, item.ordered ? "1." : "-"), true);
    } else if (child.tagName in HEADINGS) {
      blocks.end();
      blocks.line = inline(child, { bold: true }).replaceAll("\n", " ");
      blocks.end(`${HEADINGS[child.tagName]} `);
    } else if (isList(child)) {
      blocks.end();
      list(child, blocks, 0);
    } else if (BLOCKS.has(child.tagName) || holdsBlocks(child)) {
      blocks.end();
      read(child, blocks);
      blocks.end();
    } else {
      blocks.line += inline(child);
    }
  }
}

/** Google's documents wrap paragraphs in one `b`, other sites in `span`. */
function holdsBlocks(node) {
  const blocks = "p, div, ul, ol, table, h1, h2, h3, h4, h5, h6";
  return node.nodeType === Node.ELEMENT_NODE && node.querySelector(blocks) !== null;
}

/** The Markdown of an HTML text. */
export function markdown(html) {
  const blocks = new Blocks();
  read(new DOMParser().parseFromString(html, "text/html").body, blocks);
  blocks.end();
  return blocks.toString();
}

if (globalThis.document) {
  document.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (html === "" || !event.target.matches?.("textarea[data-markdown]")) return;
    event.preventDefault();
    // The only way to put words into a field that its « undo » knows of.
    document.execCommand("insertText", false, markdown(html));
  });
}
