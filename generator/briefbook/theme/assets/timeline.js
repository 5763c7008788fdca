/* The timeline: readers choose which events they see, by dispute, actor, status and time, and draw the time wider.

   The choice holds for the drawing and for the lists below it, and stands in the address, so that it can be handed on
   and goes along when the language is switched. What is known of an event comes from its date in the lists and its mark
   in the drawing. A mark keeps its shape, link and name; where it stands is worked out anew, in the way of the package's
   charts/timeline.py, so that names have room when the time is drawn wider, and no lane is left empty.

   Why no chart library: Vega's would be 900 KB for what is 300 lines here, would put pictures of links in place of
   links, knows neither rows with room for names nor our words, and could not show the same choice in the lists.

   Without this script there are the drawing and the lists, and nothing to choose with. */
(() => {
  "use strict";

  const WIDTH = 720; // what a drawing is wide, in units of its own, as in charts/theme.py; this and more is as there
  const MARGIN = 14;
  const ROW = 20;
  const GAP = 10;
  const RADIUS = 7;
  const SMALL = 12;
  const NORMAL = 13;
  const LEADING = 1.3;
  const NAME = 420;
  const LEAST = 150; // of a name that is cut to be seen from its beginning
  const FAR = 400;
  const AXIS = 22;
  const MONTH = 360; // units that a month takes when it is drawn widest
  const STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000]; // months from tick to tick
  const DAY = 864e5;
  const CHOICES = ["dispute", "actor", "kind", "from", "to"];
  const SVG = "http://www.w3.org/2000/svg";

  const lineHeight = (size) => Math.round(size * LEADING);
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  const dayOf = (text) => Date.parse(text) / DAY;

  /* ---- Boxes: how far one is moved, from its left end, whatever the direction it begins in ---- */

  const left = (box) => {
    const { scrollLeft, scrollWidth, clientWidth } = box;
    return getComputedStyle(box).direction === "rtl" ? scrollWidth - clientWidth + scrollLeft : scrollLeft;
  };

  function move(box, to) {
    const { scrollWidth, clientWidth } = box;
    box.scrollLeft = getComputedStyle(box).direction === "rtl" ? to - (scrollWidth - clientWidth) : to;
  }

  /* Where styles cannot keep the names of lanes in sight, do it here. */
  function keepInSight(box) {
    if (CSS.supports("animation-timeline: --time")) return;
    const svg = box.querySelector("svg");
    svg.classList.add("bb-kept");
    const keep = () => svg.style.setProperty("--bb-left", `${(left(box) * svg.viewBox.baseVal.width) / box.scrollWidth}px`);
    box.addEventListener("scroll", keep, { passive: true });
    new ResizeObserver(keep).observe(svg);
  }

  /* ---- Lettering ---- */

  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  let family = "sans-serif";

  function widthOf(text, size = SMALL, weight = 400) {
    const key = `${size} ${weight} ${text}`;
    if (!widths.has(key)) {
      pen.font = `${weight} ${size}px ${family}`;
      widths.set(key, pen.measureText(text).width * 1.03 + 1);
    }
    return widths.get(key);
  }

  function shortened(text, room) {
    if (widthOf(text) <= room) return text;
    let kept = [...text];
    while (kept.length && widthOf(`${kept.join("")}…`) > room) kept = kept.slice(0, -1);
    return `${kept.join("").trimEnd()}…`;
  }

  /* In lines no wider than `room`, broken between words, or anywhere in scripts that write none. */
  function wrapped(text, room) {
    const lines = [""];
    for (const piece of text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー][、。」』）]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+\s*|\s+/gu) ?? []) {
      const longer = lines.at(-1) + piece;
      if (!lines.at(-1) || widthOf(longer.trimEnd(), NORMAL, 600) <= room) lines[lines.length - 1] = longer;
      else lines.push(piece);
    }
    return lines.map((line) => line.trim());
  }

  /* ---- The timeline of a page ---- */

  class Timeline {
    constructor(form, box) {
      this.form = form;
      this.box = box;
      this.svg = box.querySelector("svg");
      this.still = [...this.svg.childNodes]; // as it was drawn
      this.key = [...this.svg.querySelectorAll("[data-stays=key]")];
      this.height = this.svg.getAttribute("height");
      this.rightToLeft = Boolean(this.svg.querySelector("text[direction=rtl]"));
      this.zoom = 1;
      this.months = this.readMonths();
      this.entries = this.readEntries();
      this.marks = this.readMarks();
      this.numbers = form.dataset.numbers.split("|");
    }

    field(name) {
      return this.form.elements.namedItem(name);
    }

    /* What can be chosen as beginning, in order; the end is chosen from the same. */
    readMonths() {
      const from = this.field("from");
      const to = this.field("to");
      for (const child of from.children) if (child.value !== "") to.append(child.cloneNode(true));
      const options = [...from.options].filter((option) => option.value);
      return options.map((option) => {
        const [year, month] = option.value.split("-").map(Number);
        const grouped = option.parentElement.tagName === "OPTGROUP";
        const yearly = grouped ? option.parentElement.label : option.text;
        return { value: option.value, day: dayOf(`${option.value}-01`), at: year * 12 + month - 1, text: option.text, yearly, grouped };
      });
    }

    readEntries() {
      return [...document.querySelectorAll(".bb-lane .bb-date[data-event]")].map((date) => {
        const item = date.closest("li");
        const { event, kind } = date.dataset;
        return {
          item, event, kind,
          lane: date.closest(".bb-lane").dataset.lane,
          actors: date.dataset.actors.split(" "),
          from: dayOf(date.dataset.from),
          to: dayOf(date.dataset.to),
          title: item.querySelector("a")?.textContent ?? "",
        };
      });
    }

    readMarks() {
      const known = new Map(this.entries.map((entry) => [`${entry.lane} ${entry.event}`, entry]));
      const marks = [...this.svg.querySelectorAll("a[data-event]")];
      return marks.map((link) => ({ link, entry: known.get(`${link.dataset.lane} ${link.dataset.event}`) })).filter((mark) => mark.entry);
    }

    /* ---- What is chosen ---- */

    get chosen() {
      return Object.fromEntries(CHOICES.map((name) => [name, this.field(name).value]));
    }

    choose(values) {
      for (const name of CHOICES) {
        const field = this.field(name);
        field.value = values[name] ?? "";
        if (field.selectedIndex < 0) field.value = "";
      }
    }

    /* The days from and to which events are shown; those of the whole drawing where none are chosen. */
    period() {
      const { from, to } = this.chosen;
      const begin = this.months.find((month) => month.value === from);
      const at = this.months.findIndex((month) => month.value === to);
      const last = dayOf(this.form.dataset.last);
      const end = at < 0 ? last : at + 1 < this.months.length ? this.months[at + 1].day - 1 : last;
      return { first: begin?.day ?? dayOf(this.form.dataset.first), last: Math.max(end, begin?.day ?? end) };
    }

    shows(entry, { dispute, actor, kind, from, to }, { first, last }) {
      return (
        (!dispute || entry.lane === dispute) && (!actor || entry.actors.includes(actor)) && (!kind || entry.kind === kind) &&
        (!from || entry.to >= first) && (!to || entry.from <= last)
      );
    }

    readAddress() {
      const asked = new URLSearchParams(location.search);
      this.choose(Object.fromEntries(asked));
      const zoom = Number(asked.get("zoom"));
      this.zoom = zoom > 1 ? clamp(2 ** Math.round(Math.log2(zoom)), 1, this.widest()) : 1;
    }

    /* In this page's address, and in those of the same page in other languages. */
    writeAddress() {
      const values = { ...this.chosen, zoom: this.zoom > 1 ? String(this.zoom) : "" };
      const written = (address) => {
        for (const [name, value] of Object.entries(values)) {
          if (value) address.searchParams.set(name, value);
          else address.searchParams.delete(name);
        }
        return address.href;
      };
      try {
        history.replaceState(history.state, "", written(new URL(location.href)));
      } catch {
        // Some browsers refuse it to pages opened from a disk.
      }
      for (const link of document.querySelectorAll("header a[hreflang]")) link.href = written(new URL(link.href));
    }

    widest() {
      const { first, last } = this.period();
      const wanted = (MONTH * (last + 1 - first)) / 30.4 / (WIDTH - 2 * MARGIN);
      return 2 ** Math.max(Math.ceil(Math.log2(wanted)), 0);
    }

    /* ---- Showing it ---- */

    show() {
      this.drawnFor = this.box.clientWidth;
      const chosen = this.chosen;
      const period = this.period();
      this.zoom = Math.min(this.zoom, this.widest());
      for (const entry of this.entries) entry.shown = this.shows(entry, chosen, period);
      this.list();
      this.count();
      const untouched = this.zoom === 1 && !CHOICES.some((name) => chosen[name]);
      const asDrawn = untouched && this.box.clientWidth >= WIDTH;
      this.field("reset").hidden = untouched;
      this.field("out").setAttribute("aria-disabled", String(this.zoom === 1));
      this.field("whole").setAttribute("aria-disabled", String(this.zoom === 1));
      this.field("in").setAttribute("aria-disabled", String(this.zoom >= this.widest()));
      this.keepingFocus(() => (asDrawn ? this.drawStill() : this.draw(period)));
    }

    list() {
      for (const { item, shown } of this.entries) item.hidden = !shown;
      for (const lane of document.querySelectorAll(".bb-lane[data-lane]")) {
        lane.hidden = !this.entries.some((entry) => entry.shown && entry.lane === lane.dataset.lane);
        const anchor = lane.querySelector("h2")?.id;
        if (!anchor) continue;
        for (const link of document.querySelectorAll(`.md-nav--secondary a[href$="#${CSS.escape(anchor)}"]`)) {
          link.closest("li").hidden = lane.hidden;
        }
      }
    }

    count() {
      const shown = new Set(this.entries.filter((entry) => entry.shown).map((entry) => entry.event)).size;
      const words = this.form.dataset.count.replace("{shown}", this.numbers[shown]);
      this.form.querySelector("[role=status]").textContent = shown ? words : `${words} ${this.form.dataset.none}`;
    }

    /* Marks are drawn anew: whoever was on one is on it still. */
    keepingFocus(draw) {
      const { event, lane } = document.activeElement?.closest?.("a[data-event]")?.dataset ?? {};
      draw();
      if (!event) return;
      const again = [...this.svg.querySelectorAll("a[data-event]")].filter((link) => link.dataset.event === event);
      (again.find((link) => link.dataset.lane === lane) ?? again[0] ?? this.box).focus({ preventScroll: true });
    }

    drawStill() {
      this.svg.replaceChildren(...this.still);
      this.resize(WIDTH, this.height);
    }

    resize(width, height) {
      this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      this.svg.setAttribute("width", width);
      this.svg.setAttribute("height", height);
      this.svg.style.setProperty("--bb-zoom", width / WIDTH);
    }

    draw(period) {
      const width = WIDTH * this.zoom;
      const days = Math.max(period.last + 1 - period.first, 1);
      const at = (day) => MARGIN + ((width - 2 * MARGIN) * clamp(day - period.first, 0, days)) / days;
      family = getComputedStyle(this.svg).fontFamily;
      const met = new Set();
      const back = [];
      const front = [];
      const key = this.key.map((node) => node.cloneNode(true));
      const named = key.filter((node) => node.tagName === "text").map((text) => Number(/,([\d.]+)/.exec(text.getAttribute("transform"))[1]));
      const top = (named.length ? Math.max(...named) + 10 : 0) + AXIS;
      const ticks = this.ticks(at, period);
      let y = top;
      let dated = y;
      this.axis(ticks, y, width, front);
      for (const { lane, name, marks } of this.lanes()) {
        if (y - dated > FAR) {
          y += AXIS;
          this.axis(ticks, y, width, front);
          dated = y;
        }
        back.push(drawn("line", { class: "bb-drawn-grid", x1: 0, x2: width, y1: y, y2: y }));
        for (const line of wrapped(name, Math.min(this.box.clientWidth, WIDTH) - 8)) {
          y += lineHeight(NORMAL);
          front.push(this.text(line, 0, y, "start", "bb-drawn-lane", { "data-stays": "lane" }));
        }
        y += 4;
        y += (this.lane(marks, at, width, y, back, front, met) + 1) * ROW + 8;
      }
      for (const { x } of ticks) back.unshift(drawn("line", { class: "bb-drawn-grid", x1: x, x2: x, y1: top, y2: y }));
      const [title, description] = this.still;
      this.svg.replaceChildren(title, description, ...back, ...key, ...front);
      this.resize(width, y + 2);
    }

    /* The lanes with anything to show, as they were drawn. */
    lanes() {
      const names = new Map([...this.field("dispute").options].map((option) => [option.value, option.text]));
      const shown = this.marks.filter(({ entry }) => entry.shown);
      return [...new Set(shown.map(({ entry }) => entry.lane))].map((lane) => ({
        lane,
        name: names.get(lane) ?? "",
        marks: shown.filter(({ entry }) => entry.lane === lane),
      }));
    }

    /* As many ticks as can be written. */
    ticks(at, { first, last }) {
      const within = this.months.filter(({ day }) => day >= first && day <= last);
      for (const step of STEPS) {
        const found = within
          .filter((month) => month.at % step === 0 && (step >= 12 || month.grouped))
          .map((month) => ({ x: at(month.day), text: step >= 12 ? month.yearly : month.text }));
        const room = (a, b) => b.x - a.x - (widthOf(a.text) + widthOf(b.text)) / 2;
        if (found.length && found.every((tick, n) => n === 0 || room(found[n - 1], tick) >= 16)) return found;
      }
      return [];
    }

    axis(ticks, y, width, front) {
      for (const { x, text } of ticks) {
        const half = widthOf(text) / 2;
        front.push(this.text(text, clamp(x, half, width - half), y - 7, "middle", "bb-drawn-date"));
      }
    }

    /* Marks into the rows of a lane, each with its name where there is room; gives the number of the last row. */
    lane(marks, at, width, top, back, front, met) {
      const ends = [];
      const rowFrom = (x) => {
        const row = ends.findIndex((end) => end <= x);
        return row < 0 ? ends.length : row;
      };
      const order = ({ entry: a }, { entry: b }) => a.from - b.from || a.to - b.to || (a.title < b.title ? -1 : 1);
      for (const { link, entry } of [...marks].sort(order)) {
        const middle = (at(entry.from) + at(entry.to + 1)) / 2;
        const half = entry.to > entry.from ? Math.max((at(entry.to + 1) - at(entry.from)) / 2, RADIUS + 5) : RADIUS;
        const [before, after] = [middle - half - 5, width - middle - half - 5];
        const toRight = widthOf(entry.title) <= after || after >= before;
        // Where a narrow box opens, names are read from their beginning.
        const unseen = this.zoom === 1 && before - LEAST > WIDTH - this.box.clientWidth ? Math.max(WIDTH - this.box.clientWidth, 0) : 0;
        const name = shortened(entry.title, Math.min(NAME, toRight ? after : before - unseen));
        const [start, end] = toRight ? [middle - half, middle + half + 5 + widthOf(name)] : [before - widthOf(name), middle + half];
        const row = rowFrom(start);
        ends[row] = end + GAP;
        const y = top + row * ROW + ROW / 2;
        if (entry.to > entry.from) back.push(this.span(link, middle - half, middle + half, y));
        front.push(this.mark(link, middle, y, met));
        const letters = this.text(name, toRight ? middle + half + 5 : before, y + SMALL * 0.35, toRight ? "start" : "end", "bb-drawn-name");
        front.push(this.named(link, letters));
      }
      return Math.max(ends.length - 1, 0);
    }

    /* A mark as it was drawn, elsewhere; of several to one place, readers and the tab key meet the first. */
    mark(link, x, y, met) {
      const mark = link.cloneNode(true);
      mark.querySelector("path").setAttribute("transform", `translate(${x.toFixed(1)},${y})`);
      const again = met.has(link.dataset.event);
      met.add(link.dataset.event);
      mark.toggleAttribute("tabindex", again);
      if (again) mark.setAttribute("tabindex", "-1");
      if (again) mark.setAttribute("aria-hidden", "true");
      else mark.removeAttribute("aria-hidden");
      return mark;
    }

    named(link, letters) {
      const name = link.cloneNode(true);
      name.removeAttribute("data-event");
      name.removeAttribute("data-lane");
      name.setAttribute("tabindex", "-1");
      name.setAttribute("aria-hidden", "true");
      name.querySelector("path").replaceWith(letters);
      return name;
    }

    span(link, x, x2, y) {
      const stroke = link.querySelector("path").getAttribute("stroke");
      return drawn("rect", { x: x.toFixed(1), y: y - 2, width: (x2 - x).toFixed(1), height: 4, rx: 2, fill: stroke, stroke, "stroke-width": 1.5 });
    }

    /* A line of text; from right to left a line starts at its right end, and what is placed by its left end stays there. */
    text(words, x, y, anchor, css, more = {}) {
      const other = { start: "end", end: "start", middle: "middle" };
      const way = this.rightToLeft ? { direction: "rtl" } : {};
      const text = drawn("text", { class: css, x: x.toFixed(1), y, "text-anchor": this.rightToLeft ? other[anchor] : anchor, ...way, ...more });
      text.textContent = words;
      return text;
    }

    /* ---- What readers do ---- */

    start() {
      this.readAddress();
      this.show();
      if (this.svg.viewBox.baseVal.width > WIDTH) move(this.box, this.box.scrollWidth);
      this.box.tabIndex = 0;
      this.box.setAttribute("role", "region");
      this.box.setAttribute("aria-labelledby", this.svg.getAttribute("aria-labelledby"));
      this.writeAddress();
      this.form.hidden = false;
      this.form.addEventListener("change", (event) => this.changed(event.target));
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("click", (event) => this.pressed(event.target.closest("button")?.name));
      this.box.addEventListener("keydown", (event) => this.typed(event));
      new ResizeObserver(() => this.resized()).observe(this.box);
      addEventListener("beforeprint", () => this.printed(true));
      addEventListener("afterprint", () => this.printed(false));
    }

    changed(field) {
      const { from, to } = this.chosen;
      // Who chooses an end before the beginning, or a beginning after the end, means that one month.
      if (from && to && from > to) this.field(field.name === "from" ? "to" : "from").value = field.value;
      this.show();
      if (field.name === "from" || field.name === "to") move(this.box, this.box.scrollWidth);
      this.writeAddress();
    }

    pressed(name) {
      if (name === "in") this.zoomTo(this.zoom * 2);
      if (name === "out") this.zoomTo(this.zoom / 2);
      if (name === "whole") this.zoomTo(1);
      if (name !== "reset") return;
      this.choose({});
      this.zoom = 1;
      this.show();
      this.writeAddress();
      // The button is gone now.
      this.field("dispute").focus();
    }

    /* In a narrow box names are written otherwise. */
    resized() {
      if (this.box.clientWidth === this.drawnFor || this.onPaper) return;
      this.show();
    }

    typed(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const name = { "+": "in", "=": "in", "-": "out", "−": "out", 0: "whole" }[event.key];
      if (!name) return;
      event.preventDefault();
      this.pressed(name);
    }

    /* What is in the middle stays there; what is at the end, where the newest is, stays at the end. */
    zoomTo(zoom) {
      const wanted = clamp(zoom, 1, this.widest());
      if (wanted === this.zoom) return;
      const { scrollWidth, clientWidth } = this.box;
      const middle = (left(this.box) + clientWidth / 2) / scrollWidth;
      const atEnd = left(this.box) + clientWidth > scrollWidth - 4;
      this.zoom = wanted;
      this.show();
      move(this.box, atEnd ? this.box.scrollWidth : middle * this.box.scrollWidth - clientWidth / 2);
      this.writeAddress();
    }

    /* On paper everything that is chosen is seen at once. */
    printed(now) {
      if (now) this.onScreen = this.zoom;
      this.onPaper = now;
      this.zoom = now ? 1 : this.onScreen;
      this.show();
    }
  }

  function drawn(tag, attributes) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  function begin() {
    for (const svg of document.querySelectorAll("svg:has([data-stays])")) keepInSight(svg.parentElement);
    const form = document.querySelector("form.bb-timeline");
    const box = document.querySelector(".bb-chart__drawing:has(a[data-event])");
    if (form && box) new Timeline(form, box).start();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
