// The list at the left: sections and slides with their pictures, minutes and clock; how long all of it takes.
import { byId, el, facts, lasting, say } from "./page.js";
import { changed, onChange, picture, select, slides, store, swap } from "./store.js";

document.addEventListener("redraw", () => draw());
const rows = new Map(); // the element of each slide, by its name

onChange((what) => {
  if (what === "slide") return mark(true);
  if (what === "first" || what === "view") draw();
});

function draw() {
  const training = store.view.training;
  const place = byId("sections");
  if (!training) return;
  drawTime(training);
  const seen = new Set();
  const made = training.sections.map((section, number) => {
    const items = section.rows.flatMap((row) => [...(row.day ? [el("li", { class: "day" }, row.day)] : []), row.break ? drawBreak(row) : drawRow(row, seen)]);
    return el("section", { class: "part", "data-section": number, "aria-labelledby": `section-${number}` },
      el("h2", { id: `section-${number}` }, el("span", {}, section.title), el("span", { class: "lasting" }, section.minutes ? lasting(section.minutes) : "")),
      el("ol", { "data-section": number }, items));
  });
  for (const id of rows.keys()) if (!seen.has(id)) rows.delete(id);
  const [at, focused] = [byId("list").scrollTop, document.activeElement?.dataset?.slide];
  place.replaceChildren(...made);
  byId("list").scrollTop = at;
  mark(store.before === null);
  // A slide is called by its words: whoever stands on one that has just got others stays on it.
  if (focused) (rows.get(focused) ?? rows.get(store.slide))?.querySelector("button")?.focus({ preventScroll: true });
  changed("list");
  if (tool) focusTool(tool);
}

// Tools are drawn anew with what they are of; whoever uses them by keys goes on where the same tool is by then.
let tool = null;
document.addEventListener("focusin", ({ target }) => target.closest("dialog") || (tool = target.dataset.tool ?? null));
document.addEventListener("close", () => tool && focusTool(tool), true);

function focusTool(name) {
  if (document.activeElement !== document.body) return;
  const all = [...document.querySelectorAll("[data-tool]")];
  (all.find((one) => one.dataset.tool === name) ?? all.find((one) => one.dataset.tool.startsWith(`${name.split("\n")[0]}\n`)))?.focus({ preventScroll: true });
}

function drawBreak(row) {
  return el("li", { class: "break" }, el("span", { class: "clock" }, row.clock ?? ""), el("span", {}, row.title ?? say("break")), el("span", { class: "lasting" }, lasting(row.minutes)));
}

function drawRow(row, seen) {
  seen.add(row.id);
  let item = rows.get(row.id);
  if (!item) {
    const image = el("img", { alt: "", loading: "lazy", decoding: "async" });
    item = el("li", { class: "item" },
      el("button", { type: "button", class: "thumb", "data-slide": row.id, tabindex: "-1", onclick: () => select(row.id) },
        el("span", { class: "unseen of-slide" }), el("span", { class: "number" }), el("span", { class: "sheet" }, image), el("span", { class: "name" }), el("span", { class: "clock" }), el("span", { class: "lasting" }), el("span", { class: "marks", "aria-hidden": "true" }), el("span", { class: "unseen more" })));
    rows.set(row.id, item);
  }
  const put = (name, text) => {
    const place = item.querySelector(`.${name}`);
    if (place.textContent !== text) place.textContent = text;
  };
  const [first, last] = [row.numbers[0], row.numbers.at(-1)];
  put("number", first ? (first === last ? `${first}` : `${first}–${last}`) : "–");
  put("name", row.title || say(`kind_${row.kind}`));
  put("clock", row.clock ?? "");
  put("lasting", row.minutes ? lasting(row.minutes) : "");
  item.querySelector(".lasting").classList.toggle("estimated", row.estimated);
  item.querySelector(".lasting").title = row.estimated ? say("estimated") : "";
  item.classList.toggle("hidden-slide", row.hidden || !row.frames.length);
  const found = store.view.findings.filter((one) => one.slide === row.id);
  const worst = ["error", "warning", "note"].find((level) => found.some((one) => one.severity === level));
  const marks = item.querySelector(".marks");
  marks.className = `marks ${worst && worst !== "note" ? worst : ""}`;
  marks.textContent = worst && worst !== "note" ? String(found.filter((one) => one.severity === worst).length) : "";
  const image = item.querySelector("img");
  image.parentElement.style.setProperty("aspect-ratio", String(store.view.training.ratio));
  if (row.frames.length) swap(image, picture(row.frames[0], facts.widths[0]));
  image.hidden = !row.frames.length;
  put("of-slide", first ? say("slide") : say("not_projected"));
  put("more", [row.hidden ? say("hidden") : null, found.length ? say("n_findings", { n: found.length }) : null].filter(Boolean).join(", "));
  return item;
}

function drawTime(training) {
  const { total, planned, start, end } = training;
  const over = planned && total > planned + 0.5;
  const share = planned ? Math.min(1, total / planned) : 0;
  const bar = planned ? el("div", { class: over ? "bar-of over" : "bar-of", "aria-hidden": "true" }, el("div", {})) : null;
  bar?.firstChild.style.setProperty("width", `${share * 100}%`);
  const spare = planned ? Math.round(planned - total) : 0;
  const sums = byId("time").querySelector(".sums") ?? byId("time").appendChild(el("div", { class: "sums" }));
  sums.replaceChildren(
    el("p", {}, el("strong", {}, lasting(total)), planned ? ` ${say("of_planned", { planned: lasting(planned) })}` : ""),
    ...(bar ? [bar] : []),
    el("p", { class: over ? "over" : "quiet" }, [start && end ? `${start} – ${end}` : null, planned && spare ? say(spare < 0 ? "too_long" : "to_spare", { time: lasting(Math.abs(spare)) }) : null].filter(Boolean).join(" · ")));
}

function mark(scroll) {
  for (const [id, item] of rows) {
    const button = item.querySelector("button");
    const chosen = id === store.slide;
    if (chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    button.tabIndex = chosen ? 0 : -1;
    if (chosen && scroll) button.scrollIntoView({ block: "nearest" });
  }
}

byId("list").addEventListener("keydown", (event) => {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = slides();
  const at = all.findIndex((row) => row.id === store.slide);
  const to = event.altKey ? undefined : event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : way ? all[at + way] : undefined;
  if (!to || !event.target.closest(".thumb")) return;
  event.preventDefault();
  select(to.id);
  rows.get(to.id)?.querySelector("button").focus();
});

export const itemOf = (id) => rows.get(id);
