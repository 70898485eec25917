// Shows the reconnect dialog while a live page has lost its connection. The script of the framework tells in which state it is.
const dialog = document.getElementById("components-reconnect-modal");

dialog?.addEventListener("components-reconnect-state-changed", event => {
  const state = event.detail.state;
  if (state === "show") dialog.showModal();
  else if (state === "hide") dialog.close();
  else if (state === "failed") document.addEventListener("visibilitychange", whenSeen);
  // The server does not know this page any more: it is loaded anew, and drafts are offered back.
  else if (state === "rejected") reload();
});
document.getElementById("reconnect-again")?.addEventListener("click", retry);

async function retry() {
  document.removeEventListener("visibilitychange", whenSeen);
  try {
    if (await Blazor.reconnect() || await Blazor.resumeCircuit()) dialog.close();
    else reload();
  } catch {
    document.addEventListener("visibilitychange", whenSeen);
  }
}

async function whenSeen() {
  if (document.visibilityState === "visible") await retry();
}

// The draft is on the server: nobody needs to be asked whether to leave.
function reload() {
  document.querySelector("[data-unsaved]")?.removeAttribute("data-unsaved");
  location.reload();
}
