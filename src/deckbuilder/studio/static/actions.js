// What can be done to slides and sections: added, moved, doubled, hidden, taken away; by buttons, keys, and drag and drop.
import Sortable from "./vendor/sortable.js";
import { ask, byId, el, facts, say, tell, toast } from "./page.js";
import { change, sure } from "./changes.js";
import { current, here, onChange, select, slides, store } from "./store.js";
import { itemOf } from "./list.js";
import { openForm } from "./deckforms.js";

const sections = () => store.view?.training?.sections ?? [];

/** Where a slide stands: its section, and its place among that section's slides. */
export function placeOf(id) {
  for (const [section, { rows }] of sections().entries()) {
    const index = rows.filter((row) => !row.break).findIndex((row) => row.id === id);
    if (index >= 0) return { section, index };
  }
  return null;
}

async function done(promise, words) {
  const made = await promise;
  if (made) {
    tell(words);
  }
  return made;
}

export const duplicate = () => done(change({ do: "duplicate-slide", slide: current().edit }), say("duplicated"));
export const hide = () => {
  const row = current();
  return done(change({ do: "hide-slide", slide: row.edit, hidden: !row.hidden }), say(row.hidden ? "shown_again" : "now_hidden"));
};
export async function remove() {
  const row = current();
  if (!row || !(await sure(say("delete_slide", { title: row.title }), say("delete")))) return;
  const all = slides();
  const next = all[all.findIndex((one) => one.id === row.id) + 1] ?? all.at(-2);
  if (await change({ do: "delete-slide", slide: row.edit })) {
    if (next) select(next.id);
    tell(say("deleted"));
  }
}

/** Moves the slide up or down by one, into the next section where its own ends. */
export function shift(by) {
  const at = placeOf(store.slide);
  if (!at) return;
  const many = (section) => sections()[section].rows.filter((row) => !row.break).length;
  let { section, index } = at;
  index += by;
  if (index < 0 || index >= many(section)) {
    section += by;
    if (!sections()[section]) return;
    index = by < 0 ? many(section) : 0;
  }
  return done(change({ do: "move-slide", slide: current().edit, section, index }), say("moved_to", { section: sections()[section].title, n: index + 1 }));
}

const toSection = (section) => done(change({ do: "move-slide", slide: current().edit, section }), say("moved_to_section", { section: sections()[section].title }));

/** The buttons for the slide that is looked at. */
export const bar = el("div", { class: "actions", role: "toolbar", "aria-label": say("this_slide") });
function drawBar() {
  const row = current();
  if (!row) return bar.replaceChildren();
  const button = (words, key, work) => el("button", { type: "button", class: "ghost small", "data-tool": `bar\n${words}`, title: key ? `${words} (${key})` : words, onclick: work }, words);
  const at = placeOf(row.id);
  const focused = bar.contains(document.activeElement) ? [...bar.querySelectorAll("button, select")].indexOf(document.activeElement) : -1;
  bar.replaceChildren(
    button(say("add_slide"), "Alt+N", pick), button(say("duplicate"), "Alt+D", duplicate), button(row.hidden ? say("show_again") : say("hide"), "Alt+H", hide),
    button(say("up_one"), "Alt+↑", () => shift(-1)), button(say("down_one"), "Alt+↓", () => shift(1)),
    el("label", { class: "inline" }, el("span", { class: "unseen" }, say("move_to_section")),
      el("select", { class: "small", onchange: (event) => toSection(Number(event.target.value)) }, sections().map((section, number) => el("option", { value: String(number), selected: number === at?.section }, section.title)))),
    button(say("delete"), "Alt+⌫", remove));
  if (focused >= 0) bar.querySelectorAll("button, select")[focused]?.focus();
}

const kinds = { asked: null };

