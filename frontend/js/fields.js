// Behaviours that only pages with forms need; each such page loads this file beside app.js.
import * as drafts from "./drafts.js";
import * as picker from "./picker.js";
import * as sheet from "./sheet.js";

const ROOT = document.documentElement;

// A page with two forms names the file twice.
if (!ROOT.dataset.fields) {
  ROOT.dataset.fields = "yes";
  for (const part of [drafts, picker, sheet]) part.bind();
}
