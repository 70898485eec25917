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
