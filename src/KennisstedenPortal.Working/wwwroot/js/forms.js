// After a form came back with errors, its summary has the focus, so that it is read out first.
document.querySelector("[data-focus]")?.focus();
