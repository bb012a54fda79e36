// The pages of handout and guide, as they will be printed; the page of the slide that is looked at is brought into view.
import { ask, byId, el, facts, say } from "./page.js";
import { current, here, onChange, select, slides, store, swap } from "./store.js";

const shown = {}; // by document: the element, its pages, the key that they show
const RATIO = { a4: 210 / 297, letter: 8.5 / 11 };

onChange((what) => {
  if (store.tab === "slides" || what === "list") return;
  draw(what === "slide" || what === "tab");
});

function draw(follow) {
  const name = store.tab;
  const pages = store.view?.pages[name];
  const panel = byId("panel");
  if (!pages) {
    panel.replaceChildren(el("p", { class: "empty", role: "status" }, say(store.view?.broken ? "pages_never" : store.view?.examined ? "pages_none" : "pages_coming")));
    return;
  }
  shown[name] ??= { element: el("div", { class: "sheets" }), pages: [], key: null };
  const one = shown[name];
  const fresh = panel.firstChild !== one.element;
  if (fresh) panel.replaceChildren(one.element);
  if (one.key !== pages.key) {
    one.key = pages.key;
    head(one, name, pages);
    while (one.pages.length > pages.count) one.pages.pop().remove();
    while (one.pages.length < pages.count) {
      const made = sheetOf(name, one.pages.length + 1);
      one.pages.push(made);
      one.element.append(made);
    }
    one.pages.forEach((sheet, at) => update(sheet, name, at + 1, pages));
  }
  one.element.classList.toggle("older", !store.view.examined);
  if (follow || fresh) {
    const page = current()?.pages[name];
    if (page) one.pages[page - 1]?.scrollIntoView({ block: "start", behavior: "instant" });
  }
}

function head(one, name, pages) {
  one.head?.remove();
  one.head = el("p", { class: "row about-pages" }, say("n_pages", { n: pages.count }), pages.sheets && pages.sheets !== pages.count ? ` · ${say("n_sheets", { n: pages.sheets })}` : "",
    el("a", { class: "ghost", href: `${here}/document/${name}/${pages.key}`, target: "_blank", rel: "noopener" }, say("open_pdf")));
  one.element.prepend(one.head);
}

function sheetOf(name, number) {
  return el("figure", { class: "page", id: `${name}-${number}` },
    el("div", { class: "sheet" }, el("img", { alt: say(`${name}_page`, { n: number }), loading: "lazy", decoding: "async" })),
    el("figcaption", {}));
}

function update(sheet, name, number, pages) {
  const image = sheet.querySelector("img");
  image.parentElement.style.setProperty("aspect-ratio", String(RATIO[store.view.training?.paper] ?? RATIO.a4));
  image.onload = () => image.naturalWidth && image.parentElement.style.setProperty("aspect-ratio", String(image.naturalWidth / image.naturalHeight));
  swap(image, `${here}/page/${name}/${pages.key}/${number}/${facts.widths[1]}`);
  image.srcset = "";
  const here_ = slides().filter((row) => row.pages[name] === number);
  sheet.querySelector("figcaption").replaceChildren(
    el("strong", {}, say("page_n", { n: number })),
    ...here_.map((row) => el("button", { type: "button", class: "link", onclick: () => select(row.id) }, row.numbers[0] ? say("slide_n", { n: row.numbers[0] }) : row.title)),
    el("button", { type: "button", class: "link", onclick: (event) => read(event.target, name, number, pages) }, say("as_text")));
}

/** The page's words, for those who do not see its picture. */
async function read(button, name, number, pages) {
  const next = button.closest("figcaption").nextElementSibling;
  if (next) return next.remove();
  try {
    const found = await ask(`${here}/page/${name}/${pages.key}/${number}/about`);
    button.closest("figure").append(el("div", { class: "words", tabindex: "0", role: "region", "aria-label": say("as_text") }, found.words));
  } catch {
    // other pages are on their way
  }
}
