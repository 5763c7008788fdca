// Lays the findings over the page so that only they can be reached, until they are put away. They stay away until the
// next build that fails, on whatever page. Without this script they stand on the page, and the button puts them away.
"use strict";
(() => {
  const host = document.currentScript.previousElementSibling;
  const root = host.shadowRoot;
  if (!root) return;
  const dialog = root.querySelector("dialog");
  const again = root.querySelector(".again");
  const KEY = "briefbook-overlay";

  // A browser may refuse to remember anything; then the findings come back with each page.
  const remember = (build) => { try { sessionStorage.setItem(KEY, build); } catch { /* so be it */ } };
  const remembered = () => { try { return sessionStorage.getItem(KEY); } catch { return null; } };

  const show = () => {
    again.hidden = true;
    dialog.showModal();
  };
  dialog.addEventListener("close", () => {
    remember(host.dataset.build);
    again.hidden = false;
    again.focus();
  });
  again.addEventListener("click", () => {
    remember("");
    show();
  });
  // Keys pressed here are not shortcuts of the page beneath.
  host.addEventListener("keydown", (event) => event.stopPropagation());

  dialog.removeAttribute("open");
  if (remembered() === host.dataset.build) again.hidden = false;
  else show();
})();
