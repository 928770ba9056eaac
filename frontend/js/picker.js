// Pickers: suggestions while somebody types (ARIA combobox with a listbox); several become chips.
import { once } from "./once.js";

const QUIET = 200;
const INPUT = "[data-picker] > input[type=text]";

let list; // one listbox for all pickers
let said; // one live region
let active = null; // the input that the list belongs to
let asked;
let timer;

function bind() {
  document.addEventListener("focusin", ({ target }) => target.matches?.(INPUT) && dress(target));
  document.addEventListener("input", ({ target }) => target.matches?.(INPUT) && typed(target));
  document.addEventListener("keydown", pressed);
  document.addEventListener("focusout", ({ target }) => target === active && close());
  document.addEventListener("click", ({ target }) => remove(target.closest?.("[data-chip-remove]")));
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll(INPUT).forEach(dress));
  for (const type of ["scroll", "resize"]) window.addEventListener(type, place, { capture: true, passive: true });
  document.querySelectorAll(INPUT).forEach(dress);
}

const pickerOf = (input) => input.closest("[data-picker]");
const part = (picker, name) => picker.querySelector(`[data-picker-${name}]`);
const isMany = (picker) => "many" in picker.dataset;

/** Without a script it is a plain input, and says so. */
function dress(input) {
  if (input.role) return;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", "mk-options");
  build();
}

function build() {
  if (list) return;
  list = document.createElement("ul");
  list.id = "mk-options";
  list.className = "mk-options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the input
  list.addEventListener("click", ({ target }) => choose(target.closest("[role=option]")));
  said = document.createElement("div");
  said.className = "mk-sr";
  said.setAttribute("role", "status");
  document.body.append(list, said);
}

function typed(input) {
  const picker = pickerOf(input);
  if (!isMany(picker)) settle(picker, { uid: "", label: "", note: "" });
  clearTimeout(timer);
  asked?.abort();
  if (input.value.trim().length < 2) return close();
  timer = setTimeout(() => ask(input), QUIET);
}

async function ask(input) {
  asked = new AbortController();
  const url = new URL(pickerOf(input).dataset.picker, location.href);
  url.searchParams.set("q", input.value.trim());
  try {
    const response = await fetch(url, { signal: asked.signal, credentials: "same-origin", redirect: "manual" });
    if (response.type === "opaqueredirect" || response.status === 401) return signedOut();
    if (!response.ok) throw new Error(response.status);
    const { options } = await response.json();
    if (document.activeElement === input) show(input, options);
  } catch (error) {
    if (error.name === "AbortError") return;
    close();
    tell("찾지 못했습니다. 이름을 끝까지 적어 보내 주세요.");
  }
}

/** Nobody is signed in any more: the page says so, and nothing is said of what was looked for. */
function signedOut() {
  close();
  tell("로그인 시간이 끝나 찾지 못했습니다. 다시 로그인한 뒤에 이어서 적어 주세요.");
  document.dispatchEvent(new Event("mk:signed-out"));
}

function show(input, options) {
  const { name, found, none } = pickerOf(input).dataset;
  active = input;
  (input.closest("dialog, main") ?? document.body).append(list); // inside a dialog, or it could not be reached
  list.setAttribute("aria-label", `${name} 찾은 결과`);
  list.replaceChildren(...(options.length ? options.map(item) : [nothing(none)]));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  input.removeAttribute("aria-activedescendant");
  place();
  tell(options.length ? `${options.length}${found} 찾았습니다. 위아래 화살표로 고르세요.` : none);
}

function item({ uid, label, note }, at) {
  const option = document.createElement("li");
  option.id = `mk-option-${at}`;
  option.className = "mk-option";
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  Object.assign(option.dataset, { uid, label, note });
  option.append(words("mk-option-label", label), " ", words("mk-picker-note", note));
  return option;
}

