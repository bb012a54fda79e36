// Forms, made of what the models say of a kind: fields in use first, further ones behind "more fields"; each change is an edit at its place.
import { byId, el, facts, say } from "./page.js";
import { change } from "./changes.js";
import { here } from "./store.js";
import { grid } from "./grid.js";
import { picture } from "./pictures.js";
import { writer } from "./writing.js";

let number = 0;
const timers = new Map();

/** Sends what was typed now, not in a moment. */
export function flush() {
  for (const work of [...timers.values()]) work();
}

/** Whether something was typed that is not sent yet. */
export const writing = () => timers.size > 0;

/** How a name has to be spelt; in HTML's patterns a class does not end in a bare hyphen. */
const spelling = (spec) => (spec.pattern ? { pattern: spec.pattern.replace(/^\^|\$$/g, "").replaceAll("-]", "\\-]") } : {});

const empty = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
const filled = (value) => !empty(value) && !(typeof value === "object" && !Array.isArray(value) && Object.values(value).every(empty));

/**
 * A form over a value. `edit` is called with edits whose paths begin at the value; `deck` has what references and objectives are chosen from;
 * `own` names the fields that can be changed, null for all.
 */
export class Form {
  constructor(spec, value, { edit, deck = {}, base = [], own = null }) {
    Object.assign(this, { spec, value: value ?? {}, edit, deck, base, own });
    this.shorthands = new Map();
    this.element = el("div", { class: "form" });
    this.draw();
  }

  draw() {
    const open = new Set([...this.element.querySelectorAll("details[open]")].map((one) => one.dataset.key));
    this.element.replaceChildren(...this.fields(this.spec.fields, this.base, this.value, "", open));
  }

  /** The fields of a mapping: those in use, then the others. */
  fields(specs, path, value, key, open = new Set()) {
    const used = specs.filter((spec) => spec.usual || spec.required || filled(value?.[spec.key]));
    const others = specs.filter((spec) => !used.includes(spec));
    const make = (spec) => this.field(spec, [...path, spec.key], value?.[spec.key], value);
    const out = used.map(make);
    if (others.length) {
      const id = `${key}.${path.join(".")}`;
      const box = el("details", { class: "more", "data-key": id, open: open.has(id) }, el("summary", {}, say("more_fields", { n: others.length })));
      const show = () => box.childElementCount === 1 && box.append(...others.map(make));
      if (box.open) show();
      box.addEventListener("toggle", show);
      out.push(box);
    }
    return out.filter(Boolean);
  }

  set(path, value, soon = false) {
    const above = path.slice(0, -1);
    const words = get(this.value, above.slice(this.base.length));
    const short = typeof path.at(-2) === "number" && typeof words === "string" && this.shorthands.get(above.filter((step) => typeof step === "string").join("."));
    if (short === path.at(-1)) path = above; // it is words alone, and stays so
    else if (short) put(this.value, above.slice(this.base.length), { [short]: words });
    const clean = value === "" || (Array.isArray(value) && !value.length) ? null : value;
    put(this.value, path.slice(this.base.length), clean);
    const name = JSON.stringify(path);
    clearTimeout(timers.get(name)?.timer);
    const work = () => {
      clearTimeout(work.timer);
      timers.delete(name);
      return this.edit({ do: "set", path, value: clean });
    };
    timers.set(name, work);
    work.timer = setTimeout(work, soon ? 450 : 0);
  }

