// Make files: which, in which themes, on which paper; how far it is; and what was made.
import { ask, byId, el, say, tell, toast } from "./page.js";
import { nameOf, themes } from "./look.js";
import { here, store } from "./store.js";

const dialog = byId("making");
let timer = null;
byId("make")?.addEventListener("click", open);
dialog.addEventListener("close", () => clearTimeout(timer));

const check = (name, value, title, more, on, extra = null) =>
  el("label", { class: "pick" }, el("input", { type: "checkbox", name, value, checked: on }), extra, el("span", {}, el("strong", {}, title), more ? el("small", {}, more) : null));

/** A theme as a small slide in its colours. */
function sample(theme) {
  const [ink, paper, deep, , ...accents] = theme.colors;
  const one = el("span", { class: "sample", "aria-hidden": "true" }, el("i", {}), el("i", {}), el("i", {}), el("i", {}));
  one.style.setProperty("background", paper);
  [deep, ink, ink, accents[0]].forEach((color, at) => one.children[at].style.setProperty("background", color));
  return one;
}

async function open() {
  let found;
  try {
    const running = await ask(`${here}/made`);
    if (running.running) { dialog.showModal(); return follow(); }
    found = await themes();
  } catch (error) {
    return toast(error.message, true);
  }
  const now = store.view.settings;
  const select = (name, pairs, value) => el("select", { name }, pairs.map(([key, title]) => el("option", { value: key, selected: key === value }, title)));
  const form = el("form", { onsubmit: start },
    el("h2", { id: "making-title" }, say("make_files")),
    el("fieldset", {}, el("legend", {}, say("what")), el("div", { class: "picks two" },
      found.outputs.map((one) => check("only", one.name, say(`out_${one.name}`), say(`out_${one.name}_text`), one.usual)))),
    el("fieldset", {}, el("legend", {}, say("themes")), el("div", { class: "picks two" }, found.themes.map((one) => check("themes", one.name, one.title, one.heading, one.name === now.theme, sample(one))))),
    found.languages.length ? el("fieldset", {}, el("legend", {}, say("text_language")), el("div", { class: "picks two" }, found.languages.map((one) => check("languages", one, nameOf(one), "", one === now.language)))) : null,
    found.variants.length ? el("fieldset", {}, el("legend", {}, say("variant")), el("div", { class: "picks two" }, found.variants.map((one) => check("variants", one, one, "", one === now.variant)))) : null,
    el("fieldset", { class: "choices" }, el("legend", {}, say("printing")),
      el("label", { class: "choice" }, el("span", {}, say("paper")), select("paper", [["", say("usual")], ["a4", "A4"], ["letter", "Letter"]], now.paper ?? "")),
      el("label", { class: "choice" }, el("span", {}, say("printed_as")), select("preset", [["", say("as_ever")], ...found.presets.map((one) => [one, say(`preset_${one}`) === `preset_${one}` ? one : say(`preset_${one}`)])], now.preset ?? "")),
      el("label", { class: "choice" }, el("span", {}, say("handout_is")), select("slides_per_page", [["", say("workbook")], ...[1, 2, 3, 4, 6].map((n) => [String(n), say("slides_a_page", { n })])], "")),
      el("label", { class: "choice" }, el("span", {}, say("guide_is")), select("guide", [["", say("as_ever")], ["compact", say("guide_compact")], ["full", say("guide_full")]], ""))),
    el("fieldset", {}, el("legend", {}, say("time")), el("label", { class: "choice" }, el("span", {}, say("fit_minutes")), el("input", { type: "number", name: "fit_minutes", min: "1", step: "1", "aria-describedby": "fit-help" })),
      el("p", { id: "fit-help", class: "help" }, say("fit_minutes_text")), el("button", { type: "button", class: "ghost small", onclick: (event) => start(event, true) }, say("what_goes"))),
    el("details", {}, el("summary", {}, say("more_choices")), el("div", { class: "picks" },
      check("duplex", "on", say("duplex"), "", false), check("grayscale", "on", say("grayscale"), "", false), check("notes", "on", say("with_notes"), say("with_notes_text"), true), check("originals", "on", say("originals"), "", false), check("strict", "on", say("strict"), say("strict_text"), false), check("translated", "on", say("translated"), say("translated_text"), false))),
    el("p", { class: "wrong", role: "alert", hidden: true }),
    el("div", { class: "row end" }, el("button", { type: "button", class: "ghost", onclick: () => dialog.close() }, say("cancel")), el("button", { class: "primary" }, say("make_them"))));
  dialog.replaceChildren(form);
  dialog.showModal();
}