function nothing(sentence) {
  const option = document.createElement("li");
  option.className = "mk-option mk-option--none";
  option.setAttribute("role", "option");
  option.setAttribute("aria-disabled", "true");
  option.textContent = sentence;
  return option;
}

function words(style, text) {
  const span = document.createElement("span");
  span.className = style;
  span.textContent = text;
  return span;
}

function place() {
  if (!active || list.hidden) return;
  const box = active.getBoundingClientRect();
  const below = window.innerHeight - box.bottom;
  const isAbove = below < 200 && box.top > below;
  Object.assign(list.style, {
    left: `${Math.max(8, Math.min(box.left, window.innerWidth - list.offsetWidth - 8))}px`,
    minWidth: `${box.width}px`,
    top: isAbove ? "" : `${box.bottom + 4}px`,
    bottom: isAbove ? `${window.innerHeight - box.top + 4}px` : "",
    maxHeight: `${Math.max(120, (isAbove ? box.top : below) - 16)}px`,
  });
}

function close() {
  clearTimeout(timer);
  asked?.abort();
  if (!active) return;
  list.hidden = true;
  active.setAttribute("aria-expanded", "false");
  active.removeAttribute("aria-activedescendant");
  active = null;
}

function pressed(event) {
  const input = event.target;
  if (!input.matches?.(INPUT) || event.isComposing) return;
  if (event.key === "Backspace") return takeLast(input);
  if (event.key === "ArrowDown" && !active && event.altKey) return ask(input);
  if (!active || list.hidden) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && current()) choose(current());
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

const current = () => list.querySelector('[aria-selected="true"]');

function move(step) {
  const options = [...list.querySelectorAll("[aria-selected]")];
  if (!options.length) return;
  const at = options.indexOf(current());
  const next = options[(at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length];
  current()?.setAttribute("aria-selected", "false");
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  active.setAttribute("aria-activedescendant", next.id);
}

function choose(option) {
  if (!option?.dataset.uid || !active) return;
  const input = active;
  const picker = pickerOf(input);
  close();
  part(picker, "offers")?.remove();
  if (isMany(picker)) add(picker, input, option.dataset);
  else {
    input.value = option.dataset.label;
    settle(picker, option.dataset);
    tell(`${option.dataset.label} ${option.dataset.note}. 골랐습니다.`);
  }
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** What the typed name stands for; another name stands for nothing yet. */
function settle(picker, { uid, label, note }) {
  part(picker, "uid").value = uid;
  part(picker, "for").value = label;
  part(picker, "note").textContent = note;
}

function add(picker, input, { uid, label, note }) {
  const chips = part(picker, "chips");
  input.value = "";
  if (![...chips.querySelectorAll("input")].some((box) => box.value === uid)) {
    const chip = picker.querySelector("template").content.firstElementChild.cloneNode(true);
    chip.querySelector("input").value = uid;
    chip.querySelector("[data-chip-note]").textContent = note;
    for (const each of chip.querySelectorAll("[data-chip-label]")) each.textContent = label;
    chips.append(chip);
  }
  tell(`${label}. 골랐습니다. ${counted(picker)}`);
}

const counted = (picker) => `모두 ${part(picker, "chips").children.length}${picker.dataset.found} 골랐습니다.`;

function remove(button) {
  const chip = button?.closest(".mk-picked-one");
  if (!chip) return;
  const picker = pickerOf(chip);
  const input = picker.querySelector(":scope > input[type=text]");
  const label = chip.querySelector("[data-chip-label]").textContent;
  chip.remove();
  input.focus();
  input.dispatchEvent(new Event("change", { bubbles: true }));
  tell(`${label}. 뺐습니다. ${counted(picker)}`);
}

function takeLast(input) {
  const last = input.value ? null : part(pickerOf(input), "chips")?.lastElementChild;
  if (last) remove(last.querySelector("[data-chip-remove]"));
}

function tell(text) {
  said.textContent = text;
}

once("picker", bind);
