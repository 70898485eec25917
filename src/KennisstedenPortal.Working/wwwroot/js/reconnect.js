// Shows the reconnect dialog while a live page has lost its connection. The script of the framework tells in which state it is.
import { back, lost } from "./typed.js";

const dialog = document.getElementById("components-reconnect-modal");

dialog?.addEventListener("components-reconnect-state-changed", event => {
  const state = event.detail.state;
  if (state === "show") {
    lost();
    dialog.showModal();
  } else if (state === "hide") {
    dialog.close();
    back();
  } else if (state === "failed") document.addEventListener("visibilitychange", whenSeen);
  // The server does not know this page any more: it is loaded anew, and drafts are offered back.
  else if (state === "rejected") reload();
});
document.getElementById("reconnect-again")?.addEventListener("click", retry);

async function retry() {
  document.removeEventListener("visibilitychange", whenSeen);
  try {
    if (await Blazor.reconnect() || await Blazor.resumeCircuit()) {
      dialog.close();
      back();
    } else reload();
  } catch {
    document.addEventListener("visibilitychange", whenSeen);
  }
}

async function whenSeen() {
  if (document.visibilityState === "visible") await retry();
}

// The draft is on the server and the rest in this tab: nobody needs to be asked whether to leave.
function reload() {
  for (const mark of document.querySelectorAll("[data-unsaved]")) mark.removeAttribute("data-unsaved");
  location.reload();
}
