// Files: dropped or chosen, listed, taken off again, and sent with a bar that shows how far.
import { once } from "./once.js";

const ZONE = "[data-drop]";

function bind() {
  for (const type of ["dragenter", "dragover"]) document.addEventListener(type, hover);
  document.addEventListener("dragleave", ({ target }) => target.matches?.(ZONE) && target.classList.remove("is-over"));
  document.addEventListener("drop", dropped);
  document.addEventListener("change", ({ target }) => target.matches?.(`${ZONE} input[type=file]`) && chosen(target));
  document.addEventListener("click", ({ target }) => takeOff(target.closest?.("[data-drop-remove]")));
  document.addEventListener("htmx:before:request", ({ detail }) => measure(detail.ctx));
}

const held = new WeakMap(); // input → the files it held before a choice replaces them
const part = (zone, name) => zone.querySelector(`[data-drop-${name}]`);
const inputOf = (zone) => zone.querySelector("input[type=file]");
const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

function hover(event) {
  if (!hasFiles(event)) return;
  const zone = event.target.closest?.(ZONE);
  event.preventDefault(); // a file dropped beside the place would replace the page
  event.dataTransfer.dropEffect = zone ? "copy" : "none";
  for (const each of document.querySelectorAll(ZONE)) each.classList.toggle("is-over", each === zone);
}

function dropped(event) {
  if (!hasFiles(event)) return;
  event.preventDefault();
  const zone = event.target.closest?.(ZONE);
  document.querySelectorAll(ZONE).forEach((each) => each.classList.remove("is-over"));
  if (zone) take(zone, [...event.dataTransfer.files]);
}

function chosen(input) {
  take(input.closest(ZONE), [...input.files]);
}

/** What fits is kept, beside what was there if there may be several; what does not is told.
 *
 * When nothing fits, what is not too large stays: sent, the server says what is wrong with it, and not that a file
 * has to be chosen.
 */
function take(zone, files) {
  const input = inputOf(zone);
  const before = input.multiple ? (held.get(input) ?? []).filter((old) => !files.some((file) => isSame(old, file))) : [];
  const all = [...before, ...files];
  const fitting = all.filter((file) => !problemOf(zone, file));
  const staying = fitting.length ? fitting : all.filter((file) => !isTooLarge(zone, file));
  const problems = all.map((file) => whyNot(zone, file, staying.includes(file))).filter(Boolean);
  const most = Number(zone.dataset.count);
  if (staying.length > most) problems.push(`파일은 ${most}개까지 올릴 수 있어 나머지는 뺐습니다.`);
  const kept = staying.slice(0, most);
  put(zone, files.length || !input.multiple ? kept : before);
  tell(zone, problems.join(" "), problems.length > 0);
}

const isSame = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

const endingsOf = (zone) => zone.dataset.accepts.split(",").filter(Boolean);
const isTooLarge = (zone, file) => file.size > Number(zone.dataset.limit);

function problemOf(zone, file) {
  const endings = endingsOf(zone);
  if (endings.length && !endings.some((ending) => file.name.toLowerCase().endsWith(ending))) return "kind";
  if (isTooLarge(zone, file)) return "size";
  return file.size ? "" : "empty";
}

function whyNot(zone, file, isStaying) {
  const left = isStaying ? "입니다" : "라 뺐습니다";
  const most = sized(Number(zone.dataset.limit));
  const said = {
    kind: `올릴 수 없는 종류${left}. ${endingsOf(zone).join(", ").replaceAll(".", "")} 파일을 올려 주세요.`,
    size: `크기가 ${sized(file.size)}입니다. ${most}까지 올릴 수 있어 뺐습니다.`,
    empty: isStaying ? "빈 파일입니다." : "빈 파일이라 뺐습니다.",
  }[problemOf(zone, file)];
  return said ? `‘${file.name}’: ${said}` : "";
}

function sized(bytes) {
  if (bytes < 100_000) return `${(bytes / 1000).toFixed(1)}KB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)}MB` : `${(bytes / 1_000_000_000).toFixed(1)}GB`;
}

function put(zone, files) {
  const input = inputOf(zone);
  const carrier = new DataTransfer();
  files.forEach((file) => carrier.items.add(file));
  input.files = carrier.files;
  held.set(input, files);
  part(zone, "list").replaceChildren(...files.map(line));
}

function tell(zone, text, isProblem = false) {
  part(zone, "said").textContent = text;
  part(zone, "said").classList.toggle("is-problem", isProblem);
}

function line(file, at) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const size = document.createElement("span");
  const button = document.createElement("button");
  name.textContent = file.name;
  size.textContent = sized(file.size);
  size.className = "mk-sub";
  Object.assign(button, { type: "button", className: "mk-btn mk-btn--text mk-btn--small", textContent: "빼기" });
  button.setAttribute("aria-label", `${file.name} 빼기`);
  button.dataset.dropRemove = at;
  item.append(name, size, button);
  return item;
}

function takeOff(button) {
  const zone = button?.closest(ZONE);
  if (!zone) return;
  const files = held.get(inputOf(zone)).filter((_, at) => at !== Number(button.dataset.dropRemove));
  put(zone, files);
  tell(zone, "파일을 뺐습니다.");
  inputOf(zone).focus();
}

/** The browser's fetch cannot say how far an upload is; its older way can. */
function measure(ctx) {
  const { body } = ctx.request;
  const zone = ctx.sourceElement.querySelector?.(ZONE);
  if (!zone || !(body instanceof FormData)) return;
  if (![...body.values()].some((value) => value instanceof File && value.size)) return;
  ctx.fetch = (url, request) => upload(url, request, zone);
}

function upload(url, { method, headers, body, signal }, zone) {
  const bar = part(zone, "progress");
  const request = new XMLHttpRequest();
  request.open(method, url);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = Math.floor((100 * loaded) / total);
  });
  signal?.addEventListener("abort", () => request.abort());
  bar.hidden = false;
  tell(zone, "파일을 올리고 있습니다.");
  return new Promise((resolve, reject) => {
    request.addEventListener("load", () => resolve(answer(request)));
    for (const type of ["error", "abort"]) request.addEventListener(type, () => reject(new TypeError(type)));
    request.addEventListener("loadend", () => {
      bar.hidden = true;
      tell(zone, "");
    });
    request.send(body);
  });
}

function answer(request) {
  const headers = new Headers();
  for (const row of request.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const at = row.indexOf(":");
    headers.append(row.slice(0, at), row.slice(at + 1).trim());
  }
  const body = [204, 205, 304].includes(request.status) ? null : request.responseText;
  return new Response(body, { status: request.status, headers });
}

once("drop", bind);
