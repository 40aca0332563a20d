// The order of a list by hand: a grip at each line, for those who point. The positions and the buttons stay what they are, and
// what is dragged only fills in the positions.

/** The line before which one comes that is held at this height; `null` at the end. */
function after(list, line, height) {
  const others = [...list.children].filter((other) => other !== line);
  return others.find((other) => other.getBoundingClientRect().top + other.offsetHeight / 2 > height) ?? null;
}

/** Lets the lines of a list be dragged. */
export function order(list) {
  let line;
  for (const one of list.children) {
    const grip = document.createElement("span");
    grip.className = "grip";
    one.prepend(grip);
  }
  list.addEventListener("pointerdown", (event) => {
    if (!event.target.matches(".grip")) return;
    event.preventDefault();
    // A line that is moved lets go of the pointer; the list stays where it is.
    list.setPointerCapture(event.pointerId);
    line = event.target.parentElement;
    line.classList.add("taken");
  });
  list.addEventListener("pointermove", ({ clientY }) => {
    const next = line && after(list, line, clientY);
    if (line && next !== line.nextElementSibling) list.insertBefore(line, next);
  });
  list.addEventListener("lostpointercapture", () => {
    line.classList.remove("taken");
    line = undefined;
    [...list.children].forEach((one, place) => (one.querySelector("input.position").value = place + 1));
    list.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

if (globalThis.document) document.querySelectorAll(".members ol").forEach(order);
