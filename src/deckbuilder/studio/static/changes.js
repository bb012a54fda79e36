// Changes, one after the other: each is in the file when the studio answers. Undone and done again without end; where somebody else
// changed the same meanwhile, it is asked about.
import { ask, byId, el, facts, say, tell, toast } from "./page.js";
import { expect, here, onChange, store } from "./store.js";

let queue = Promise.resolve();
let waiting = 0;
const mine = new Set(); // revisions that were made here
const kept = []; // edits that had no answer, or a file that nobody can read: they are made when there is one again
// `revision` is the file's that edits are meant for. While something is being written it stays, whatever others do to the file: so the
// studio knows what was changed at the same time.
export const changes = { revision: null, flush: () => {}, writing: () => false, own: (revision) => mine.has(revision), busy: () => waiting > 0 || kept.length > 0 };

onChange((what) => {
  if (what !== "view" && what !== "first") return;
  const { revision } = store.view;
  if (revision && !mine.has(revision) && !waiting && !changes.writing()) changes.revision = revision;
  if (!store.view.broken) for (const one of kept.splice(0)) line(() => made(one)).then((done) => done && tell(say("done_late")));
});

/**
 * Does an edit; resolves to what came of it, or to null where it was refused. `of` is "deck" or "session"; `from` is the form that it is
 * of, whose `base` is the revision that the form shows: what somebody else has written since is not in it.
 */
export function change(edit, of = "deck", from = null) {
  return line(() => made({ edit, of, from }));
}

async function made(one) {
  const { edit, of, from } = one;
  const base = from ? from.base : of === "deck" ? changes.revision : null;
  try {
    return took(await post("edit", { edit, base, of }), from);
  } catch (error) {
    if (error.away || (store.view.broken && !error.conflict)) {
      kept.push(one);
      toast(error.away ? error.message : say("kept_until_mended"), true);
      return null;
    }
    if (!error.conflict) return refused(error, edit);
    const chosen = await resolve(error.conflict);
    if (chosen !== "mine") {
      document.dispatchEvent(new CustomEvent("reload"));
      return null;
    }
    try {
      return took(await post("edit", { edit, base, of, over: true }), from);
    } catch (second) {
      return refused(second.conflict ? new Error(say("gone_meanwhile")) : second, edit);
    }
  }
}

export const undo = () => turn("undo");
export const redo = () => turn("redo");

function turn(way) {
  changes.flush();
  return line(async () => {
    try {
      const done = took(await post(way, {}));
      if (done.nothing) tell(say(`nothing_to_${way}`));
      else tell(say(`${way}_done`));
      document.dispatchEvent(new CustomEvent("reload"));
      return done;
    } catch (error) {
      return refused(error.conflict ? new Error(say("cannot_undo")) : error);
    }
  });
}

/** The whole text in place of the file's. */
export function rewrite(text, base) {
  return line(async () => took(await post("rewrite", { text, base })));
}

function line(work) {
  waiting += 1;
  saving();
  const done = queue.then(work).finally(() => {
    waiting -= 1;
    saving();
  });
  queue = done.catch(() => {});
  return done;
}

function saving() {
  document.body.classList.toggle("saving", waiting > 0);
}

function took(done, from = null) {
  mine.add(done.revision);
  if (done.of === "deck") changes.revision = done.revision;
  if (from && done.before === from.base) from.base = done.revision;
  else if (from) from.behind = true; // others wrote in between: the form is filled anew
  if (done.slide) expect(done.slide);
  return done;
}

async function post(way, body) {
  const answer = await fetch(`${here}/${way}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).catch(() => {
    throw Object.assign(new Error(say("not_there")), { away: true });
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(said.error ?? say("went_wrong")), { conflict: said.conflict });
  return said;
}

/** Says why nothing was done. Words that were written are shown, so that they can be copied. */
function refused(error, edit = null) {
  if (typeof edit?.value === "string" && edit.value.trim()) keep(error.message, edit.value);
  else toast(error.message, true);
  document.dispatchEvent(new CustomEvent("reload"));
  return null;
}

const shown = (value) => (value === null || value === undefined ? say("nothing") : typeof value === "string" ? value : JSON.stringify(value, null, 1));

function keep(why, words) {
  const dialog = byId("asking");
  dialog.replaceChildren(el("h2", { id: "asking-title" }, why), el("h3", {}, say("yours")), el("pre", {}, words),
    el("div", { class: "row end" }, el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, say("close"))));
  if (!dialog.open) dialog.showModal();
}

/** Asks which of two is meant; resolves to "mine" or "theirs". */
export function resolve({ mine: ours, theirs }) {
  const dialog = byId("asking");
  return new Promise((answer) => {
    const pick = (which) => () => { answer(which); dialog.close(); };
    dialog.replaceChildren(
      el("h2", { id: "asking-title" }, say("both_changed")), el("p", {}, say("both_changed_text")),
      el("div", { class: "versions" },
        el("section", {}, el("h3", {}, say("yours")), el("pre", {}, shown(ours)), el("button", { type: "button", class: "primary", onclick: pick("mine") }, say("take_yours"))),
        el("section", {}, el("h3", {}, say("theirs")), el("pre", {}, shown(theirs)), el("button", { type: "button", class: "ghost", onclick: pick("theirs") }, say("take_theirs")))));
    dialog.oncancel = () => answer("theirs");
    dialog.showModal();
  });
}

/** Asks whether something is meant; resolves to true or false. */
export function sure(text, doing) {
  const dialog = byId("asking");
  return new Promise((answer) => {
    dialog.replaceChildren(el("h2", { id: "asking-title" }, text), el("p", { class: "quiet" }, say("can_be_undone")),
      el("div", { class: "row end" }, el("button", { type: "button", class: "ghost", onclick: () => dialog.close() }, say("cancel")),
        el("button", { type: "button", class: "primary", onclick: () => { answer(true); dialog.close(); } }, doing)));
    dialog.onclose = () => answer(false);
    dialog.showModal();
  });
}

if (facts.writable) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest?.(".cm-editor, dialog:not(.forms)")) return;
    const key = event.key.toLowerCase();
    const way = key === "z" ? (event.shiftKey ? redo : undo) : key === "y" ? redo : null;
    if (!way) return;
    event.preventDefault();
    way();
  });
  byId("undo").addEventListener("click", undo);
  byId("redo").addEventListener("click", redo);
  addEventListener("beforeunload", () => changes.flush());
}
export { ask };
