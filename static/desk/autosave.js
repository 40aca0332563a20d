// Keeps what is being written with the desk, every few seconds, for this person alone: it comes back after a crash, when it is
// asked for. Saving is something else, and stays a deed of the person.

/** How long the hands must rest before the form is kept, and how long it may go unkept while they do not (milliseconds). */
const REST = 2_000;
const LONGEST = 10_000;
/** How long to wait after the desk did not answer. */
const RETRY = 15_000;

const body = (form) => new URLSearchParams(new FormData(form));

/**
 * Watches a form; `data-unkept` says that the desk does not have it yet as it stands. `keep(body)` resolves to whether the desk has it; `say(state)` shows `kept` or `failed`.
 *
 * @returns {{flush: () => Promise<void>, isDirty: () => boolean}}
 */
export function watch(form, keep, say, { rest = REST, longest = LONGEST, retry = RETRY } = {}) {
  let [timer, since, sent] = [undefined, undefined, "unkept" in form.dataset ? "" : String(body(form))];

  async function flush() {
    clearTimeout(timer);
    timer = undefined;
    const now = body(form);
    if (String(now) === sent) return;
    since = undefined;
    const kept = await keep(now).catch(() => false);
    if (kept) sent = String(now);
    say(kept ? "kept" : "failed");
    if (!kept && timer === undefined) timer = setTimeout(flush, retry);
  }

  function wait() {
    since ??= Date.now();
    clearTimeout(timer);
    timer = setTimeout(flush, Math.max(0, Math.min(rest, since + longest - Date.now())));
  }

  form.addEventListener("input", wait);
  if (sent === "") wait();
  return { flush, isDirty: () => String(body(form)) !== sent };
}

/** Connects a form to the desk. */
function start(form) {
  const { autosave: address, leaving: farewell } = form.dataset;
  const status = document.querySelector("[data-autosave-status]");
  const keep = async (words) => (await fetch(address, { method: "POST", body: words, redirect: "manual" })).ok;
  const watched = watch(form, keep, (state) => (status.textContent = status.dataset[state]));
  let leaving = false;
  form.addEventListener("submit", () => (leaving = true));
  window.addEventListener("pageshow", () => (leaving = false));
  // A tab that is put away may never come back.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving && watched.isDirty()) navigator.sendBeacon(address, body(form));
  });
  // Colleagues are told at once that nobody is here any more; whoever saves comes back.
  window.addEventListener("pagehide", () => {
    if (!leaving) navigator.sendBeacon(farewell);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && watched.isDirty()) event.preventDefault();
  });
}

if (globalThis.document) document.querySelectorAll("form[data-autosave]").forEach(start);
