// What these checks know of the site beforehand: where to start, which errors it answers, what kinds of pages it has.

/** Where the walk starts; all else must be reachable from here. */
export const SEEDS = [
  "/",
  "/fr",
  "/en",
  // No link asks anything.
  "/fr/recherche?q=gouvernement",
  "/en/search?q=gouvernment",
  "/fr/citation?q=assurer+la+pr%C3%A9sentation+du+Qu%C3%A9bec+%C3%A0+l%E2%80%99%C3%A9tranger",
  "/en/quote?q=The+mission+of+the+Minist%C3%A8re+is+to+direct",
];

/** Pages that the walk must have met, or it has met nothing. */
export const LANDMARKS = {
  home: ["/fr", "/en"],
  mandates: ["/fr/mandats", "/en/mandates"],
  plan: ["/fr/plan-du-site", "/en/site-map"],
  mission: ["/fr/mission", "/en/mission"],
  search: ["/fr/recherche", "/en/search"],
  vision: ["/fr/vision", "/en/vision"],
  representatives: ["/fr/representants", "/en/representatives"],
};

/** Error pages that can be provoked from outside. */
export const ERRORS = [
  { method: "GET", path: "/fr/nope", status: 404 },
  { method: "GET", path: "/en/nope", status: 404 },
  { method: "POST", path: "/fr", status: 405 },
  { method: "POST", path: "/en", status: 405 },
];

/** Addresses whose answer may be a redirect although a page links to them: the root, and permanent short links. */
export const DECIDED_REDIRECTS = [/^\/$/, /^(\/en)?\/d\/\d+$/];

/** The language that an address promises, `fr-CA` at the root (Q11). */
export function languageOf(path) {
  return /^\/en(\/|$)/.test(path) ? "en-CA" : "fr-CA";
}

/** Whether a page is the history of another: one template, whose words are those of the page. */
export function isHistory({ path }) {
  return /\/(historique|history)(\?|$)/.test(path);
}

/** Pages of one kind share a name: `/fr/mandats/x` and `/fr/mandats/y` are both `fr-CA mandats/*`. */
export function templateOf({ path, status }) {
  const [, section = "home", slug] = path.split("/").slice(1);
  if (status !== 200) return `${languageOf(path)} ${status}`;
  if (isHistory({ path })) return `${languageOf(path)} history${path.includes("?") ? "?" : ""}`;
  return `${languageOf(path)} ${section}${slug === undefined ? "" : "/*"}`;
}

/** Every page and error page, each address once: the root repeats the French home page. */
export function everyPage(site) {
  return [...[...site.pages.values()].filter(({ path }) => path !== "/"), ...site.errors];
}

/** One page of every kind in each language, error pages too, and all texts that the awkward content made or changed. */
export function samples(site) {
  const seen = new Set();
  return everyPage(site).filter((page) => {
    const template = templateOf(page);
    const first = !seen.has(template);
    seen.add(template);
    return first || (site.awkward.has(page.path) && !isHistory(page));
  });
}

/** Home, the mandates, one mandate and one profile in both languages: the pages that most readers see. */
export function keyPages(site) {
  const first = (prefix) => [...site.pages.keys()].find((path) => path.startsWith(`${prefix}/`));
  const paths = [
    ...LANDMARKS.home,
    ...LANDMARKS.mandates,
    ...LANDMARKS.mandates.map(first),
    ...LANDMARKS.representatives.map(first),
  ];
  return paths.map((path) => {
    if (!site.pages.has(path)) throw new Error(`the walk met no home, mandates, mandate or profile (${path})`);
    return site.pages.get(path);
  });
}
