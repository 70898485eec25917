// What is typed on a form goes to the server at once and is kept there as a draft. What was typed while the connection was gone, or
// just before the portal went down, is not there yet. This tab remembers it until the server says that all is kept, and gives it back.
const wait = 3000, patience = 10000;
// Four times the longest text that a field takes. What is longer the connection does not take, and giving it once more would break it again.
const most = 16000;
const unkept = new Map();
let mark = null, said = "", settling = 0, storing = 0, isLost = false;

document.addEventListener("input", note, true);
document.addEventListener("change", note, true);
addEventListener("pagehide", store);
new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-form"] });
look();

/** The connection is gone: from now on nothing that is typed arrives. */
export function lost() {
  isLost = true;
}

/** The connection is back. The server may have missed what was typed last, so all that it did not call kept is given once more. */
export function back() {
  isLost = false;
  for (const [id] of unkept) tell(document.getElementById(id));
}

// What is typed is told at every letter; only a choice is told when it changes.
function note({ type, target: field }) {
  if (!mark || !field.id || !field.closest(".edit-page") || field.closest(".picker") || field.type === "checkbox" || field.type === "radio" || (type === "change" && field.localName !== "select")) return;
  clearTimeout(settling);
  if (field.value.length > most) {
    unkept.delete(field.id);
    return void store();
  }
  // Not innerText: that would lay the page out anew at every letter.
  unkept.set(field.id, { value: field.value, label: field.labels?.[0]?.textContent.trim() ?? "", apart: field.closest("[data-apart]")?.dataset.apart, part: field.closest(".edit-section")?.querySelector("h2 button")?.getAttribute("aria-controls"), item: field.closest(".edit-item")?.id });
  warn();
  // Many fields may change at once; writing all of it at each letter would hold the page up.
  storing ||= setTimeout(store, 100);
}

// After every drawing: is there a form, and does it say that all is kept?
function look() {
  const form = document.querySelector("[data-form]"), status = document.querySelector(".draft-status");
  if (form !== mark) {
    store();
    unkept.clear();
    warn();
    mark = form;
    if (form) giveBack();
  }
  const done = document.querySelector("[data-form-done]");
  if (done) sessionStorage.removeItem(key(done.dataset.formDone));
  // What is filled in apart, such as a new source, is not in the draft before it is added. It is, or was given up, when the button
  // that opened it is there again.
  for (const [id, was] of unkept)
    if (was.apart && !was.isWaiting && document.getElementById(was.apart + "-nieuw")) {
      unkept.delete(id);
      store();
    }
  // Only a new word of the server counts: the old one was said before the last letter. And only after a while without typing, since
  // it may have been on its way when that letter was typed.
  if (!status || status.textContent === said) return;
  said = status.textContent;
  clearTimeout(settling);
  if (status.hasAttribute("data-settled")) settling = setTimeout(settle, wait);
}

function settle() {
  if (isLost) return;
  for (const [id, was] of unkept) if (!was.isWaiting && !was.apart) unkept.delete(id);
  store();
}

function key(form) {
  return "getypt:" + form;
}

// Of the draft; none while the form is not shown.
function version() {
  return Number(document.querySelector(".draft-status")?.dataset.version);
}

// The mark by which the browser asks before it leaves.
function warn() {
  document.documentElement.toggleAttribute("data-unsaved", unkept.size > 0);
}

function store() {
  clearTimeout(storing);
  storing = 0;
  if (!mark) return;
  warn();
  for (const [id, was] of unkept)
    if (!was.isWaiting) was.value = document.getElementById(id)?.value ?? was.value;
  try {
    if (unkept.size) sessionStorage.setItem(key(mark.dataset.form), JSON.stringify({ base: mark.dataset.base, version: version(), fields: [...unkept] }));
    else sessionStorage.removeItem(key(mark.dataset.form));
  } catch {
    // There is no room, or the browser allows none: the field still holds the text.
  }
}

function tell(field) {
  field?.dispatchEvent(new Event("input", { bubbles: true }));
  field?.dispatchEvent(new Event("change", { bubbles: true }));
}

async function giveBack() {
  const place = key(mark.dataset.form), memory = JSON.parse(sessionStorage.getItem(place) ?? "null"), kept = memory?.fields ?? [];
  // Somebody else saved meanwhile, or the same person went on elsewhere: what was typed on the version before is shown to copy,
  // never put over the new one.
  const isOther = memory !== null && (memory.base !== mark.dataset.base || (memory.version ?? Infinity) < version());
  let last = null;
  const missing = [];
  // Should the page go down once more meanwhile, it still holds all of it.
  for (const [id, was] of kept) unkept.set(id, { ...was, isWaiting: true });
  for (const [id, was] of kept) {
    const field = isOther ? null : await reach(id, was);
    // The form went meanwhile.
    if (!mark || key(mark.dataset.form) !== place) return;
    // Who typed it anew meanwhile does not want the old text.
    if (!unkept.get(id)?.isWaiting) continue;
    unkept.delete(id);
    if (!field) {
      if (was.value && document.getElementById(id)?.value !== was.value) missing.push(was);
    }
    else if (field.value !== was.value) {
      field.value = was.value;
      tell(last = field);
    }
  }
  if (kept.length) store();
  if (last || missing.length) say(last, missing);
}

/** The field, with the part and the item opened that it stands in; null when it is not there any more. */
async function reach(id, { part, item }) {
  for (const opener of [part && `[aria-controls="${CSS.escape(part)}"]`, item && `#${CSS.escape(item)} .row-actions [aria-expanded]`])
    if (opener) {
      const button = await appears(opener);
      if (!button) return null;
      if (button.getAttribute("aria-expanded") === "false") button.click();
    }
  return await appears(`#${CSS.escape(id)}`);
}

function appears(selector) {
  const found = document.querySelector(selector);
  if (found) return found;
  return new Promise(resolve => {
    const observer = new MutationObserver(() => { if (document.querySelector(selector)) end(); });
    const timer = setTimeout(end, patience);
    function end() {
      clearTimeout(timer);
      observer.disconnect();
      resolve(document.querySelector(selector));
    }
    observer.observe(document.body, { subtree: true, childList: true });
  });
}

function say(field, missing) {
  const dialog = document.getElementById("typed-back");
  dialog.querySelector("[data-put-back]").hidden = !field;
  const rest = dialog.querySelector("[data-missing]");
  rest.hidden = missing.length === 0;
  rest.querySelector("ul").replaceChildren(...missing.map(was => {
    const [item, label, text] = ["li", "b", "p"].map(name => document.createElement(name));
    [label.textContent, text.textContent] = [was.label, was.value];
    item.append(label, text);
    return item;
  }));
  dialog.addEventListener("close", () => field?.focus(), { once: true });
  dialog.showModal();
}
document.getElementById("typed-back")?.querySelector("button").addEventListener("click", () => document.getElementById("typed-back").close());
