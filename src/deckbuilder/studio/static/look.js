// The switches at the top: theme, paper, preset and session; the tabs; what state the training is in.
import { ask, byId, el, say } from "./page.js";
import { changed, here, look, onChange, store } from "./store.js";
import { showFindings } from "./findings.js";

const tabs = [...document.querySelectorAll("[role=tab]")];

function choose(tab, focus) {
  store.tab = tab.dataset.tab;
  for (const one of tabs) {
    one.setAttribute("aria-selected", String(one === tab));
    one.tabIndex = one === tab ? 0 : -1;
  }
  byId("panel").setAttribute("aria-labelledby", tab.id);
  document.body.dataset.tab = store.tab;
  if (focus) tab.focus();
  changed("tab");
}
document.body.dataset.tab = "slides";
for (const tab of tabs) {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) choose(tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length], true);
  });
}

let choices = null;
const opener = byId("show-look");
opener.addEventListener("click", async () => {
  const hidden = !byId("look").hidden;
  byId("look").hidden = hidden;
  opener.setAttribute("aria-expanded", String(!hidden));
  if (!hidden && !choices) {
    choices = await themes();
    fill();
  }
});

let asked = null;
/** What there is to choose from, asked for once. */
export const themes = () => (asked ??= ask(`${here}/choices`).catch((error) => { asked = null; throw error; }));

function options(select, entries, value) {
  const first = select.querySelector("option[value='']");
  const missing = value && !entries.some(([name]) => name === value) ? [[value, value]] : [];
  select.replaceChildren(...(first ? [first] : []), ...[...entries, ...missing].map(([name, title]) => el("option", { value: name }, title)));
  select.value = value ?? "";
}

/** A language as the page's reader calls it. */
export function nameOf(tag) {
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function fill() {
  const now = store.view?.settings;
  if (!now) return;
  options(byId("theme"), (choices?.themes ?? []).map((one) => [one.name, one.title]), now.theme);
  options(byId("preset"), (choices?.presets ?? []).map((one) => [one, say(`preset_${one}`) === `preset_${one}` ? one : say(`preset_${one}`)]), now.preset);
  options(byId("session"), (choices?.sessions ?? []).map((one) => [one, one]), now.session);
  const variants = choices?.variants ?? [];
  byId("variant-choice").hidden = !variants.length;
  options(byId("variant"), variants.map((one) => [one, one]), now.variant);
  const languages = choices?.languages ?? [];
  byId("text-language-choice").hidden = !languages.length;
  options(byId("text-language"), languages.map((one) => [one, nameOf(one)]), now.language);
  byId("paper").value = now.paper ?? "";
}
for (const name of ["theme", "paper", "preset", "session", "variant"]) byId(name).addEventListener("change", (event) => look({ [name]: event.target.value || null }));

byId("text-language").addEventListener("change", (event) => look({ language: event.target.value || null }));

byId("show-list").addEventListener("click", () => {
  const open = document.body.classList.toggle("with-list");
  byId("show-list").setAttribute("aria-expanded", String(open));
});

onChange((what) => {
  const view = store.view;
  if (what === "slide") {
    document.body.classList.remove("with-list");
    byId("show-list").setAttribute("aria-expanded", "false");
    return;
  }
  if (!view || what === "list" || what === "tab") return;
  fill();
  if (view.training) {
    byId("title").textContent = view.training.title;
    document.title = `${view.training.title} · ${say("studio")}`;
  }
  const state = byId("state");
  const lost = what === "lost";
  state.className = `state ${lost || view.broken ? "wrong" : view.examined || !view.examining ? "good" : "busy"}`;
  state.textContent = lost ? say("lost") : view.broken ? say("is_old") : view.examined || !view.examining ? say("up_to_date") : say("looking");
  const old = byId("old");
  const errors = view.findings.filter((one) => one.severity === "error").length;
  old.hidden = !view.broken;
  document.body.classList.toggle("broken", view.broken);
  if (view.broken) old.replaceChildren(el("strong", {}, say("old_page")), ` ${say("old_why", { n: errors })} `, el("button", { type: "button", class: "link", onclick: showFindings }, say("show_errors")));
});
