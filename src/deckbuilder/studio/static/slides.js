// The middle: the slide that is looked at, as it will be projected; a click on what it says leads to where that was written.
import { ask, byId, el, facts, say, toast } from "./page.js";
import { current, here, onChange, picture, step, store, swap } from "./store.js";

const about = new Map(); // what slides say, by their key

export const stage = { onSpot: null }; // who wants to know of clicks on what a slide says
const image = el("img", { class: "slide-picture", alt: "", decoding: "async" });
const spots = el("div", { class: "spots" });
const sheet = el("div", { class: "sheet big" }, image, spots);
const place = el("p", { class: "place" });
const before = el("button", { type: "button", class: "ghost round", "aria-label": say("before"), title: `${say("before")} (←)`, onclick: () => step(-1) }, "‹");
const after = el("button", { type: "button", class: "ghost round", "aria-label": say("after"), title: `${say("after")} (→)`, onclick: () => step(1) }, "›");
const said = el("div", { class: "unseen", id: "slide-words" });
export const under = el("div", { id: "under" }); // where changing happens
const figure = el("div", { class: "stage" }, el("div", { class: "frame" }, sheet), el("div", { class: "row controls" }, before, place, after), said, under);

onChange((what) => {
  if (store.tab === "slides" && what !== "list") draw();
});

export function draw() {
  const panel = byId("panel");
  if (panel.firstChild !== figure) panel.replaceChildren(figure);
  const row = current();
  if (!row) {
    place.textContent = store.view?.training ? say("no_slides") : say("never_good");
    sheet.hidden = true;
    return;
  }
  sheet.hidden = false;
  sheet.style.setProperty("aspect-ratio", String(store.view.training.ratio));
  figure.style.setProperty("--ratio", String(store.view.training.ratio));
  sheet.classList.toggle("hidden-slide", row.hidden);
  const key = row.frames[store.part];
  if (!key) {
    image.hidden = true;
    spots.replaceChildren(el("p", { class: "not-projected" }, say("not_projected")));
    place.textContent = row.title;
    return;
  }
  image.hidden = false;
  const narrow = sheet.clientWidth && sheet.clientWidth * devicePixelRatio <= facts.widths[1];
  // First as fast as it can be had, then as sharp as the screen shows it.
  swap(image, picture(key, facts.widths[1])).then(() => !narrow && current()?.frames[store.part] === key && swap(image, picture(key, facts.widths[2])));
  const number = row.numbers[store.part];
  const parts = row.frames.length > 1 ? ` · ${say("part_of", { n: store.part + 1, total: row.frames.length })}` : "";
  const pages = [["handout", row.pages.handout], ["guide", row.pages.guide]].filter(([, page]) => page).map(([name, page]) => say(`${name}_page`, { n: page }));
  place.replaceChildren(
    el("strong", {}, `${say("slide_of", { n: number, total: store.view.training.slides })}${parts}`),
    ` ${[row.clock, row.hidden ? say("hidden") : null, ...pages].filter(Boolean).join(" · ")}`);
  describe(key);
}

async function describe(key) {
  try {
    if (!about.has(key)) about.set(key, await ask(`${here}/slide/${key}/about`));
  } catch {
    return;
  }
  if (current()?.frames[store.part] !== key) return;
  const { words, spots: found } = about.get(key);
  image.alt = words.split("\n")[0];
  said.textContent = words;
  const buttons = found.filter((spot) => spot.line).map((spot) => {
    const button = el("button", { type: "button", class: "spot", "data-field": spot.field, title: say("written_at", { line: spot.line }), "aria-label": say("go_to_text", { field: spot.field, line: spot.line }), onclick: () => goTo(spot) });
    // Small ones are as large as a finger, grow towards the middle, and lie above those that they lie on.
    const across = spot.x > 0.5 ? ["right", 1 - spot.x - spot.width] : ["left", spot.x];
    const down = spot.y > 0.5 ? ["bottom", 1 - spot.y - spot.height] : ["top", spot.y];
    for (const [name, value] of [across, down, ["width", spot.width], ["height", spot.height]]) button.style.setProperty(name, `${value * 100}%`);
    button.style.setProperty("z-index", Math.round((1 - spot.width * spot.height) * 100));
    return button;
  });
  spots.replaceChildren(...buttons);
}

/** Where something was written: in the form where there is one, in an editor where its address is known; else it is told. */
export function goTo(spot) {
  const led = stage.onSpot?.(spot);
  if (facts.editor) {
    const whole = /^(\/|[A-Za-z]:)/.test(spot.file) ? spot.file : store.view.file;
    location.href = facts.editor.replace("{file}", encodeURI(whole)).replace("{line}", spot.line).replace("{column}", spot.column ?? 1);
    return;
  }
  if (led) return;
  const words = `${spot.file}:${spot.line}`;
  navigator.clipboard?.writeText(words).catch(() => {});
  toast(say("line_copied", { line: words }));
}

document.addEventListener("keydown", (event) => {
  if (store.tab !== "slides" || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], [role=tablist], dialog, .list, .findings, .cm-editor")) return;
  const way = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity }[event.key];
  if (!way) return;
  event.preventDefault();
  step(way);
});
addEventListener("resize", () => store.tab === "slides" && store.view && draw());
