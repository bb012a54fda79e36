// Tables and the numbers of charts: a grid of cells, filled by hand or pasted from a spreadsheet.
import { ask, el, say, toast } from "./page.js";
import { here } from "./store.js";

const cellOf = (value) => (value === null || value === undefined ? "" : typeof value === "object" ? value.text ?? "" : String(value));

/** Rows of cells out of what a spreadsheet puts on the clipboard, or of comma-separated values. */
function pasted(text) {
  const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n");
  const by = text.includes("\t") ? "\t" : null;
  return lines.map((line) => (by ? line.split(by) : [line]));
}

function draw(form, cells, save, words) {
  const box = el("div", { class: "grid" });
  const width = () => Math.max(...cells.map((row) => row.length));
  const table = el("table", {});
  const put = () => save(cells);
  const show = () => {
    for (const row of cells) while (row.length < width()) row.push("");
    table.replaceChildren(...cells.map((row, r) => el("tr", {}, row.map((cell, c) => {
      const input = el("input", { value: cell, "aria-label": say("cell", { row: r + 1, column: c + 1 }), class: r === 0 || (words.first && c === 0) ? "head" : "", oninput: () => { cells[r][c] = input.value; put(); }, onpaste: (event) => {
        const fresh = pasted(event.clipboardData.getData("text/plain"));
        if (fresh.length === 1 && fresh[0].length === 1) return;
        event.preventDefault();
        if (r === 0 && c === 0) return whole(event.clipboardData);
        fresh.forEach((line, dr) => line.forEach((value, dc) => {
          while (cells.length <= r + dr) cells.push(Array(width()).fill(""));
          cells[r + dr][c + dc] = value.trim();
        }));
        show();
        put();
      } });
      return el("td", {}, input);
    }))));
  };
  /** What is pasted into the first cell is the whole of it: the studio tells names from numbers. */
  const whole = async (clipboard) => {
    try {
      const made = await ask(`${here}/pasted`, { what: words.first ? "chart" : "table", text: clipboard.getData("text/plain"), html: clipboard.getData("text/html") });
      cells.splice(0, cells.length, ...(words.first ? of_chart(made) : [made.header, ...made.rows].map((row) => row.map(cellOf))));
      show();
      put();
    } catch (error) {
      toast(error.message, true);
    }
  };
  show();
  const button = (name, work, off) => el("button", { type: "button", class: "ghost small", onclick: () => { work(); show(); put(); } }, say(name));
  box.append(el("div", { class: "scroller" }, table), el("div", { class: "row" },
    button("add_row", () => cells.push(Array(width()).fill(""))), button("add_column", () => cells.forEach((row) => row.push(""))),
    button("less_row", () => cells.length > 2 && cells.pop()), button("less_column", () => width() > (words.first ? 2 : 1) && cells.forEach((row) => row.pop())), el("span", { class: "quiet" }, say("paste_here"))));
  return box;
}

const of_chart = ({ series, categories }) => [["", ...series.map((one) => cellOf(one.name))], ...categories.map((name, at) => [cellOf(name), ...series.map((one) => cellOf(one.values?.[at]))])];

const soon = (work) => {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), 450);
  };
};
const asNumber = (cell) => {
  const plain = cell.trim().replace(/\s/g, "").replace(/^(-?\d+),(\d+)$/, "$1.$2");
  return plain === "" ? null : Number.isFinite(Number(plain)) ? Number(plain) : cell;
};

export const grid = {
  table(form, path, around) {
    const base = path.slice(0, -1);
    const cells = [[...(around?.header ?? [""])], ...(around?.rows ?? []).map((row) => [...row])].map((row) => row.map(cellOf));
    return draw(form, cells, soon((now) => {
      const [header, ...rows] = now.map((row) => [...row]);
      Object.assign(around, { header, rows });
      form.edit({ do: "set", path: base, value: { ...around } }); // what is the same stays as it is
    }), {});
  },
  chart(form, path, around) {
    const base = path.slice(0, -1);
    const series = around?.series ?? [];
    const cells = of_chart({ series, categories: around?.categories ?? [] });
    return draw(form, cells, soon((now) => {
      const [head, ...rows] = now;
      const categories = rows.map((row) => row[0]);
      const fresh = head.slice(1).map((name, at) => ({ ...(series[at] ?? {}), name: name || "…", values: rows.map((row) => asNumber(row[at + 1] ?? "")) }));
      Object.assign(around, { categories, series: fresh });
      form.edit({ do: "set", path: base, value: { ...around } });
    }), { first: true });
  },
};