/** Lets somebody choose a kind, and adds a slide of it behind the one that is looked at, or at the end of a section. */
export async function pick(where) {
  const at = where?.section !== undefined ? where : placeOf(store.slide);
  try {
    kinds.asked ??= await ask(`${here}/kinds`);
  } catch (error) {
    return toast(error.message, true);
  }
  const dialog = byId("picking");
  const theme = encodeURIComponent(store.view.settings.theme);
  const add = async (kind) => {
    dialog.close();
    await done(change({ do: "add-slide", section: at.section, index: at.index === undefined ? null : at.index + 1, kind }), say("added"));
    document.dispatchEvent(new CustomEvent("write"));
  };
  const list = el("ul", { class: "kinds" }, kinds.asked.map((one) =>
    el("li", { "data-words": `${one.label} ${one.help} ${one.kind}`.toLowerCase() }, el("button", { type: "button", class: "kind", onclick: () => add(one.kind) },
      el("span", { class: "sheet" }, el("img", { alt: "", loading: "lazy", src: `${here}/kinds/${one.kind}?theme=${theme}` })), el("strong", {}, one.label), el("span", { class: "quiet" }, one.help)))));
  const search = el("input", { type: "search", "aria-label": say("look_for_kind"), placeholder: say("look_for_kind"), oninput: () => {
    const words = search.value.toLowerCase().trim();
    for (const item of list.children) item.hidden = !item.dataset.words.includes(words);
  } });
  dialog.replaceChildren(el("div", { class: "row spread" }, el("h2", { id: "picking-title" }, say("choose_kind")), el("button", { type: "button", class: "ghost round", "aria-label": say("close"), onclick: () => dialog.close() }, "×")), search, list);
  dialog.showModal();
  search.focus();
}

function addSection() {
  const dialog = byId("asking");
  const name = el("input", { id: "section-name", required: true, maxlength: "200" });
  dialog.onclose = null;
  dialog.replaceChildren(el("form", { onsubmit: async (event) => {
    event.preventDefault();
    dialog.close();
    await done(change({ do: "add-section", title: name.value }), say("section_added"));
  } }, el("h2", { id: "asking-title" }, say("add_section")), el("label", { class: "field" }, el("span", {}, say("its_name")), name),
  el("div", { class: "row end" }, el("button", { type: "button", class: "ghost", onclick: () => dialog.close() }, say("cancel")), el("button", { class: "primary" }, say("create")))));
  dialog.showModal();
  name.focus();
}

async function removeSection(number) {
  if (await sure(say("delete_section", { title: sections()[number].title }), say("delete"))) await change({ do: "delete-section", section: number });
}

/** What the list has for whoever may change it. */
function dress() {
  for (const part of document.querySelectorAll("#sections .part")) {
    const number = Number(part.dataset.section);
    const last = sections().length - 1;
    const tool = (words, work, off) => el("button", { type: "button", class: "link", disabled: off, "data-tool": `${sections()[number].title}\n${words}`, "aria-label": `${words}: ${sections()[number].title}`, onclick: work }, words);
    part.append(el("div", { class: "part-tools" }, tool(say("add_slide"), () => pick({ section: number })), tool(say("rename"), () => openForm("part", { section: number })),
      number > 0 ? tool("↑", () => change({ do: "move-section", section: number, index: number - 1 })) : null,
      number < last ? tool("↓", () => change({ do: "move-section", section: number, index: number + 1 })) : null,
      last > 0 ? tool(say("delete"), () => removeSection(number)) : null));
    Sortable.create(part.querySelector("ol"), { group: "slides", draggable: ".item", animation: 120, delay: 150, delayOnTouchOnly: true, onEnd: dropped });
  }
  byId("sections").append(el("button", { type: "button", class: "ghost add-section", "data-tool": "add-section", onclick: addSection }, say("add_section")));
}

function dropped(event) {
  const id = event.item.querySelector(".thumb").dataset.slide;
  const index = [...event.to.children].filter((one) => one.classList.contains("item")).indexOf(event.item);
  const section = Number(event.to.dataset.section);
  const from = placeOf(id);
  if (from.section === section && from.index === index) return;
  store.slide = id;
  done(change({ do: "move-slide", slide: current().edit, section, index }), say("moved_to", { section: sections()[section].title, n: index + 1 })).then((made) => made || document.dispatchEvent(new CustomEvent("redraw")));
}

if (facts.writable) {
  onChange((what) => {
    if (what === "list") dress();
    if (what === "slide" || what === "view" || what === "first") drawBar();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.target.closest("dialog, .cm-editor")) return;
    if (event.key.length > 1 && event.target.closest(".field-list, textarea, input")) return;
    const work = { n: pick, d: duplicate, h: hide, ArrowUp: () => shift(-1), ArrowDown: () => shift(1), Backspace: remove, Delete: remove }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!work || store.tab !== "slides" || !current()) return;
    event.preventDefault();
    const inList = event.target.closest(".thumb");
    Promise.resolve(work()).then(() => inList && setTimeout(() => {
      // Unless whoever did it went elsewhere meanwhile.
      if (document.activeElement === document.body || document.activeElement.matches(".thumb")) itemOf(store.slide)?.querySelector("button")?.focus();
    }, 400));
  });
}
