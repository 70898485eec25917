// Suggestions while typing: an editable combobox with a listbox (WAI-ARIA APG). Without this module the field is a plain search form.
const wait = 150, least = 2;

for (const input of document.querySelectorAll("input[data-suggest]")) suggest(input);

function suggest(input) {
  const words = input.dataset;
  const list = make("ul", { id: `${input.id}-lijst`, className: "suggestions", hidden: true, role: "listbox", ariaLabel: words.suggestLabel });
  const status = make("p", { className: "vh", role: "status" });
  input.parentElement.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) input.setAttribute(name, value);

  let active = -1, timer = 0, asked = null, answered = "";
  const typed = () => input.value.trim();
  const isOpen = () => !list.hidden;

  /** Marks an option; -1 is the field itself. The focus stays in the field. */
  const choose = index => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const open = isOpening => {
    choose(-1);
    list.hidden = !isOpening;
    input.setAttribute("aria-expanded", String(isOpening));
  };

  /** Closes, and lets an answer that is still under way come to nothing. */
  const stop = () => {
    clearTimeout(timer);
    asked?.abort();
    status.textContent = "";
    open(false);
  };

  const go = option => {
    stop();
    location.assign(option.dataset.address);
  };

  const show = items => {
    list.replaceChildren(...items.map((item, i) => {
      const option = make("li", { id: `${list.id}-${i}`, role: "option", ariaSelected: "false" });
      option.dataset.address = item.adres;
      option.append(item.naam, " ", make("small", { textContent: item.soort }));
      return option;
    }));
    open(items.length > 0);
    status.textContent = items.length === 0 ? words.suggestNone : items.length === 1 ? words.suggestOne : words.suggestCount.replace("{0}", items.length);
  };

  const ask = async () => {
    const text = typed();
    if (text.length < least) return stop();
    asked?.abort();
    const asking = asked = new AbortController();
    let items = null;
    try {
      const answer = await fetch(`${words.suggest}?q=${encodeURIComponent(text)}`, { signal: asking.signal });
      if (answer.ok) items = await answer.json();
    } catch {
      // No suggestions is no problem: the form still searches.
    }
    if (asking.signal.aborted || document.activeElement !== input) return;
    if (!items) return stop();
    answered = text;
    show(items);
  };

  input.addEventListener("input", () => {
    // What was marked belongs to the words of before.
    choose(-1);
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  });
  input.addEventListener("keydown", event => {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (!isOpen()) {
          if (last < 0 || typed() !== answered) return;
          open(true);
        }
        event.preventDefault();
        // Beyond either end is the field itself.
        choose(event.key === "ArrowDown" ? (active === last ? -1 : active + 1) : active < 0 ? last : active - 1);
        break;
      case "Enter":
        if (active < 0) return;
        event.preventDefault();
        go(list.children[active]);
        break;
      case "Escape":
        // With nothing open, the browser empties the field.
        if (isOpen()) event.preventDefault();
        stop();
        break;
      case "Tab":
        stop();
        break;
      case "Home":
      case "End":
      case "ArrowLeft":
      case "ArrowRight":
        // These move within the text, which is where one then is.
        choose(-1);
        break;
    }
  });
  // Keeps the focus in the field while a suggestion is clicked.
  list.addEventListener("mousedown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  input.addEventListener("blur", stop);
  input.form.addEventListener("submit", stop);
  open(false);
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
