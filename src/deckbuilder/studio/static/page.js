// What both pages need: elements, words, requests, messages, language and appearance.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
export const words = read("words");
export const facts = read("facts");

/** The words of that name; {holes} are filled. With `n`, "name_one" is taken for 1. */
export function say(name, holes = {}) {
  const one = holes.n === 1 ? words[`${name}_one`] : undefined;
  return (one ?? words[name] ?? name).replace(/\{(\w+)\}/g, (_, hole) => holes[hole] ?? "");
}

/** An element: properties (on… are listeners, aria-/data- and others attributes), then children. */
export function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name in made && !name.includes("-") && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Asks the studio. Without `body` by GET; with one by POST. Throws an Error with its words. */
export async function ask(address, body) {
  const how = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(address, how);
  } catch {
    throw new Error(say("not_there"));
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error ?? say("went_wrong"));
  return said;
}

/** Tells those who hear the page. */
export function tell(text, urgent = false) {
  const place = byId(urgent ? "alert" : "live");
  place.textContent = "";
  requestAnimationFrame(() => (place.textContent = text));
}

/** Tells everybody, for a while. */
export function toast(text, wrong = false) {
  tell(text, wrong);
  const one = el("div", { class: wrong ? "toast wrong" : "toast", "aria-hidden": "true" }, text);
  byId("toasts").append(one);
  setTimeout(() => one.remove(), wrong ? 9000 : 4000);
}

/** Minutes as hours and minutes. */
export function lasting(minutes) {
  const whole = Math.round(minutes);
  const [h, m] = [Math.floor(whole / 60), whole % 60];
  return h ? (m ? say("h_min", { h, m }) : say("h", { h })) : say("min", { m: Number.isInteger(minutes) ? whole : minutes });
}

function looks() {
  const language = byId("language");
  const appearance = byId("appearance");
  language?.addEventListener("change", () => {
    document.cookie = `language=${language.value}; path=/; max-age=31536000; samesite=strict`;
    location.reload();
  });
  if (!appearance) return;
  appearance.value = localStorage.getItem("appearance") ?? "system";
  appearance.addEventListener("change", () => {
    localStorage.setItem("appearance", appearance.value);
    if (appearance.value === "system") delete document.documentElement.dataset.look;
    else document.documentElement.dataset.look = appearance.value;
  });
}
looks();
