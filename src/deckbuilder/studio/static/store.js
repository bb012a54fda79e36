// What the page knows: the training as the server sees it, and what is being looked at. Parts listen, and draw what changed.
import { ask, say, tell, toast } from "./page.js";

export const here = location.pathname.replace(/\/$/, "");
export const store = { view: null, before: null, slide: null, part: 0, tab: "slides", expected: null };
const listeners = [];

export const onChange = (listener) => listeners.push(listener);
export const changed = (what) => listeners.forEach((listener) => listener(what));

/** The rows of all slides, in order, breaks left out. */
export const slides = (view = store.view) => (view?.training?.sections ?? []).flatMap((section) => section.rows.filter((row) => !row.break));
export const current = () => slides().find((row) => row.id === store.slide) ?? null;

/** Looks at a slide by its name in the file, at once or as soon as it is there. */
export function expect(name) {
  const row = slides().find((one) => one.edit === name);
  store.expected = row ? null : name;
  if (row) select(row.id);
}

/** Looks at a slide, and at which of its parts where it goes on. */
export function select(id, part = 0) {
  if (store.slide === id && store.part === part) return;
  store.slide = id;
  store.part = part;
  history.replaceState(null, "", `#${id}`);
  changed("slide");
}

/** The next slide or the one before: every part of every slide that is shown. */
export function step(by) {
  const all = slides().flatMap((row) => (row.frames.length ? row.frames : [null]).map((_, part) => [row.id, part]));
  const at = all.findIndex(([id, part]) => id === store.slide && part === store.part);
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  if (next) select(...next);
}

function take(view) {
  const first = store.view === null;
  store.before = store.view;
  store.view = view;
  keepPlace();
  if (!first) announce();
  changed(first ? "first" : "view");
}

/** The slide that was looked at, or the one that came into its place: a slide's name changes with its words. */
function keepPlace() {
  const now = slides();
  if (!now.length) return;
  if (store.expected && now.some((row) => row.edit === store.expected)) {
    // What was edited here is known by another name now.
    store.slide = now.find((row) => row.edit === store.expected).id;
    store.expected = null;
    history.replaceState(null, "", `#${store.slide}`);
  }
  const found = now.find((row) => row.id === store.slide);
  if (!found) {
    const wanted = store.before ? null : now.find((row) => row.id === decodeURIComponent(location.hash.slice(1)));
    const old = slides(store.before);
    const at = old.findIndex((row) => row.id === store.slide);
    const fresh = now.filter((row) => !old.some((other) => other.id === row.id));
    // One slide changed its words: it is the one that is new at about that place.
    const near = fresh.sort((a, b) => Math.abs(now.indexOf(a) - at) - Math.abs(now.indexOf(b) - at))[0];
    const next = wanted ?? (at >= 0 && near && Math.abs(now.indexOf(near) - at) <= 1 ? near : now[Math.min(Math.max(at, 0), now.length - 1)]);
    store.slide = next.id;
    store.part = 0;
    history.replaceState(null, "", `#${store.slide}`);
  }
  const parts = Math.max(1, (now.find((row) => row.id === store.slide)?.frames ?? []).length);
  store.part = Math.min(store.part, parts - 1);
}

/** What somebody who does not see the page wants to know. */
function announce() {
  const { view, before } = store;
  const errors = view.findings.filter((one) => one.severity === "error").length;
  if (view.broken && !before.broken) return tell(say("now_broken", { n: errors }), true);
  if (!view.broken && before.broken) return tell(say("now_good"));
  const keys = new Set(slides(before).flatMap((row) => row.frames));
  const other = slides(view).filter((row) => row.frames.some((key) => !keys.has(key)));
  if (other.length === 1) tell(say("slide_changed", { n: other[0].numbers[0], title: other[0].title }));
  else if (other.length) tell(say("slides_changed", { n: other.length }));
  else if (view.examined && !before.examined) tell(say("examined", { n: view.findings.length }));
}

/** Listens to the server, for as long as the page is open. */
export function listen() {
  const events = new EventSource(`${here}/events`);
  events.onmessage = (event) => {
    document.body.classList.remove("lost");
    take(JSON.parse(event.data));
  };
  events.onerror = () => {
    document.body.classList.add("lost");
    if (store.view) changed("lost");
  };
}

/** Another theme, paper, preset or session. */
export async function look(change) {
  try {
    await ask(`${here}/look`, { ...store.view.settings, ...change });
  } catch (error) {
    toast(error.message, true);
    changed("view");
  }
}

export async function mend(number) {
  try {
    await ask(`${here}/mend`, { finding: number, version: store.view.version });
    toast(say("mended"));
  } catch (error) {
    toast(error.message, true);
  }
}

const waiting = new WeakMap();

/** Shows another picture in place of the one that is there, which stays until the new one can be painted. */
export async function swap(image, address) {
  if (waiting.get(image) === address || image.getAttribute("src") === address) return;
  waiting.set(image, address);
  if (!image.getAttribute("src") || image.loading === "lazy") {
    image.src = address;
    return;
  }
  const next = new Image();
  next.src = address;
  try {
    await next.decode();
  } catch {
    return; // it is of a state that is over; the next one comes
  }
  if (waiting.get(image) === address) image.src = address;
}

export const picture = (key, width) => `${here}/slide/${key}/${width}`;
