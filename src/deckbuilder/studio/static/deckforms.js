// Forms of what is deck-wide: the training itself, a section, the session.
import { ask, byId, el, facts, say, toast } from "./page.js";
import { change, changes } from "./changes.js";
import { Form, flush, writing } from "./form.js";
import { here, onChange, store } from "./store.js";

let shown = () => {};
let open = null; // the form that is open: what it says, the revision of its file, the title of its section
// What was undone or done again may be of the form that is open; so may be what somebody else wrote.
document.addEventListener("reload", () => byId("forms").open && shown());
onChange((what) => what === "view" && byId("forms").open && !writing() && !changes.busy() && shown(true));

/** Opens the form of "deck", "session" or "part" (a section, by its number). */
export async function openForm(kind, { section } = {}) {
  shown = (gently) => fill(kind, section, gently);
  open = null;
  if (!(await fill(kind, section))) return;
  const dialog = byId("forms");
  const from = document.activeElement;
  dialog.onclose = () => {
    flush();
    if (document.activeElement === document.body) from?.focus();
  };
  dialog.showModal();
  dialog.querySelector("h2").focus();
}

/**
 * Fills the form, anew where it is open already; resolves to whether there was anything to fill it with. `gently` leaves it alone where
 * it says what the file says. A section is the one of that title, wherever it stands by now.
 */
async function fill(kind, section, gently = false) {
  const dialog = byId("forms");
  const of = kind === "session" ? "session" : "deck";
  const query = kind === "session" ? "?of=session" : kind === "part" ? `?section=${section}` : "";
  let spec, found;
  try {
    [spec, found] = await Promise.all([ask(`${here}/form/${kind}`), ask(`${here}/value${query}`)]);
    if (gently && (writing() || changes.busy())) return true;
    if (gently && kind === "part" && open && found.value?.title !== open.form.value.title) {
      const places = (store.view.training?.sections ?? []).flatMap((one, at) => (one.title === open.form.value.title ? [at] : []));
      if (places.length === 1 && places[0] !== section) {
        shown = (softly) => fill(kind, places[0], softly);
        return shown(true);
      }
      if (!places.length && !changes.own(found.revision)) {
        dialog.close();
        toast(say("old_page"), true);
        return false;
      }
    }
  } catch (error) {
    toast(error.message, true);
    return false;
  }
  if (found.gone) {
    toast(say("old_page"), true);
    return false;
  }
  const base = kind === "part" ? ["sections", section] : [];
  const says = JSON.stringify(found.value);
  if (gently && open && open.section === section && !open.behind && (says === open.says || says === JSON.stringify(open.form.value))) {
    if (says === JSON.stringify(open.form.value)) Object.assign(open, { base: found.revision, says });
    return true;
  }
  const own = { base: found.revision, behind: false, says, section };
  const form = new Form(spec, found.value, { base, edit: (edit) => change(edit, of, own) });
  open = Object.assign(own, { form });
  const at = dialog.open ? document.activeElement?.closest("[data-path]")?.dataset.path : null;
  const title = kind === "part" ? say("section") : kind === "session" ? say("session") : say("details");
  dialog.replaceChildren(
    el("div", { class: "row spread" }, el("h2", { id: "forms-title", tabindex: "-1" }, title), el("button", { type: "button", class: "ghost round", "aria-label": say("close"), onclick: () => dialog.close() }, "×")),
    form.element, el("div", { class: "row end" }, el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, say("close"))));
  if (dialog.open) (dialog.querySelector(`[data-path="${CSS.escape(at ?? "")}"] :is(textarea, input, select)`) ?? dialog.querySelector("h2")).focus();
  return true;
}

if (facts.writable) {
  onChange((what) => {
    if (what !== "list" || byId("time").querySelector(".wide")) return;
    byId("time").append(el("div", { class: "row wide" }, el("button", { type: "button", class: "ghost small", onclick: () => openForm("deck") }, say("details")), el("button", { type: "button", class: "ghost small", onclick: () => openForm("session") }, say("session"))));
  });
}
export { store };