  field(spec, path, value, around) {
    const id = `f${(number += 1)}`;
    const help = spec.help ? el("small", { id: `${id}-help`, class: "help" }, spec.help) : null;
    const bare = !spec.label;
    const marks = { id, "aria-describedby": help ? `${id}-help` : null, "aria-required": spec.required ? "true" : null };
    const control = this.control(spec, path, value, around, marks);
    if (control === null) return null;
    const single = control.matches("input, textarea, select, .writer");
    const label = bare ? null : single ? el("label", { for: id, class: "label" }, spec.label, this.marks(spec)) : el("span", { class: "label", id: `${id}-label` }, spec.label, this.marks(spec));
    if (!single) {
      if (control.tagName !== "OL") control.setAttribute("role", "group");
      control.setAttribute(bare ? "aria-label" : "aria-labelledby", bare ? say("item") : `${id}-label`);
    } else if (bare) (control.querySelector("textarea") ?? control).setAttribute("aria-label", spec.item_label ?? say("item"));
    const row = el("div", { class: `entry is-${spec.widget} ${spec.facilitator ? "yours" : ""}`, "data-path": path.join("."), onfocusout: () => timers.get(JSON.stringify(path))?.() }, ...(spec.widget === "switch" ? [el("div", { class: "switch-row" }, control, label)] : [label, control]), help);
    if (this.own && path.length === this.base.length + 1 && !this.own.includes(spec.key)) {
      row.classList.add("shared");
      row.querySelectorAll("input, textarea, select, button").forEach((one) => (one.disabled = true));
    }
    return row;
  }

  marks(spec) {
    return [spec.required && !spec.told ? el("em", { class: "must" }, say("needed")) : null, spec.facilitator ? el("em", { class: "only-you" }, say("only_you")) : null].filter(Boolean);
  }

  control(spec, path, value, around, marks) {
    const input = (type, more = {}, read = (text) => text) => {
      const one = el("input", { type, ...marks, ...more, oninput: () => this.set(path, one.value === "" ? null : read(one.value), true) });
      one.value = value ?? "";
      return one;
    };
    const number_ = (step) => input("number", { min: spec.least ?? undefined, max: spec.most ?? undefined, step, placeholder: spec.default ?? "" }, Number);
    switch (spec.widget) {
      case "line": return writer(text(value), marks, (words) => this.set(path, words, true));
      case "text": return writer(text(value), { lines: true, ...marks }, (words) => this.set(path, words, true));
      case "words": case "name": case "layout": case "file": return input("text", spelling(spec));
      case "address": return input("url");
      case "minutes": case "number": return number_("any");
      case "count": return number_("1");
      case "date": return input("date");
      case "time": return input("time");
      case "switch": {
        const one = el("input", { type: "checkbox", ...marks, checked: value ?? spec.default ?? false, onchange: () => this.set(path, one.checked === Boolean(spec.default) ? null : one.checked) });
        return one;
      }
      case "choice": {
        const one = el("select", { ...marks, onchange: () => this.set(path, one.value === "" ? null : spec.choices[one.selectedIndex - (spec.required ? 0 : 1)][0]) },
          spec.required ? null : el("option", { value: "" }, say("as_ever_short")), spec.choices.map(([name, title]) => el("option", { value: String(name), selected: value === name }, title)));
        return one;
      }
      case "choices": return this.several(spec.choices, path, value ?? spec.default, spec.default);
      case "objectives": return this.chosen((this.deck.objectives ?? []).map((one, at) => [one?.id ?? at + 1, `${at + 1}. ${text(one?.text ?? one)}`]), path, value, say("no_objectives"));
      case "references": return this.chosen((this.deck.references ?? []).map((one) => [one.id, text(one.text)]), path, value, say("no_references"));
      case "group": case "link": return this.group(spec, path, value);
      case "picture": return this.picture(spec, path, value);
      case "cue": return this.cue(spec, path, value);
      case "header": return around?.file ? null : grid.table(this, path, around);
      case "rows": return null;
      case "categories": return around?.file ? null : grid.chart(this, path, around);
      case "series": return null;
      case "focus": return null; // set by a click on the picture
      case "named": return this.named(spec, path, value ?? {});
      case "list": case "points": case "questions": case "cues": case "materials": return this.list(spec, path, value);
      default: return null;
    }
  }

  several(choices, path, value, standard) {
    const now = new Set([value ?? []].flat());
    const box = el("div", { class: "checks" }, choices.map(([name, title]) => {
      const one = el("input", { type: "checkbox", checked: now.has(name), onchange: () => {
        one.checked ? now.add(name) : now.delete(name);
        const chosen = choices.map(([each]) => each).filter((each) => now.has(each));
        this.set(path, JSON.stringify(chosen) === JSON.stringify(standard) ? null : chosen);
      } });
      return el("label", {}, one, title);
    }));
    return box;
  }

