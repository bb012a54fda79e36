// What can stand at a place of the file, by the same forms that people fill in.
import { ask } from "./page.js";
import { here } from "./store.js";

const known = new Map();
const form = (kind) => {
  if (!known.has(kind)) known.set(kind, ask(`${here}/form/${kind}`).catch(() => ({ fields: [] })));
  return known.get(kind);
};
let kinds = null;

const KEY = /^(\s*)((?:- )*)([\w-]+):(?:\s|$)/;
const depth = (line) => line.match(/^\s*(?:- )*/)[0].length;

/** The keys that lead to a line, from the top, each with its line. */
function above(lines, at, column) {
  const out = [];
  let limit = column;
  for (let n = at - 1; n >= 0 && limit > 0; n -= 1) {
    const found = KEY.exec(lines[n]);
    if (!found) continue;
    const own = found[1].length + found[2].length;
    if (own < limit) {
      out.unshift({ key: found[3], line: n });
      limit = own;
    }
    // An item's own keys stand where its first one does; what leads to it stands further left than its dash.
    if (found[2] && found[1].length < limit) limit = Math.min(limit, found[1].length + 1);
  }
  return out;
}

/** The kind of the slide that a line is in. */
function kindAt(lines, at, column) {
  for (let n = at; n >= 0; n -= 1) {
    const found = /^(\s*)- kind:\s*([\w-]+)/.exec(lines[n]);
    if (found && found[1].length < column) return found[2];
    if (/^\S/.test(lines[n]) && n !== at) return null;
  }
  return null;
}

/** What may be written at a place: keys where a key begins, values behind one. */
export async function schema(lines, at, column) {
  const line = lines[at].slice(0, column);
  const value = /^\s*(?:- )*([\w-]+):\s+[\w-]*$/.exec(line);
  const begins = /^\s*(?:- )*[\w-]*$/.test(line);
  if (!value && !begins) return [];
  const own = depth(lines[at]);
  const path = above(lines, at, own).map((one) => one.key);
  const places = path.indexOf("slides");
  let specs;
  let inside;
  if (path[0] !== "sections") [specs, inside] = [(await form("deck")).fields, path];
  else if (places < 0) [specs, inside] = [(await form("part")).fields, path.slice(1)];
  else {
    const kind = kindAt(lines, at, own);
    specs = kind ? (await form(kind)).fields : [];
    inside = path.slice(places + 1);
    if (!inside.length && value?.[1] === "kind") {
      kinds ??= await ask(`${here}/kinds`).catch(() => []);
      return kinds.map((one) => ({ label: one.kind, detail: one.label, info: one.help, type: "enum" }));
    }
    if (!kind) return [{ label: "kind", type: "property", apply: "kind: " }];
  }
  for (const key of inside) {
    const spec = specs.find((one) => one.key === key);
    if (!spec) return [];
    specs = spec.fields.length ? spec.fields : spec.item?.fields ?? [];
  }
  if (value) {
    const spec = specs.find((one) => one.key === value[1]);
    if (spec?.widget === "switch") return [{ label: "true" }, { label: "false" }];
    return (spec?.choices ?? []).map(([name, title]) => ({ label: String(name), detail: title, type: "enum" }));
  }
  return specs.map((one) => ({ label: one.key, detail: one.label, info: one.help, type: "property", apply: `${one.key}: ` }));
}
