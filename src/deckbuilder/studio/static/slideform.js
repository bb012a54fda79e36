// Under the slide: its form, which stays as it is while one writes, and is drawn anew where somebody else has written.
import { ask, el, facts, say, toast } from "./page.js";
import { change, changes } from "./changes.js";
import { bar } from "./actions.js";
import { Form, flush, writing } from "./form.js";
import { current, here, onChange, select, store } from "./store.js";
import { stage, under } from "./slides.js";
import * as source from "./source.js";

const forms = new Map();
const formOf = (kind) => {
  if (!forms.has(kind)) forms.set(kind, ask(`${here}/form/${kind}`).catch((error) => { forms.delete(kind); throw error; }));
  return forms.get(kind);
};
let shown = null; // the form, its slide, and the revision that it was filled from
let asked = 0;
let edits = 0;
let focusAfter = false;
changes.flush = flush;
changes.writing = writing;

const place = el("div", { class: "form-place" });
if (facts.writable) {
  const pair = ["form", "file"].map((name) => el("button", { type: "button", "aria-pressed": String(name === "form"), onclick: () => show(name) }, say(name)));
  const show = (name) => {
    pair.forEach((one, at) => one.setAttribute("aria-pressed", String((at === 1) === (name === "file"))));
    place.hidden = name === "file";
    if (name === "file") source.open().catch((error) => toast(error.message, true));
    else source.close();
  };
  under.append(bar, el("div", { class: "tabs pair", role: "group", "aria-label": say("how_to_write") }, pair), place, source.place);
  document.body.classList.add("writing");
  onChange((what) => {
    if (store.tab !== "slides") return;
    if (what === "slide" || what === "first" || what === "tab") fill();
    if (what === "view" && shown && (store.view.revision !== shown.revision || shown.slide !== current()?.edit || shown.behind)) fill(true);
    if (what === "view" && !shown) fill();
    if (what === "view" && shown) note();
  });
  document.addEventListener("reload", () => fill(false, true));
  document.addEventListener("write", () => (focusAfter = true));
  stage.onSpot = (spot) => {
    if (place.hidden) return source.goToLine(spot.line);
    const wanted = spot.field?.replace(/\[(\d+)\]/g, ".$1") ?? null;
    let name = wanted;
    while (name) {
      const found = place.querySelector(`[data-path="${CSS.escape(name)}"]`);
      const input = found?.querySelector("textarea, input, select");
      if (input) {
        input.focus();
        found.scrollIntoView({ block: "center" });
        return true;
      }
      name = name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : null;
    }
    return false;
  };
}

/** Shows the form of the slide that is looked at. `gently` leaves it alone where it says already what the file says. */
async function fill(gently = false, anew = false) {
  const row = current();
  if (!row) {
    flush();
    shown = null;
    return place.replaceChildren();
  }
  if (shown?.slide === row.edit && !gently && !anew) return;
  if (shown?.slide !== row.edit && shown?.now !== row.edit) flush();
  if (gently && (writing() || changes.busy())) return; // what is being written is not taken away; the edit's answer brings the rest
  const mine = (asked += 1);
  const before = edits;
  let spec, found, deck;
  try {
    [spec, found, deck] = await Promise.all([formOf(row.kind), ask(`${here}/value?slide=${encodeURIComponent(row.edit)}`), ask(`${here}/value`)]);
  } catch {
    return; // the slide is another by now; the next view brings it
  }
  if (mine !== asked || found.gone) return;
  if (gently && (writing() || changes.busy() || edits !== before)) return; // what was written meanwhile is not in what was asked for; its answer is
  const says = JSON.stringify(found.value);
  if (gently && !anew && shown && shown.kind === row.kind && (says === shown.says || says === JSON.stringify(shown.form.value) || place.contains(document.activeElement) && changes.own(found.revision) && !shown.behind)) {
    Object.assign(shown, { slide: row.edit, revision: store.view.revision, says });
    if (says === JSON.stringify(shown.form.value)) Object.assign(shown, { base: found.revision, behind: false });
    return;
  }
  const focused = place.contains(document.activeElement) ? document.activeElement.closest("[data-path]")?.dataset.path : null;
  const { selectionStart: from, selectionEnd: to, value: had } = focused ? document.activeElement : {};
  const form = new Form(spec, found.value, { deck: deck.value ?? {}, edit, own: found.shared?.own });
  shown = { form, slide: row.edit, kind: row.kind, revision: store.view.revision, base: found.revision, behind: false, says };
  place.dataset.kind = row.kind;
  place.replaceChildren(el("h2", { class: "kind-title" }, spec.label, el("span", {}, spec.help)),
    found.shared ? el("p", { class: "from-library" }, say("from_library", { name: found.shared.take, file: found.shared.file })) : "", form.element);
  const wanted = focused ? form.element.querySelector(`[data-path="${CSS.escape(focused)}"]`) : focusAfter ? form.element.querySelector(".entry") : null;
  const input = wanted?.querySelector("textarea, input, select");
  input?.focus();
  if (input && from !== undefined && from !== null && input.value === had) input.setSelectionRange?.(from, to);
  if (focusAfter) wanted?.querySelector("textarea, input")?.select();
  focusAfter = false;
  note();
}

/** Puts findings under the fields that they are about. */
function note() {
  for (const old of place.querySelectorAll(".field-note")) old.remove();
  for (const one of store.view.findings.filter((each) => each.slide === store.slide && each.field)) {
    let name = one.field;
    let entry = null;
    while (!entry && name) {
      entry = place.querySelector(`[data-path="${CSS.escape(name)}"]`);
      name = name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "";
    }
    entry?.append(el("p", { class: `field-note ${one.severity}`, lang: "en" }, one.hint ? `${one.message} → ${one.hint}` : one.message));
  }
}

/** An edit of the form's slide. Its id may be another afterwards: the form goes on with it. */
async function edit(one) {
  edits += 1;
  const of = shown;
  const named = (each) => ({ ...each, slide: of.now ?? of.slide });
  const done = await later(() => change(named(one), "deck", of));
  if (!done?.slide) return done;
  of.now = done.slide;
  of.slide = done.slide;
  return done;
}

let chain = Promise.resolve();
function later(work) {
  const next = chain.then(work);
  chain = next.catch(() => {});
  return next;
}

export { select, say };