  chosen(choices, path, value, none) {
    if (!choices.length) return el("div", { class: "quiet" }, none);
    const now = [value ?? []].flat().map(String);
    return el("div", { class: "checks long" }, choices.map(([name, title]) => {
      const one = el("input", { type: "checkbox", checked: now.includes(String(name)), onchange: () => {
        const at = now.indexOf(String(name));
        at >= 0 ? now.splice(at, 1) : now.push(String(name));
        this.set(path, now.map((each) => choices.find(([known]) => String(known) === each)?.[0] ?? each));
      } });
      return el("label", {}, one, title);
    }));
  }

  group(spec, path, value) {
    const bare = typeof value !== "object" && value !== undefined && spec.shorthand;
    return el("div", { class: "group" }, this.fields(spec.fields, path, bare ? { [spec.shorthand]: value } : value ?? {}, spec.key));
  }

  /** Things by name: each can be taken away; new ones get a name of one's own, or one of those that there are. */
  named(spec, path, value) {
    const { item } = spec;
    const box = el("div", { class: "group named" });
    const redraw = (name) => {
      const made = this.named(spec, path, get(this.value, path.slice(this.base.length)) ?? {});
      for (const key of ["role", "aria-labelledby"]) if (box.hasAttribute(key)) made.setAttribute(key, box.getAttribute(key));
      box.replaceWith(made);
      const one = name === undefined ? made.lastElementChild : made.querySelector(`[data-path="${CSS.escape([...path, name].join("."))}"]`);
      one?.querySelector("textarea, input, select")?.focus();
    };
    const apply = async (name, fresh) => {
      flush();
      put(this.value, [...path, name].slice(this.base.length), fresh);
      const done = this.edit(fresh === null ? { do: "remove", path: [...path, name] } : { do: "set", path: [...path, name], value: fresh });
      redraw(fresh === null ? undefined : name);
      await done;
    };
    const meant = (name) => spec.choices.find(([each]) => each === name)?.[1] ?? "";
    for (const name of Object.keys(value)) {
      box.append(el("div", { class: "named-one" },
        this.field({ ...item, label: name, help: meant(name), key: name, told: true }, [...path, name], value[name], value),
        el("button", { type: "button", class: "tool", "aria-label": `${say("take_away")}: ${name}`, title: say("take_away"), onclick: () => apply(name, null) }, "×")));
    }
    const left = spec.choices.filter(([name]) => !(name in value));
    const which = spec.choices.length
      ? el("select", { "aria-label": say("name_new") }, left.map(([name, why]) => el("option", { value: name, title: why }, name)))
      : el("input", { type: "text", "aria-label": say("name_new"), placeholder: say("name_new"), ...spelling(spec), onkeydown: (event) => event.key === "Enter" && (event.preventDefault(), add()) });
    const add = () => {
      const name = which.value.trim();
      if (!name || name in value || !which.reportValidity()) return which.focus();
      apply(name, item.widget === "choice" ? item.choices[0][0] : blank(item));
    };
    if (left.length || !spec.choices.length) box.append(el("div", { class: "row adding" }, which, el("button", { type: "button", class: "link", onclick: add }, `+ ${item.label || say("add_item")}`)));
    return box;
  }

  picture(spec, path, value) {
    return picture(this, spec, path, value ?? {});
  }

  cue(spec, path, value) {
    const kind = spec.fields.find((one) => !empty(value?.[one.key]))?.key ?? Object.keys(value ?? {})[0] ?? spec.fields[0].key;
    let now = kind;
    const area = writer(text(value?.[kind]), { lines: true, "aria-label": say("cue_words") }, (words) => this.set([...path, now], words, true));
    const which = el("select", { class: "cue-kind", "aria-label": say("cue_kind"), onchange: () => {
      now = which.value;
      this.set(path, { [now]: area.querySelector("textarea").value || "…" });
    } }, spec.fields.map((one) => el("option", { value: one.key, selected: one.key === kind }, one.label)));
    return el("div", { class: "cue-row" }, which, area);
  }

