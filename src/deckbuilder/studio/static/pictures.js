// Pictures: by drop, paste or file dialogue; what they show in words; the point that is kept, by a click on it.
import { el, say, toast } from "./page.js";
import { here } from "./store.js";

async function send(file, about) {
  const answer = await fetch(`${here}/picture`, { method: "POST", headers: { "Content-Type": file.type || "image/png", "X-Name": encodeURIComponent(file.name || ""), "X-About": encodeURIComponent(about || "") }, body: file });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error ?? say("went_wrong"));
  return said.file;
}

export function picture(form, spec, path, value) {
  const box = el("div", { class: "picture-field", tabindex: "-1" });
  const take = async (file) => {
    if (!file) return;
    if (file.type && !file.type.startsWith("image/")) return toast(say("no_picture", { name: file.name }), true);
    box.classList.add("busy");
    try {
      const name = await send(file, value.file?.endsWith("placeholder.svg") ? form.value.title : value.alt || form.value.title);
      const { decorative, focus, alt, ...rest } = value;
      const fresh = { ...rest, file: name, ...(alt ? { alt } : { alt: say("alt_to_write") }) };
      for (const key of Object.keys(value)) delete value[key];
      Object.assign(value, fresh);
      await form.edit({ do: "set", path, value: { ...value } });
      draw();
      box.querySelector(".entry textarea, .entry input[type=text]")?.select?.();
      toast(say("picture_added"));
    } catch (error) {
      toast(error.message, true);
    }
    box.classList.remove("busy");
  };
  const draw = () => {
    const input = el("input", { type: "file", class: "unseen", accept: "image/*,.heic,.svg", "aria-label": say("choose_picture"), tabindex: "-1", onchange: () => take(input.files[0]) });
    const image = value.file ? el("img", { alt: value.alt ?? "", src: `${here}/picture?file=${encodeURIComponent(value.file)}` }) : null;
    const point = el("i", { class: "focus-point", hidden: !value.focus });
    const frame = el("div", { class: "picture-frame", title: value.file ? say("click_focus") : "" }, image ?? el("span", { class: "quiet" }, say("drop_here")), point);
    const place = () => {
      if (!value.focus) return;
      point.hidden = false;
      point.style.setProperty("left", `${value.focus[0] * 100}%`);
      point.style.setProperty("top", `${value.focus[1] * 100}%`);
    };
    place();
    image?.addEventListener("click", (event) => {
      const seen = image.getBoundingClientRect();
      keep([(event.clientX - seen.left) / seen.width, (event.clientY - seen.top) / seen.height].map((one) => Math.round(Math.min(1, Math.max(0, one)) * 100) / 100));
      ways?.querySelectorAll("input").forEach((one, axis) => (one.value = value.focus[axis] * 100));
    });
    const keep = (focus) => {
      value.focus = focus;
      form.set([...path, "focus"], [...focus], true);
      place();
    };
    const along = (axis) => {
      const one = el("input", { type: "range", min: 0, max: 100, value: Math.round((value.focus?.[axis] ?? 0.5) * 100), "aria-label": say(axis ? "from_top" : "from_left"),
        oninput: () => keep([0, 1].map((each) => (each === axis ? one.value / 100 : value.focus?.[each] ?? 0.5))) });
      return el("label", { class: "along" }, el("span", {}, say(axis ? "from_top" : "from_left")), one);
    };
    const point_ = spec.fields.find((one) => one.key === "focus");
    const ways = image && point_ ? el("fieldset", { class: "focus-by-keys" }, el("legend", { class: "label" }, point_.label), along(0), along(1)) : null;
    const fields = value.file ? form.fields(spec.fields.filter((one) => one.key !== "file"), path, value, spec.key) : [];
    box.replaceChildren(el("div", { class: "picture-side" }, frame, el("div", { class: "row" }, el("button", { type: "button", class: "ghost small", onclick: () => input.click() }, value.file ? say("other_picture") : say("choose_picture")), input,
      value.file && !spec.required ? el("button", { type: "button", class: "link", onclick: () => { form.set(path, null); for (const key of Object.keys(value)) delete value[key]; draw(); } }, say("take_away")) : null), ways), el("div", { class: "picture-words" }, fields));
  };
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => { event.preventDefault(); box.classList.remove("over"); take(event.dataTransfer.files[0]); });
  box.addEventListener("paste", (event) => { const file = [...event.clipboardData.files][0]; if (file) { event.preventDefault(); take(file); } });
  draw();
  return box;
}
