// Live word counts: the number beside a field follows what is typed. Without scripts it is the one of the last answer.

/** How many words a text has, as the desk counts them: what stands between spaces and holds a letter or a digit. */
export function words(text) {
  return text.split(/\s+/u).filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length;
}

/** Keeps the number of one field. */
function follow(place) {
  const field = document.getElementById(place.dataset.counts);
  const count = () => (place.textContent = words(field.value));
  field.addEventListener("input", count);
  count();
}

if (globalThis.document) document.querySelectorAll("[data-counts]").forEach(follow);