  /** A list: its items can be added, moved, taken away, and points indented. */
  list(spec, path, value) {
    const items = [value ?? []].flat();
    const item = spec.item ?? { widget: "line", label: "", fields: [] };
    if (item.shorthand) this.shorthands.set(path.filter((step) => typeof step === "string").join("."), item.shorthand);
    const box = el("ol", { class: "field-list" });
    const redraw = (focus) => {
      box.replaceWith((this.redrawn = this.list(spec, path, get(this.value, path.slice(this.base.length)))));
      const made = this.redrawn;
      if (box.getAttribute("aria-labelledby")) made.setAttribute("aria-labelledby", box.getAttribute("aria-labelledby"));
      if (focus !== undefined) made.children[focus]?.querySelector("textarea, input, select")?.focus();
    };
    const local = () => {
      const inside = path.slice(this.base.length);
      const now = [get(this.value, inside) ?? []].flat();
      put(this.value, inside, now);
      return now;
    };
    const move = (from, to) => {
      if (to < 0 || to >= items.length) return;
      flush();
      const now = local();
      now.splice(to, 0, ...now.splice(from, 1));
      this.edit({ do: "move", path: [...path, from], to: [...path, to] });
      redraw(to);
    };
    const remove = (at) => {
      flush();
      local().splice(at, 1);
      this.edit({ do: "remove", path: [...path, at] });
      redraw(Math.min(at, items.length - 2));
    };
    const insert = (at) => {
      flush();
      const fresh = blank(item);
      local().splice(at, 0, fresh);
      this.edit({ do: "insert", path, index: at, value: fresh });
      redraw(at);
    };
    const indent = (at) => {
      if (!at) return;
      flush();
      const now = local();
      const above = typeof now[at - 1] === "object" ? now[at - 1] : (now[at - 1] = { text: now[at - 1] });
      above.points = [above.points ?? []].flat();
      const to = [...path, at - 1, "points", above.points.length];
      above.points.push(...now.splice(at, 1));
      this.edit({ do: "move", path: [...path, at], to });
      this.draw();
    };
    const outdent = (at) => {
      const parent = path.slice(0, -1);
      if (typeof parent.at(-1) !== "number") return;
      flush();
      const to = [...parent.slice(0, -1), parent.at(-1) + 1];
      const [one] = local().splice(at, 1);
      get(this.value, to.slice(this.base.length, -1)).splice(to.at(-1), 0, one);
      this.edit({ do: "move", path: [...path, at], to });
      this.draw();
    };
    const points = spec.widget === "points" || path.at(-1) === "points";
    items.forEach((one, at) => {
      const own = [...path, at];
      const words = (name) => `${say(name)} (${at + 1})`;
      const tool = (name, sign, work, off) => el("button", { type: "button", class: "tool", "aria-label": words(name), title: say(name), disabled: off, onclick: work }, sign);
      box.append(el("li", { onkeydown: (event) => {
        if (event.target.closest("li") !== event.currentTarget) return;
        const way = event.altKey && { ArrowUp: () => move(at, at - 1), ArrowDown: () => move(at, at + 1), ArrowRight: () => points && indent(at), ArrowLeft: () => points && outdent(at), Backspace: () => remove(at) }[event.key];
        const next = event.key === "Enter" && !event.altKey && event.target.matches("textarea[rows='1']") && item.widget !== "group" ? () => insert(at + 1) : null;
        const pointed = event.key === "Enter" && points && event.target.matches("textarea") ? () => insert(at + 1) : null;
        const work = way || pointed || next;
        if (!work) return;
        event.preventDefault();
        event.stopPropagation();
        work();
      } },
      points ? this.point(item, own, one) : this.field({ ...item, label: "", item_label: item.label || spec.label, key: at }, own, one, items),
      el("div", { class: "tools" }, tool("up_one", "↑", () => move(at, at - 1), at === 0), tool("down_one", "↓", () => move(at, at + 1), at === items.length - 1),
        points ? this.more(item, own, one, words("more_about")) : null, points ? tool("indent", "→", () => indent(at), at === 0) : null, points && typeof path.slice(0, -1).at(-1) === "number" ? tool("outdent", "←", () => outdent(at)) : null,
        tool("take_away", "×", () => remove(at)))));
    });
    box.append(el("li", { class: "adding" }, el("button", { type: "button", class: "link", onclick: () => insert(items.length) }, `+ ${item.label || say("add_item")}`)));
    return box;
  }

