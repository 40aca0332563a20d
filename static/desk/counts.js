// Live word counts: the number beside a field follows what is typed. Without scripts it is the one of the last answer.

/**
 * How many words a text has, as word processors count them and the server does (`src/text/counting.rs` says the rule): what
 * stands between spaces, no-break ones too, and holds a letter or a digit. « l’État » is one word, and « : » is none.
 */
export function words(text) {
  return text.split(/\p{White_Space}+/u).filter((piece) => /[\p{Alphabetic}\p{N}]/u.test(piece)).length;
}

/** Keeps the number of one field. */
function follow(place) {
  const field = document.getElementById(place.dataset.counts);
  const count = () => (place.textContent = words(field.value));
  field.addEventListener("input", count);
  count();
}

if (globalThis.document) document.querySelectorAll("[data-counts]").forEach(follow);
