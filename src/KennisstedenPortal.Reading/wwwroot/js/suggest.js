// Suggestions while typing: a combobox with a listbox (WAI-ARIA APG). Without this module the field is a plain search form.
const wait = 150, least = 2;

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  list.id = `${input.id}-lijst`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  status.className = "vh";
  status.setAttribute("role", "status");
  input.parentElement.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);

  let active = -1, timer = 0, asked = null, typed = "";

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = index => {
    const options = list.children;
    options[active]?.setAttribute("aria-selected", "false");
    active = (index + options.length + 1) % (options.length + 1);
    // One place beyond the last is the field itself.
    if (active === options.length) {
      active = -1;
      input.removeAttribute("aria-activedescendant");
      return;
    }
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  };

  const show = items => {
    list.replaceChildren(...items.map((item, i) => {
      const option = document.createElement("li"), kind = document.createElement("small");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.address = item.adres;
      option.append(item.naam, " ");
      kind.textContent = item.soort;
      option.append(kind);
      return option;
    }));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    status.textContent = items.length > 0 ? input.dataset.suggestCount.replace("{0}", items.length) : input.dataset.suggestNone;
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const text = typed = input.value.trim();
    if (text.length < least) return close();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: asked.signal });
      if (!answer.ok || text !== typed) return close();
      const items = await answer.json();
      if (document.activeElement === input) show(items);
    } catch {
      // No suggestions is no problem: the form still searches.
      close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  });
  input.addEventListener("keydown", event => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (open) {
        event.preventDefault();
        choose(event.key === "ArrowDown" ? active + 1 : active < 0 ? list.children.length - 1 : active - 1 < 0 ? list.children.length : active - 1);
      } else if (event.key === "ArrowDown" && list.children.length > 0 && input.value.trim() === typed) {
        event.preventDefault();
        list.hidden = false;
        input.setAttribute("aria-expanded", "true");
        choose(0);
      }
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.address);
    } else if (event.key === "Tab") close();
  });
  // Keeps the focus in the field while a suggestion is clicked.
  list.addEventListener("mousedown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", () => { clearTimeout(timer); asked?.abort(); close(); });
}
