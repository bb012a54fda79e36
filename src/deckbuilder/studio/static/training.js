// A training: its parts, each of which draws itself when what it shows has changed.
import "./list.js";
import "./slides.js";
import "./sheets.js";
import "./findings.js";
import "./look.js";
import "./making.js";
import { facts } from "./page.js";
import { listen } from "./store.js";

if (facts.writable) await import("./slideform.js");
listen();
