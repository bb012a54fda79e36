// The start page: recent trainings, a new one, one that lies somewhere.
import { ask, byId, el, say, toast } from "./page.js";

async function open(path) {
  try {
    location.href = (await ask("/open", { path })).address;
  } catch (error) {
    toast(error.message, true);
  }
}

for (const card of document.querySelectorAll("[data-deck]")) card.addEventListener("click", () => open(card.dataset.deck));

/** Lets somebody choose a folder; `take` is given its path. With `trainings`, one that holds a training. */
async function choose(take, trainings, decks = false) {
  const dialog = byId("folders");
  const show = async (at) => {
    let found;
    try {
      found = await ask(`/folders${at ? `?at=${encodeURIComponent(at)}` : ""}`);
    } catch (error) {
      return toast(error.message, true);
    }
    const pick = (path) => { dialog.close(); take(path); };
    const rows = found.folders.map((one) =>
      el("li", {}, el("button", { type: "button", class: one.training ? "folder training" : "folder", onclick: () => (one.training && trainings ? pick(one.path) : show(one.path)) },
        el("span", {}, one.name), one.training ? el("em", {}, say("a_training")) : null)));
    if (decks) rows.push(...found.decks.map((one) => el("li", {}, el("button", { type: "button", class: "folder training", onclick: () => pick(one.path) }, el("span", {}, one.name), el("em", {}, say("an_old_deck"))))));
    dialog.replaceChildren(
      el("h2", { id: "folders-title" }, say(decks ? "take_over" : trainings ? "open_training" : "choose_folder")),
      el("p", { class: "where" }, found.path),
      el("div", { class: "row" },
        el("button", { type: "button", class: "ghost", disabled: !found.parent, onclick: () => show(found.parent) }, say("up")),
        decks ? null : trainings ? (found.training ? el("button", { type: "button", class: "primary", onclick: () => pick(found.path) }, say("open_this")) : null)
          : el("button", { type: "button", class: "primary", onclick: () => pick(found.path) }, say("take_this")),
        el("button", { type: "button", class: "ghost", onclick: () => dialog.close() }, say("cancel"))),
      rows.length ? el("ul", { class: "folders" }, rows) : el("p", { class: "empty" }, say("no_folders")));
    if (!dialog.open) dialog.showModal();
    dialog.querySelector(".folders button, .row button:not(:disabled)")?.focus();
  };
  await show();
}

byId("open").addEventListener("click", () => choose(open, true));
byId("import")?.addEventListener("click", () => choose(async (path) => {
  toast(say("taking_over"));
  try {
    location.href = (await ask("/import", { path })).address;
  } catch (error) {
    toast(error.message, true);
  }
}, false, true));
byId("choose-folder")?.addEventListener("click", () => choose((path) => (byId("new-folder").value = path), false));
byId("new")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wrong = event.target.querySelector(".wrong");
  wrong.hidden = true;
  try {
    const asked = { folder: byId("new-folder").value, name: byId("new-name").value, source: byId("new-source").value };
    location.href = (await ask("/new", asked)).address;
  } catch (error) {
    wrong.textContent = error.message;
    wrong.hidden = false;
  }
});
