// Words with marks: bold, italics, links and gaps, by button and key, in the Markdown that stands in the file.
import { el, say } from "./page.js";

const MARKS = { bold: ["**", "**", "b"], italic: ["*", "*", "i"], gap: ["[[", "]]", "g"] };

function wrap(area, before, after) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const inner = value.slice(start, end);
  const had = value.slice(start - before.length, start) === before && value.slice(end, end + after.length) === after;
  if (had) area.setRangeText(inner, start - before.length, end + after.length, "select");
  else {
    area.setRangeText(before + inner + after, start, end, "end");
    area.setSelectionRange(start + before.length, start + before.length + inner.length);
  }
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function link(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end) || say("link_words");
  area.setRangeText(`[${words}](https://)`, start, end, "end");
  area.setSelectionRange(start + words.length + 3, start + words.length + 11);
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function bullets(area) {
  const { value, selectionStart, selectionEnd } = area;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const lines = value.slice(start, selectionEnd).split("\n");
  const all = lines.every((line) => line.startsWith("- "));
  area.setRangeText(lines.map((line) => (all ? line.slice(2) : `- ${line}`)).join("\n"), start, selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

export function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** A place to write Markdown: one line of it, or paragraphs. */
export function writer(value, { lines, plain, ...attributes }, input) {
  const area = el("textarea", { rows: lines ? "3" : "1", spellcheck: "true", ...attributes });
  area.value = value ?? "";
  area.addEventListener("input", () => {
    grow(area);
    input(area.value);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !lines) return event.preventDefault();
    if (plain || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const mark = Object.values(MARKS).find(([, , key]) => key === event.key.toLowerCase());
    if (mark) wrap(area, mark[0], mark[1]);
    else if (event.key.toLowerCase() === "k") link(area);
    else return;
    event.preventDefault();
  });
  requestAnimationFrame(() => grow(area));
  if (plain) return area;
  const button = (name, sign, key, work) => el("button", { type: "button", tabindex: "-1", title: `${say(name)} (Ctrl+${key})`, "aria-label": say(name), onmousedown: (event) => event.preventDefault(), onclick: work }, sign);
  const tools = el("div", { class: "marks-bar", role: "group", "aria-label": say("marks") },
    ...Object.entries(MARKS).map(([name, [before, after, key]]) => button(`mark_${name}`, { bold: "B", italic: "I", gap: "▁" }[name], key.toUpperCase(), () => wrap(area, before, after))),
    button("mark_link", "⛓", "K", () => link(area)), lines ? el("button", { type: "button", tabindex: "-1", "aria-label": say("mark_list"), title: say("mark_list"), onmousedown: (event) => event.preventDefault(), onclick: () => bullets(area) }, "•") : null);
  return el("div", { class: "writer" }, area, tools);
}
