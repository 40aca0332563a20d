// Buttons that copy the words beside them. Where scripts do not run they stay hidden, and the words can be selected.

/** The words of an element as they are read, without the marks that link to passages. */
function words(source) {
  const marks = [...source.querySelectorAll(".pilcrow")];
  marks.forEach((mark) => (mark.style.display = "none"));
  const read = source.innerText.trim();
  marks.forEach((mark) => (mark.style.display = ""));
  return read;
}

for (const place of navigator.clipboard ? document.querySelectorAll("[data-copies]") : []) {
  const [button, status] = place.children;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words(document.getElementById(place.dataset.copies)));
    status.textContent = button.dataset.copied;
  });
  place.hidden = false;
}
