// What there is to say, at the right: of the slide that is looked at first, then of all the rest; with the way out, and a click that mends.
import { byId, el, facts, say } from "./page.js";
import { goTo } from "./slides.js";
import { current, mend, onChange, select, slides, store } from "./store.js";

const panel = byId("findings");
const opener = byId("show-findings");
let open = null; // as somebody chose; null while nobody has

onChange((what) => what !== "list" && what !== "tab" && draw());
opener.addEventListener("click", () => {
  open = panel.hidden;
  draw();
  if (open) panel.querySelector("h2")?.focus();
});

export function showFindings() {
  open = true;
  draw();
}

function draw() {
  const view = store.view;
  if (!view) return;
  const found = view.findings;
  const errors = found.filter((one) => one.severity === "error").length;
  const warnings = found.filter((one) => one.severity === "warning").length;
  const count = byId("count");
  count.hidden = !found.length;
  count.textContent = String(errors || warnings || found.length);
  count.className = `count ${errors ? "error" : warnings ? "warning" : "note"}`;
  const wanted = open ?? (matchMedia("(min-width: 1100px)").matches && found.length > 0);
  panel.hidden = !wanted;
  opener.setAttribute("aria-expanded", String(wanted));
  document.body.classList.toggle("with-findings", wanted);
  if (!wanted) return;
  const mine = found.filter((one) => one.slide && one.slide === store.slide);
  const others = found.filter((one) => !mine.includes(one));
  const at = panel.scrollTop;
  const focused = [...panel.querySelectorAll("h2, button")].indexOf(document.activeElement);
  panel.replaceChildren(
    el("div", { class: "row spread" }, el("h2", { tabindex: "-1" }, say("findings")), el("button", { type: "button", class: "ghost round", "aria-label": say("close"), onclick: () => { open = false; draw(); opener.focus(); } }, "×")),
    el("p", { class: "quiet" }, view.examining && !view.examined ? say("looking") : found.length ? counts(found) : say("nothing_to_say")),
    ...group(say("of_this_slide"), mine, false), ...group(mine.length ? say("of_the_rest") : "", others, true));
  if (focused >= 0) (panel.querySelectorAll("h2, button")[focused] ?? panel.querySelector("h2")).focus({ preventScroll: true });
  panel.scrollTop = at;
}

function counts(found) {
  return ["error", "warning", "note"].map((level) => [level, found.filter((one) => one.severity === level).length]).filter(([, n]) => n).map(([level, n]) => say(`n_${level}s`, { n })).join(", ");
}

function group(title, found, where) {
  if (!found.length) return [];
  const order = { error: 0, warning: 1, note: 2 };
  const sorted = [...found].sort((a, b) => order[a.severity] - order[b.severity]);
  return [title ? el("h3", {}, title) : null, el("ul", {}, sorted.map((one) => card(one, where)))].filter(Boolean);
}

function card(one, where) {
  const row = where && one.slide ? slides().find((slide) => slide.id === one.slide) : null;
  const place = [row?.numbers[0] ? say("slide_n", { n: row.numbers[0] }) : row?.title, one.seen.handout ? say("handout_page", { n: one.seen.handout }) : null, one.seen.guide ? say("guide_page", { n: one.seen.guide }) : null].filter(Boolean).join(" · ");
  const elsewhere = one.file && !store.view.file.endsWith(one.file.replace(/^\.\//, "")) ? one.file.split("/").pop() : null;
  return el("li", { class: `finding ${one.severity}` },
    el("p", { class: "level" }, say(one.severity), place ? el("span", {}, place) : null),
    el("p", { lang: "en" }, one.message), one.text && one.text.length < 140 ? el("blockquote", {}, one.text) : null,
    one.hint ? el("p", { class: "hint", lang: "en" }, one.hint) : null,
    el("div", { class: "row" },
      row ? el("button", { type: "button", class: "link", onclick: () => select(one.slide) }, say("show_slide")) : null,
      one.line ? el("button", { type: "button", class: "link", onclick: () => { if (one.slide) select(one.slide); setTimeout(() => goTo(one), 50); } }, [elsewhere, say("line_n", { n: one.line })].filter(Boolean).join(", ")) : null,
      one.mends && facts.writable && store.view.examined ? el("button", { type: "button", class: "ghost small", "aria-label": `${say("mend")}: ${one.message}`, onclick: () => mend(one.number) }, say("mend")) : null));
}
