// Security headers on every kind of response (standards 4.1; ASVS 3.4: on all of them, errors and files included).

const POLICY = {
  "default-src": "'none'",
  "style-src": "'self'",
  "script-src": "'self'",
  "img-src": "'self'",
  "font-src": "'self'",
  "connect-src": "'self'",
  "form-action": "'self'",
  "base-uri": "'none'",
  "object-src": "'none'",
  "frame-ancestors": "'none'",
};
const EXACT = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
/** Directives that only make the policy stricter. */
const STRICTER = ["upgrade-insecure-requests", "require-trusted-types-for", "trusted-types", "manifest-src"];
/** Addresses of which at least one must redirect: a trailing slash, upper case, a permanent link, the root. */
const REDIRECTS = ["/fr/", "/fr/mission/", "/FR", "/d/1", "/"];

/** The API is for scripts of other sites too. */
const SHARED = { ...EXACT, "cross-origin-resource-policy": "cross-origin", "access-control-allow-origin": "*" };

function complaints(request, headers) {
  const found = [];
  const directives = (headers["content-security-policy"] ?? "").split(";").map((part) => part.trim().split(/\s+/));
  const policy = new Map(directives.map(([name, ...sources]) => [name, sources.join(" ")]));
  for (const [name, sources] of Object.entries(POLICY)) {
    if (policy.get(name) !== sources) found.push(`CSP ${name} is ${policy.get(name) ?? "absent"}, not ${sources}`);
  }
  for (const name of policy.keys()) {
    if (name && !(name in POLICY) && !STRICTER.includes(name)) found.push(`CSP opens ${name}`);
  }
  for (const [name, value] of Object.entries(/ \/api\//.test(request) ? SHARED : EXACT)) {
    if (headers[name] !== value) found.push(`${name} is ${headers[name] ?? "absent"}, not ${value}`);
  }
  // RFC 6797 §7.2: never over plain HTTP, as here; the suite asks a site whose origin is https.
  if (headers["strict-transport-security"]) found.push("HSTS over plain HTTP");
  if (!headers["permissions-policy"]) found.push("permissions-policy is absent");
  if (headers["set-cookie"]) found.push("sets a cookie");
  return found;
}

async function ask(site, path, options = {}) {
  const response = await fetch(site.origin + path, { redirect: "manual", ...options });
  await response.arrayBuffer();
  return { status: response.status, headers: Object.fromEntries(response.headers) };
}

export async function headers(site, fail) {
  const kinds = new Map();
  for (const [path, answer] of site.answers) kinds.set(`GET ${path}`, answer);
  for (const answer of site.errors) kinds.set(`${answer.method} ${answer.path}`, answer);
  for (const path of REDIRECTS) kinds.set(`GET ${path}`, await ask(site, path));
  kinds.set("HEAD /fr", await ask(site, "/fr", { method: "HEAD" }));
  kinds.set("OPTIONS /fr", await ask(site, "/fr", { method: "OPTIONS" }));
  kinds.set("GET /static/nope", await ask(site, "/static/nope"));
  kinds.set("GET /api/nope", await ask(site, "/api/nope"));
  kinds.set("GET /nope", await ask(site, "/nope"));

  for (const [name, answer] of kinds) complaints(name, answer.headers).forEach((reason) => fail(name, reason));
  const statuses = new Set([...kinds.values()].map(({ status }) => status));
  if (![301, 302, 303, 307, 308].some((status) => statuses.has(status))) {
    fail(REDIRECTS.join(" "), "none of them redirects: no redirect was checked");
  }
  if (![...site.answers.values()].some(({ type }) => type.startsWith("font/"))) fail("/", "no font was checked");
  return `${kinds.size} responses with status ${[...statuses].sort().join(", ")}`;
}