  /** The button that shows what else can be said of a point: whom it is for, how much it matters. */
  more(item, path, value, label) {
    const specs = (item.fields ?? []).filter((one) => !["text", "points"].includes(one.key));
    if (!specs.length) return null;
    const about = typeof value === "object" && value !== null ? value : {};
    const box = el("div", { class: "about-point", hidden: !specs.some((one) => filled(about[one.key])) });
    const show = () => {
      box.replaceChildren(...specs.map((one) => this.field(one, [...path, one.key], about[one.key], about)).filter(Boolean));
      button.closest("li").querySelector(":scope > .point").append(box);
    };
    const button = el("button", { type: "button", class: "tool", "aria-label": label, title: say("more_about"), "aria-expanded": String(!box.hidden), onclick: () => {
      box.hidden = !box.hidden;
      if (!box.hidden) show();
      button.setAttribute("aria-expanded", String(!box.hidden));
      if (!box.hidden) box.querySelector("input, select, textarea")?.focus();
    } }, "⋯");
    if (!box.hidden) queueMicrotask(show);
    return button;
  }

  /** A point: its words, and the points under it. */
  point(item, path, value) {
    const whole = typeof value === "string" || typeof value === "number" ? { text: value } : value ?? {};
    const under = [whole.points ?? []].flat();
    // A point that is words alone stays so.
    const at = () => (typeof get(this.value, path.slice(this.base.length)) === "object" ? [...path, "text"] : path);
    return el("div", { class: "point", "data-path": path.join(".") }, writer(text(whole.text), { "aria-label": say("point") }, (words) => this.set(at(), words, true)),
      under.length ? this.list({ widget: "points", item, key: "points", label: say("point") }, [...path, "points"], under) : null);
  }
}

const text = (value) => (value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));

/** What a new item is until somebody writes it. */
function blank(item) {
  const words = "…";
  if (item.widget === "cue") return { say: words };
  if (item.widget === "picture") return { file: "pictures/placeholder.svg", decorative: true };
  if (["count", "number", "minutes"].includes(item.widget)) return 1;
  if (item.fields?.length) {
    const needed = item.fields.filter((one) => one.required);
    const named = needed.length ? needed : item.fields.slice(0, 1);
    if (named.length === 1 && named[0].key === item.shorthand) return words;
    return Object.fromEntries(named.map((one) => [one.key, one.widget === "address" ? "https://example.org/" : one.widget === "minutes" || one.widget === "count" ? 15 : one.widget === "name" ? `new-${Math.floor(Math.random() * 1e4)}` : one.widget === "date" ? new Date().toISOString().slice(0, 10) : words]));
  }
  return words;
}

export function get(value, path) {
  for (const step of path) value = value?.[step];
  return value;
}

function put(value, path, fresh) {
  let here_ = value;
  for (const [at, step] of path.slice(0, -1).entries()) {
    if (here_[step] === null || here_[step] === undefined) here_[step] = typeof path[at + 1] === "number" ? [] : {};
    else if (typeof here_[step] !== "object") here_[step] = typeof path[at + 1] === "number" ? [here_[step]] : { [path[at + 1] === "text" || path[at + 1] === "points" ? "text" : path[at + 1]]: here_[step] };
    here_ = here_[step];
  }
  if (fresh === null && !Array.isArray(here_)) delete here_[path.at(-1)];
  else here_[path.at(-1)] = fresh;
}
export { byId, change, facts, here };
