// "Kopieer met bron": puts the quotation that stands beside a button on the clipboard. Without this module the same text
// is on the page of the figure, to select; the buttons stay hidden.
const words = document.documentElement.lang === "en"
  ? { copied: "Copied with source.", selected: "Copying is not allowed here. The text is selected: press Ctrl+C or ⌘C." }
  : { copied: "Gekopieerd met bron.", selected: "Kopiëren mag hier niet. De tekst is geselecteerd: druk op Ctrl+C of ⌘C." };

const buttons = document.querySelectorAll("button[data-copy]");
if (buttons.length > 0) {
  // In place before it is filled: screen readers announce changes only.
  const status = document.createElement("p");
  status.className = "copy-status";
  status.setAttribute("role", "status");
  document.querySelector("main").append(status);

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const quotation = button.parentElement.querySelector(".quotation");
      document.querySelector(".copied")?.classList.remove("copied");
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(quotation.textContent);
        button.classList.add("copied");
        status.textContent = words.copied;
      } catch {
        quotation.hidden = false;
        getSelection().selectAllChildren(quotation);
        status.textContent = words.selected;
      }
    });
  }
}
