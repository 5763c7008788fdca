// What a machine can object to in a page as it is drawn, a line for each; test_pictures.py runs this in a browser.
"use strict";

const objections = new Set();
const LEAST = 4.5, LEAST_LARGE = 3;
const brush = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d", {willReadFrequently: true});
const seen = new Map();

// Any colour that CSS can write, as red, green, blue and how opaque it is.
function colour(written) {
  if (!seen.has(written)) {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = written;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue, opaque] = brush.getImageData(0, 0, 1, 1).data;
    seen.set(written, [red, green, blue, opaque / 255]);
  }
  return seen.get(written);
}

function over(top, bottom) {
  return [0, 1, 2].map(i => top[i] * top[3] + bottom[i] * (1 - top[3]));
}

function luminance(channels) {
  const [red, green, blue] = channels.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// The colour behind an element; null where a picture is behind it.
const grounds = new Map();
function ground(element) {
  if (!element) return [255, 255, 255];
  if (!grounds.has(element)) {
    const style = getComputedStyle(element), below = ground(element.parentElement), own = colour(style.backgroundColor);
    grounds.set(element, style.backgroundImage !== "none" || !below ? null : over(own, below));
  }
  return grounds.get(element);
}

function visible(element) {
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && element.checkVisibility({opacityProperty: true, visibilityProperty: true});
}

function named(element) {
  const own = [...element.classList].slice(0, 2).join(".");
  return `${element.localName}${own && "." + own} “${(element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 30)}”`;
}

function worded(element) {
  return [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
}

function judgeContrast(element) {
  const style = getComputedStyle(element), behind = ground(element);
  if (!behind) return;
  const [light, dark] = [luminance(over(colour(style.color), behind)), luminance(behind)].sort((a, b) => b - a);
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  const contrast = (light + 0.05) / (dark + 0.05);
  if (contrast < (large ? LEAST_LARGE : LEAST)) objections.add(`contrast ${contrast.toFixed(2)}: ${named(element)}`);
}

// Words that are cut off where nothing says so and nothing scrolls.
function judgeCut(element) {
  const style = getComputedStyle(element);
  const clips = ["hidden", "clip"].includes(style.overflowX) && style.textOverflow !== "ellipsis" && element.clientWidth > 1;
  if (clips && element.scrollWidth > element.clientWidth + 1) objections.add(`cut off: ${named(element)}`);
}

function judgeOverlaps(elements) {
  const boxes = elements.map(element => [element, element.getBoundingClientRect()]);
  boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([two, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const inside = one.contains(two) || two.contains(one);
    if (!inside && wide > 1 && high > 1) objections.add(`overlap: ${named(one)} and ${named(two)}`);
  }));
}

const page = document.documentElement;
if (page.scrollWidth > innerWidth) objections.add(`scrolls sideways: ${page.scrollWidth} of ${innerWidth}`);
for (const element of document.body.querySelectorAll("*:not(svg, svg *, script, style)")) {
  if (worded(element) && visible(element)) {
    judgeContrast(element);
    judgeCut(element);
  }
}
// The parts of the field to search in lie within each other by design.
judgeOverlaps([...document.querySelectorAll(".md-header :is(a, button, label, .md-header__topic, .md-search__form)")]
  .filter(element => visible(element) && !element.matches(".md-search__form *, .md-search__overlay")));
judgeOverlaps([...document.querySelectorAll(".md-tabs a")].filter(visible));
return [...objections];
