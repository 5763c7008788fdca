/* What readers are shown without leaving the page: cards for the facts that links lead to, and notes in place.

   Cards are data, in scripts of their own beside the pages (data/cards-<kind>.js in the folder of each language), and
   asked for when a reader first points at a link of that kind. A mouse that rests on a link and the keyboard's focus open
   a card; the link stays what it was. A finger cannot rest: its tap on a link in a sentence opens the card, whose name is
   the link, and a second tap on the same link follows it, as in the Wikipedia app. Links that head a list item, a table
   cell or a heading are there to be followed, and a tap does that at once; so it does where no card comes in time.

   Without this script, links lead to their pages and note numbers to the notes at the foot of the page. */
(() => {
  "use strict";

  const SETTLING = 400; // ms that a mouse or the focus must stay before a card opens
  const LEAVING = 300; // ms for the way from a link to its card
  const PATIENCE = 700; // ms that a tap waits for a card
  const GAP = 6; // px between a link and what opens beside it
  const MARGIN = 8; // px kept free at the edges of the window

  // The top of the site, or, in an export, of its language: the folder that `assets` is in.
  const TOP = new URL("..", document.currentScript.src).href;
  const FACT = /^(.*\/)(actors|disputes|events|figures|sources|terms)\/([a-z0-9-]+)\/(?:index\.html)?$/;
  const FRAMED = ".bb-date, .bb-key, .bb-cite, .bb-status, .bb-state, .bb-trend, .bb-grade, .bb-deadline, .bb-source, .bb-read";
  const LETTER = /[\p{L}\p{N}]/u;

  /* ---- What is open: one panel at most ---- */

  let open = null; // {panel, anchor, by}, where `by` is pointer, focus, touch or notes

  function show(panel, anchor, by, at) {
    close();
    open = { panel, anchor, by };
    panel.id = "bb-panel";
    panel.classList.add("bb-panel", "md-typeset", `bb-panel--${by}`);
    document.body.append(panel);
    place(panel, anchor, at);
    if (by === "pointer" || by === "focus") {
      anchor.setAttribute("aria-describedby", panel.id);
    } else {
      panel.setAttribute("role", "dialog");
      panel.tabIndex = -1;
      anchor.setAttribute("aria-expanded", "true");
      panel.focus({ preventScroll: true });
    }
  }

  /* Close what is open. The focus goes back to where it came from, unless the reader has moved it elsewhere. */
  function close() {
    clearTimeout(leaving);
    leaving = 0;
    if (!open) return;
    const { panel, anchor, by } = open;
    open = null;
    anchor.removeAttribute("aria-describedby");
    if (by === "touch") anchor.removeAttribute("aria-expanded");
    if (by === "notes") anchor.setAttribute("aria-expanded", "false");
    const focused = document.activeElement;
    if ((by === "touch" || by === "notes") && (focused === document.body || panel.contains(focused))) {
      settled = anchor;
      anchor.focus({ preventScroll: true });
    }
    panel.remove();
  }

  /* Beside the line of the anchor that `at` is on: below it or, where there is more room, above; within the window. */
  function place(panel, anchor, at) {
    const lines = [...anchor.getClientRects()];
    const line = (at && lines.find(({ top, bottom }) => top - 2 <= at.y && at.y <= bottom + 2)) ?? lines[0];
    if (!line) return;
    const width = document.documentElement.clientWidth;
    const head = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
    const above = line.top - Math.max(head, 0) - GAP - MARGIN;
    const below = window.innerHeight - line.bottom - GAP - MARGIN;
    panel.style.left = panel.style.top = "0";
    panel.style.maxHeight = "";
    const up = panel.offsetHeight > below && above > below;
    panel.style.maxHeight = `${Math.max(up ? above : below, 120)}px`;
    const box = panel.getBoundingClientRect();
    const start = getComputedStyle(anchor).direction === "rtl" ? line.right - box.width : line.left;
    const left = Math.max(MARGIN, Math.min(start, width - box.width - MARGIN));
    const top = up ? line.top - GAP - box.height : line.bottom + GAP;
    panel.style.left = `${left - box.left}px`;
    panel.style.top = `${top - box.top}px`;
  }

  function element(tag, css, words = "") {
    const made = document.createElement(tag);
    made.className = css;
    made.innerHTML = words;
    return made;
  }

  function closer(words) {
    const button = element("button", "bb-panel__close");
    button.type = "button";
    button.setAttribute("aria-label", words);
    button.addEventListener("click", close);
    return button;
  }

  /* ---- Cards ---- */

  const files = new Map(); // what each file of cards gave, by address: a promise
  const arrived = new Map(); // the same once it is known; null where the file is missing

  function fetched(address) {
    if (!files.has(address)) {
      files.set(address, new Promise((resolve) => {
        const script = document.createElement("script");
        const done = () => {
          arrived.set(address, window.briefbookCards?.[script.src] ?? null);
          resolve(arrived.get(address));
        };
        script.src = address;
        script.addEventListener("load", done);
        script.addEventListener("error", done);
        document.head.append(script);
      }));
    }
    return files.get(address);
  }

  /* The link to a fact that an element is in, with the file its card is in; nothing for other elements. */
  function aimed(target) {
    const link = target instanceof Element ? target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || !link.closest(".md-content")) return null;
    const address = link.href.replace(/[?#].*$/, "");
    const found = address.startsWith(TOP) && address !== location.href.replace(/[?#].*$/, "") && FACT.exec(address);
    return found ? { link, id: found[3], file: `${found[1]}data/cards-${found[2]}.js` } : null;
  }

  function showCard({ link, id }, pack, by, at) {
    const card = pack?.cards[id];
    if (!card) return false;
    const panel = element("div", "bb-panel--card");
    panel.lang = pack.lang;
    panel.dir = pack.dir;
    const name = element("a", "bb-panel__name", card.name);
    name.id = "bb-panel-name";
    name.href = link.href;
    if (by !== "touch") name.tabIndex = -1; // the link that the card belongs to leads there already
    const title = element("div", "bb-panel__title");
    title.append(name);
    if (card.reading) title.append(" ", element("span", "bb-panel__reading", card.reading));
    panel.append(element("div", "bb-panel__kind", card.kind), title);
    for (const [role, words] of card.lines) panel.append(element("div", `bb-panel__${role}`, words));
    if (by === "touch") {
      panel.setAttribute("aria-labelledby", name.id);
      panel.prepend(closer(pack.close));
    }
    show(panel, link, by, at);
    return true;
  }

  let coming = null; // the link whose card opens next
  let opening = 0;
  let leaving = 0;
  let settled = null; // the link whose card the reader has closed, until pointer and focus are elsewhere

  function come(aim, by, at) {
    forget();
    if (open?.anchor === aim.link) return;
    coming = aim.link;
    fetched(aim.file);
    opening = setTimeout(async () => {
      const pack = await fetched(aim.file);
      if (coming !== aim.link) return;
      forget();
      if (aim.link.isConnected && open?.by !== "notes" && open?.by !== "touch") showCard(aim, pack, by, at());
    }, SETTLING);
  }

  function forget() {
    clearTimeout(opening);
    coming = null;
  }

  function leave() {
    if (open?.by === "pointer" && !leaving) leaving = setTimeout(close, LEAVING);
  }

  function stay() {
    clearTimeout(leaving);
    leaving = 0;
  }

  let pointer = { x: 0, y: 0 };

  document.addEventListener("pointermove", ({ clientX, clientY }) => { pointer = { x: clientX, y: clientY }; }, { passive: true });

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const aim = aimed(target);
    if (open?.panel.contains(target) || (aim && aim.link === open?.anchor)) {
      forget();
      stay();
      return;
    }
    leave();
    if (aim?.link !== settled) settled = null;
    if (!aim || aim.link === settled) forget();
    else if (aim.link !== coming) come(aim, "pointer", () => pointer);
  });

  document.documentElement.addEventListener("pointerleave", () => { forget(); leave(); });

  document.addEventListener("focusin", ({ target }) => {
    const aim = aimed(target);
    if (aim && aim.link !== settled && target.matches(":focus-visible")) come(aim, "focus", () => null);
  });

  document.addEventListener("focusout", ({ target }) => {
    if (target === settled) settled = null;
    if (target === coming) forget();
    if (open?.by === "focus" && target === open.anchor) close();
  });

  /* Whether a link stands in a sentence, not at the head of a list item or cell and not in a mere list of links. */
  function inSentence(link) {
    const block = link.closest("p, li, td, th, h1, h2, h3, h4, h5, h6");
    if (!block || /^(TH|H\d)$/.test(block.tagName)) return false;
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let ahead = block.tagName === "P", around = false, passed = false;
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (link.contains(parentElement)) passed = true;
      else if (LETTER.test(data) && !parentElement.closest(FRAMED)) {
        if (!passed) ahead = true;
        if (!parentElement.closest("a")) around = true;
      }
    }
    return ahead && around;
  }

  let last = ""; // the kind of pointer that was down last; some browsers do not tell it with a click

  document.addEventListener("pointerdown", ({ target, pointerType }) => {
    last = pointerType;
    const aim = pointerType === "touch" ? aimed(target) : null;
    if (aim) fetched(aim.file);
  }, { passive: true });

  function tapped(event, aim) {
    const known = arrived.get(aim.file);
    if (known !== undefined && !known?.cards[aim.id]) return;
    event.preventDefault();
    const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, null); });
    const at = { x: event.clientX, y: event.clientY };
    Promise.race([fetched(aim.file), late]).then((pack) => {
      if (!showCard(aim, pack, "touch", at)) location.assign(aim.link.href);
    });
  }

  /* ---- Notes ---- */

  const marks = ".bb-cite a[href^='#']";

  /* The notes of all the numbers that stand together, the one that was asked for marked. */
  function showNotes(mark) {
    const together = [...mark.closest(".bb-cite").querySelectorAll("a[href^='#']")];
    const notes = together.map((each) => [each, document.getElementById(decodeURIComponent(each.hash.slice(1)))?.closest("li")]);
    const asked = notes.find(([each]) => each === mark)?.[1];
    if (!asked) return false;
    const list = element("ol", "bb-notes");
    for (const [each, note] of notes) if (note) list.append(copied(note, each.textContent, each === mark && notes.length > 1));
    const panel = element("div", "bb-panel--notes");
    panel.lang = asked.closest("[lang]").lang;
    panel.dir = getComputedStyle(asked).direction;
    panel.setAttribute("aria-label", together.map((each) => each.getAttribute("aria-label") ?? each.textContent).join(" "));
    panel.append(closer(asked.closest("[data-close]")?.dataset.close ?? ""), list);
    show(panel, mark, "notes", null);
    panel.querySelector(".bb-panel__asked")?.scrollIntoView({ block: "nearest" });
    return true;
  }

  function copied(note, number, marked) {
    const copy = note.cloneNode(true);
    copy.value = Number(number);
    for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
    for (const each of copy.querySelectorAll(".bb-back")) each.remove();
    if (marked) copy.className = "bb-panel__asked";
    return copy;
  }

  function named() {
    for (const mark of document.querySelectorAll(marks)) {
      const words = document.getElementById(mark.hash.slice(1))?.closest("[data-note]")?.dataset.note;
      if (words) mark.setAttribute("aria-label", words.replace("{n}", mark.textContent));
      mark.setAttribute("aria-haspopup", "dialog");
      mark.setAttribute("aria-expanded", "false");
    }
  }

  /* ---- Clicks and keys for both ---- */

  document.addEventListener("click", (event) => {
    const { target, button, defaultPrevented } = event;
    if (!(target instanceof Element) || open?.panel.contains(target)) return;
    const plain = !defaultPrevented && !button && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const mark = plain ? target.closest(marks) : null;
    const aim = plain && (event.pointerType ?? last) === "touch" ? aimed(target) : null;
    const again = open?.anchor === (mark ?? aim?.link) && open?.by !== "pointer" && open?.by !== "focus";
    forget();
    close();
    if (mark && (again || showNotes(mark))) event.preventDefault();
    if (aim && !again && inSentence(aim.link)) tapped(event, aim);
  });

  document.addEventListener("keydown", (event) => {
    last = "";
    if (event.key === "Escape" && (open || coming)) {
      settled = open?.anchor ?? coming;
      forget();
      close();
    } else if (event.key === "Tab" && open?.panel.contains(document.activeElement)) {
      const inside = [...open.panel.querySelectorAll("a[href], button")];
      const first = document.activeElement === inside[0] || document.activeElement === open.panel;
      if (event.shiftKey ? !first : document.activeElement !== inside.at(-1)) return;
      if (event.shiftKey) event.preventDefault();
      close(); // with the focus back at the mark; forwards, it goes on from there
    }
  });

  document.addEventListener("scroll", ({ target }) => {
    if (open && target !== document && !open.panel.contains(target)) close();
  }, { capture: true, passive: true });

  window.addEventListener("resize", () => { if (open) place(open.panel, open.anchor, null); });
  window.addEventListener("pagehide", () => { forget(); close(); });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", named);
  else named();
})();
