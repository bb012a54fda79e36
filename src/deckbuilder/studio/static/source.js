// The file itself, for those who like it: in step with the form, with what the schema knows as one writes, and findings at their lines.
import { ask, byId, el, facts, say, toast } from "./page.js";
import { changes, resolve, rewrite } from "./changes.js";
import { current, here, onChange, store } from "./store.js";
import { schema } from "./completing.js";

let editor = null; // CodeMirror, once somebody wants it
let base = null; // the revision of the text that is shown
let timer = null;
let setting = false;
export const place = el("div", { class: "source", "aria-label": say("file"), role: "group", hidden: true });

/** Shows the file, at the slide that is looked at. */
export async function open() {
  place.hidden = false;
  const found = await ask(`${here}/text`);
  if (!editor) await make();
  put(found.text);
  base = found.revision;
  mark();
  reveal();
}

export function close() {
  send();
  place.hidden = true;
}

async function make() {
  const cm = await import("./vendor/codemirror.js");
  const look = cm.EditorView.theme({
    "&": { backgroundColor: "var(--surface)", color: "var(--ink)", fontSize: ".875rem", border: "1px solid var(--line)", borderRadius: ".5rem", maxHeight: "60dvh" },
    ".cm-scroller": { fontFamily: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace", lineHeight: "1.5" },
    ".cm-gutters": { backgroundColor: "var(--sunk)", color: "var(--quiet)", border: "0" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--tint) 60%, transparent)" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: ".5rem", maxWidth: "28rem" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
    "&.cm-focused": { outline: "2px solid var(--accent)" },
    ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent) !important" },
  });
  const inks = cm.HighlightStyle.define([
    { tag: cm.tags.definition(cm.tags.propertyName), color: "var(--accent)" }, { tag: cm.tags.propertyName, color: "var(--accent)" },
    { tag: cm.tags.comment, color: "var(--quiet)", fontStyle: "italic" }, { tag: [cm.tags.string, cm.tags.content], color: "var(--ink)" }, { tag: [cm.tags.keyword, cm.tags.number, cm.tags.bool], color: "var(--note)" }, { tag: cm.tags.punctuation, color: "var(--quiet)" },
  ]);
  const complete = async (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const found = await schema(context.state.doc.toString().split("\n"), line.number - 1, context.pos - line.from);
    const word = context.matchBefore(/[\w-]*/);
    return found.length && (word.from !== word.to || context.explicit) ? { from: word.from, options: found, validFor: /^[\w-]*$/ } : null;
  };
  editor = new cm.EditorView({
    parent: place,
    state: cm.EditorState.create({
      doc: "",
      extensions: [
        cm.lineNumbers(), cm.foldGutter(), cm.lintGutter(), cm.history(), cm.drawSelection(), cm.indentOnInput(), cm.bracketMatching(), cm.closeBrackets(), cm.highlightActiveLine(), cm.highlightSelectionMatches(),
        cm.EditorView.cspNonce.of(facts.nonce), cm.yaml(), cm.syntaxHighlighting(inks), cm.autocompletion({ override: [complete] }), look, cm.EditorView.lineWrapping,
        cm.EditorView.contentAttributes.of({ "aria-label": say("file") }),
        cm.keymap.of([...cm.completionKeymap, ...cm.defaultKeymap, ...cm.searchKeymap, ...cm.historyKeymap, ...cm.foldKeymap, ...cm.lintKeymap]), // Tab leaves the editor
        cm.EditorView.updateListener.of((update) => {
          if (!update.docChanged || setting) return;
          clearTimeout(timer);
          timer = setTimeout(send, 600);
        }),
      ],
    }),
  });
  editor.scrollDOM.tabIndex = 0; // it scrolls, so keys have to reach it
  editor.setMarks = (found) => editor.dispatch(cm.setDiagnostics(editor.state, found));
  onChange((what) => {
    if (place.hidden) return;
    if (what === "slide") reveal();
    if (what === "view") follow();
  });
}

/** Puts a text in place of what is shown, changing only what is different, so that the cursor stays. */
function put(text) {
  const old = editor.state.doc.toString();
  if (old === text) return;
  let start = 0;
  while (start < old.length && start < text.length && old[start] === text[start]) start += 1;
  let [end, stop] = [old.length, text.length];
  while (end > start && stop > start && old[end - 1] === text[stop - 1]) [end, stop] = [end - 1, stop - 1];
  setting = true;
  const { addToHistory } = editor.state.update({}).constructor;
  // What others wrote is not undone here.
  editor.dispatch({ changes: { from: start, to: end, insert: text.slice(start, stop) }, annotations: addToHistory.of(false) });
  setting = false;
}

/** Sends what was written. */
async function send() {
  clearTimeout(timer);
  if (timer === null || !editor) return;
  timer = null;
  const text = editor.state.doc.toString();
  try {
    const done = await rewrite(text, base);
    base = done.revision;
    if (timer === null) await follow(true);
  } catch (error) {
    if (!error.conflict) return toast(error.message, true);
    const found = await ask(`${here}/text`).catch(() => null);
    if (found && (await resolve(different(text, found.text))) === "mine") {
      base = found.revision;
      timer = 0; // it is sent once more, over what others wrote
      return send();
    }
    await follow(true);
  }
}

/** The lines in which two texts differ, from the first to the last. */
function different(mine, theirs) {
  const [ours, others] = [mine, theirs].map((text) => text.split("\n"));
  let start = 0;
  while (start < ours.length && start < others.length && ours[start] === others[start]) start += 1;
  let end = 0;
  while (end < Math.min(ours.length, others.length) - start && ours.at(-1 - end) === others.at(-1 - end)) end += 1;
  const between = (lines) => lines.slice(start, lines.length - end).join("\n") || null;
  return { mine: between(ours), theirs: between(others) };
}

/** What others, or the form, have written meanwhile. */
async function follow(anew = false) {
  if (timer !== null) return;
  if (anew || store.view.revision !== base) {
    const found = await ask(`${here}/text`).catch(() => null);
    if (!found || timer !== null) return;
    put(found.text);
    base = found.revision;
  }
  mark();
}

function mark() {
  const { doc } = editor.state;
  const at = (line, column) => Math.min(doc.length, doc.line(Math.min(Math.max(line, 1), doc.lines)).from + column - 1);
  const own = store.view.findings.filter((one) => one.line && store.view.file.endsWith(one.file.replace(/^\.\//, "")) && one.line <= doc.lines);
  editor.setMarks(own.map((one) => {
    const from = at(one.line, one.column ?? 1);
    return { from, to: Math.max(from, one.end ? at(one.end.line, one.end.column) : doc.lineAt(from).to), severity: one.severity === "note" ? "info" : one.severity, message: one.hint ? `${one.message}\n→ ${one.hint}` : one.message };
  }));
}

/** Brings the slide's lines into view. */
function reveal() {
  const line = current()?.line;
  if (!line || editor.hasFocus || line > editor.state.doc.lines) return;
  const from = editor.state.doc.line(line).from;
  editor.dispatch({ selection: { anchor: from } });
  const block = editor.lineBlockAt(from);
  editor.scrollDOM.scrollTop = Math.max(0, block.top - 24);
}

export function goToLine(line) {
  if (place.hidden || !editor || line > editor.state.doc.lines) return false;
  editor.dispatch({ selection: { anchor: editor.state.doc.line(line).from }, scrollIntoView: true });
  editor.focus();
  return true;
}
export { byId, changes };