/** Makes the files; `dry` only asks what there is no time for. */
async function start(event, dry = false) {
  event.preventDefault();
  const asked = event.target.closest("form");
  const data = new FormData(asked);
  const on = (name) => data.get(name) === "on" || null;
  const wish = {
    themes: data.getAll("themes"), variants: data.getAll("variants"), languages: data.getAll("languages"), only: data.getAll("only"), paper: data.get("paper") || null, preset: data.get("preset") || null,
    slides_per_page: data.get("slides_per_page") ? Number(data.get("slides_per_page")) : null, guide: data.get("guide") || null,
    duplex: on("duplex"), grayscale: on("grayscale"), notes: data.get("notes") === "on", originals: data.get("originals") === "on", strict: data.get("strict") === "on",
    translated: data.get("translated") === "on", fit_minutes: data.get("fit_minutes") ? Number(data.get("fit_minutes")) : null, dry,
  };
  const wrong = asked.querySelector(".wrong");
  const missing = dry && !wish.fit_minutes ? "choose_minutes" : !wish.only.length ? "choose_what" : !wish.themes.length ? "choose_theme" : null;
  if (missing) {
    wrong.textContent = say(missing);
    wrong.hidden = false;
    return;
  }
  try {
    await ask(`${here}/make`, wish);
    follow();
  } catch (error) {
    wrong.textContent = error.message;
    wrong.hidden = false;
  }
}

/** Shows how far it is until it is done. */
async function follow() {
  let now;
  try {
    now = await ask(`${here}/made`);
  } catch (error) {
    return toast(error.message, true);
  }
  if (now.running) {
    if (!dialog.querySelector("progress")) dialog.replaceChildren(el("h2", { id: "making-title" }, say("make_files")), el("progress", { "aria-label": say("make_files") }), el("p", { class: "step", role: "status", lang: "en" }, ""));
    dialog.querySelector(".step").textContent = now.step;
    timer = setTimeout(follow, 300);
    return;
  }
  done(now);
}

function done(now) {
  const good = now.files.length > 0;
  const dry = !good && !now.problems.length;
  const title = good ? say("made", { n: now.files.length }) : say(dry ? "what_goes" : "not_made");
  tell(title, !good && !dry);
  dialog.replaceChildren(
    el("h2", { id: "making-title", tabindex: "-1" }, title), ...now.plans.map(plan),
    ...(dry ? [] : [good ? el("p", { class: "where" }, now.folder) : el("ul", {}, now.problems.map((one) => el("li", { class: "finding error" }, el("p", { lang: "en" }, one.message), one.hint ? el("p", { class: "hint", lang: "en" }, one.hint) : null)))]),
    el("ul", { class: "made" }, now.files.map((one) => el("li", {}, el("a", { href: `${here}/made/${one.number}`, download: one.name }, one.name), el("span", { class: "quiet" }, `${one.theme} · ${size(one.bytes)}`)))),
    el("div", { class: "row end" },
      good ? el("button", { type: "button", class: "ghost", onclick: () => ask(`${here}/reveal`, {}).catch((error) => toast(error.message, true)) }, say("open_folder")) : null,
      el("button", { type: "button", class: "ghost", onclick: open_again }, say("make_more")),
      el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, say("close"))));
  dialog.querySelector("h2").focus();
}

/** What is left out, what that saves and what it costs. */
const plan = (one) =>
  el("section", { class: "plan" }, el("h3", {}, one.name), el("p", {}, say(one.over ? "over_by" : "fits_in", { before: one.before, after: one.after, n: one.over })),
    one.left_out.length ? el("table", {}, el("thead", {}, el("tr", {}, ["left_out", "saves"].map((name) => el("th", { scope: "col" }, say(name))))), el("tbody", {}, one.left_out.map((piece) => el("tr", {}, el("td", {}, piece.words), el("td", {}, say("min", { m: Math.round(piece.minutes * 10) / 10 })))))) : el("p", {}, say("nothing_goes")),
    one.losses.length ? el("ul", { lang: "en" }, one.losses.map((loss) => el("li", {}, loss))) : null,
    one.longest.length ? el("p", { class: "quiet" }, `${say("shorten")}: ${one.longest.map((piece) => piece.words).join(" · ")}`) : null);

function open_again() {
  dialog.close();
  open();
}

const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} KB`);
