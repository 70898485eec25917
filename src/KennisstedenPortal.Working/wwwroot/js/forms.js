// After a form came back with errors, its summary has the focus, so that it is read out first.
document.querySelector("[data-focus]")?.focus();

// One tick for all in a list; without a script there is none, and each has its own button.
for (const all of document.querySelectorAll("[data-select-all]")) {
  const box = all.querySelector("input");
  const boxes = [...all.closest("form").querySelectorAll(`input[type="checkbox"][name="${all.dataset.selectAll}"]`)];
  const show = () => {
    const ticked = boxes.filter((b) => b.checked).length;
    box.checked = boxes.length > 0 && ticked === boxes.length;
    box.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  box.addEventListener("change", () => { for (const b of boxes) b.checked = box.checked; });
  for (const b of boxes) b.addEventListener("change", show);
  all.hidden = boxes.length < 2;
  show();
}

// A link in the summary of errors leads to the field itself, not only near it.
document.addEventListener("click", event => {
  const link = event.target.closest?.(".error-summary a[href*='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  event.stopPropagation();
  // What stands in a closed item is opened, to be mended there.
  field.querySelector(":scope > .row-with-actions button[aria-expanded=false]")?.click();
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}, true);

// What an extension or a text expander puts in a field by script passes by what the browser holds back when somebody types:
// more than the field takes breaks the connection of a live page, and half a character can't be sent at all.
for (const kind of ["input", "change"]) document.addEventListener(kind, ({ target }) => {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || target.type === "file") return;
  const most = target.maxLength < 0 ? target.value.length : target.maxLength;
  const fits = target.value.slice(0, most);
  const whole = fits.toWellFormed?.() ?? fits;
  if (whole !== target.value) target.value = whole;
}, true);

// Who signs out leaves nothing behind in the tab, which somebody else may use next (see typed.js).
if (document.querySelector("[data-signed-out]")) for (const key of Object.keys(sessionStorage)) if (key.startsWith("getypt:")) sessionStorage.removeItem(key);

// What was found for what is typed in a field: the arrows go through it, Enter takes the only one, Escape goes back to the field.
document.addEventListener("keydown", event => {
  const picker = event.target.closest?.(".picker"), field = picker?.querySelector("input"), found = [...picker?.querySelectorAll(".choices button") ?? []];
  const at = found.indexOf(event.target);
  if (found.length === 0 || (event.target !== field && at < 0)) return;
  const next = { ArrowDown: found[at + 1], ArrowUp: at > 0 ? found[at - 1] : field, Escape: field, Enter: at < 0 ? found[0] : null }[event.key];
  if (!next) return;
  event.preventDefault();
  if (event.key === "Enter" && found.length === 1) next.click();
  else next.focus();
});

// What had the focus is gone from a live page: the page says where the work goes on. The answer takes a moment: who went to
// another field meanwhile stays there, or half of what they type would land in the wrong one.
let wentOn = false;
document.addEventListener("focusin", ({ target }) => { wentOn = target.matches("input, textarea, select"); });
document.addEventListener("change", () => { wentOn = false; }, true);
document.addEventListener("click", ({ target }) => { if (target.closest("button, a, summary")) wentOn = false; }, true);
window.goOn = id => {
  const place = document.getElementById(id);
  if (wentOn) return;
  (place?.querySelector(".sub-form :is(input, select, textarea)") ?? place)?.focus();
  wentOn = false;
  // A part of the form that was opened from afar: to its heading, with what it holds below.
  if (place?.matches(".edit-section > h2 > button")) place.scrollIntoView();
};

// Leaving a form with work that is not saved asks first; the draft itself is safe on the server.
window.addEventListener("beforeunload", event => { if (document.querySelector("[data-unsaved]")) event.preventDefault(); });
