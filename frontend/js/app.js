// Behaviours of the kit: listeners on the document, so that swapped-in content needs no set-up.
import * as confirm from "./confirm.js";
import * as copy from "./copy.js";
import * as forms from "./forms.js";
import * as lists from "./lists.js";
import * as menus from "./menus.js";
import * as print from "./print.js";
import * as requests from "./requests.js";
import * as reveal from "./reveal.js";
import * as screen from "./screen.js";
import * as session from "./session.js";
import * as toast from "./toast.js";
import * as trees from "./trees.js";

for (const part of [screen, menus, reveal, copy, toast, requests, forms, lists, confirm, print, session, trees]) {
  part.bind();
}
