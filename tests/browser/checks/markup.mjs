// HTML as the standard has it (W31), on every page and error page.

import { HtmlValidate } from "html-validate";

import { everyPage } from "../site.mjs";

const CONFIGURATION = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  rules: {
    // A rule about search results, not about HTML: the institution's official name alone has 61 of its 70 characters.
    "long-title": "off",
    // Stylesheet and scripts come from the page's own origin, which is as trusted as the page; others are refused.
    "require-sri": ["error", { target: "crossorigin" }],
  },
};

export async function markup(site, fail) {
  const validator = new HtmlValidate(CONFIGURATION);
  for (const page of everyPage(site)) {
    const report = await validator.validateString(page.body);
    for (const { line, column, ruleId, message } of report.results.flatMap(({ messages }) => messages)) {
      fail(page.path, `${line}:${column} ${message} (${ruleId})`);
    }
  }
  return `${everyPage(site).length} pages, html-validate's recommended rules`;
}
