// The state of play through the editions: a slider shows one at a time. Without it each can be opened and closed.
(() => {
  "use strict";

  const start = () => {
    for (const box of document.querySelectorAll(".bb-through")) {
      const moments = [...box.querySelectorAll(":scope > details")];
      if (moments.length < 2 || box.querySelector("input")) continue;
      const slider = document.createElement("input");
      slider.type = "range";
      slider.min = "0";
      slider.max = String(moments.length - 1);
      slider.value = slider.max;
      slider.setAttribute("aria-label", box.dataset.label);
      const said = document.createElement("output");
      const show = () => {
        const chosen = Number(slider.value);
        moments.forEach((moment, place) => {
          moment.open = place === chosen;
          moment.hidden = place !== chosen;
        });
        said.textContent = moments[chosen].dataset.day;
        slider.setAttribute("aria-valuetext", moments[chosen].dataset.day);
      };
      const control = document.createElement("div");
      control.className = "bb-through__control";
      control.append(slider, said);
      box.prepend(control);
      box.classList.add("bb-through--slides");
      slider.addEventListener("input", show);
      // On paper all of them stand, as they do without this script.
      window.addEventListener("beforeprint", () => moments.forEach((moment) => Object.assign(moment, { hidden: false, open: true })));
      window.addEventListener("afterprint", show);
      show();
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
