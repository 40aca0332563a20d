// Somebody at the desk: with a mouse, or with the keyboard alone.

const STOPS = 400;
export const PASSWORD = "crayon girafe moulin";

/** Runs in the page: whether the element that has the focus is the one that is looked for. */
const isFocused = (selector) => document.activeElement?.matches(selector) ?? false;

/** Runs in the page: every id twice, and how much wider than its window the page is. */
function untidy() {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
  return { twice, over: document.documentElement.scrollWidth - window.innerWidth };
}

/**
 * A browser window of one person.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {{origin: string, byKeyboard: boolean, look: (page: import("playwright-core").Page) => Promise<void>}} way
 * @param {object} settings Playwright's context options
 */
export async function person(browser, way, settings) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  let steps = 0;

  async function arrived() {
    await page.waitForLoadState("load");
    const { twice, over } = await page.evaluate(untidy);
    if (twice.length > 0) throw new Error(`${page.url()}: an id twice: ${twice}`);
    if (over > 0) throw new Error(`${page.url()}: ${over} px wider than the window`);
    await way.look(page);
  }

  /** Brings the focus to an element, as Tab does. */
  async function reach(selector) {
    for (let stop = 0; stop < STOPS; stop += 1) {
      if (await page.evaluate(isFocused, selector)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`${page.url()}: Tab does not reach ${selector}`);
  }

  const self = {
    page,
    async go(path) {
      await page.goto(path.startsWith("http") ? path : way.origin + path);
      await arrived();
    },
    /** Types into a field instead of what is there. */
    async fill(selector, words) {
      if (!way.byKeyboard || /^\d/.test(words)) return page.fill(selector, words);
      await reach(selector);
      await page.keyboard.press("Control+A");
      return page.keyboard.insertText(words);
    },
    /** Adds words at the end of a field. */
    async append(selector, words) {
      return self.fill(selector, `${(await page.inputValue(selector)).trimEnd()} ${words}`);
    },
    async choose(selector, label) {
      if (!way.byKeyboard) return page.selectOption(selector, { label });
      await reach(selector);
      // A letter that has no key of its own would go into a text field.
      return page.keyboard.type(/^[ -~]*/.exec(label)[0]);
    },
    async tick(selector) {
      if (!way.byKeyboard) return page.check(selector);
      await page.focus(selector);
      return page.keyboard.press("Space");
    },
    /** Follows a link or presses a button, and waits for what comes. */
    async press(selector) {
      const comes = page.waitForNavigation({ waitUntil: "load" });
      if (way.byKeyboard) {
        await reach(selector);
        await page.keyboard.press("Enter");
      } else {
        await page.click(selector);
      }
      await comes;
      await arrived();
      steps += 1;
    },
    /** How many links were followed and forms sent so far. */
    steps: () => steps,
    async says(selector, words) {
      const found = await page.locator(selector).allTextContents();
      if (found.some((text) => text.replace(/\s+/g, " ").includes(words))) return;
      throw new Error(`${page.url()}: ${selector} does not say « ${words} » but « ${found.join(" | ").replace(/\s+/g, " ")} »`);
    },
    async signIn(email) {
      await self.go("/admin/fr/session");
      await self.fill("#email", email);
      await self.fill("#password", PASSWORD);
      await self.press("main button");
    },
    /** Chooses a password by a one-time link. */
    async invited(link, fields = {}) {
      await self.go(link);
      for (const [name, words] of Object.entries(fields)) await self.fill(`#${name}`, words);
      await self.fill("#password", PASSWORD);
      await self.fill("#password-again", PASSWORD);
      await self.press("main button");
    },
    close: () => context.close(),
  };
  return self;
}
