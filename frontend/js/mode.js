// Runs before the first paint: the reader's own screen mode and size, and that scripts work.
import { apply } from "./screen.js";

document.documentElement.classList.add("js");
apply();
