// What is being written is kept on the server while it is written; trouble is told, never silent.
import { once } from "./once.js";
import { post } from "./requests.js";

const QUIET = 1500;
const AGAIN = 15000;
const FORM = "form[data-draft]";
const MOST_BEHIND_A_CLOSED_PAGE = 60000; // the browser's limit for requests that outlive the page

const LOST = "로그인 시간이 끝나 임시 저장하지 못했습니다. 다시 로그인하면 이어서 저장합니다.";
const FAILED = "임시 저장하지 못했습니다. 적은 내용은 이 창에 그대로 있습니다.";

const states = new WeakMap();

function bind() {
  for (const type of ["input", "change"]) document.addEventListener(type, ({ target }) => touched(formOf(target)));
  document.addEventListener("focusout", ({ target }) => soon(formOf(target)));
  document.addEventListener("visibilitychange", () => document.hidden && all((form) => save(form, { isLast: true })));
  window.addEventListener("pagehide", () => all((form) => save(form, { isLast: true })));
  window.addEventListener("beforeunload", (event) => unsaved() && event.preventDefault());
  document.addEventListener("submit", waitForKeeping, true);
  document.addEventListener("click", ({ target }) => pressed(target.closest?.("[data-autosave] button")));
  document.addEventListener("mk:signed-in", () => all((form) => of(form).isLost && save(form)));
  document.addEventListener("htmx:finally:request", ({ detail }) => cameBack(detail.ctx));
}

const formOf = (target) => (target.form ?? target.closest?.("form"))?.closest(FORM);
const all = (act) => document.querySelectorAll(FORM).forEach(act);

function of(form) {
  if (!states.has(form)) states.set(form, { isDirty: false, saving: null });
  return states.get(form);
}

function touched(form) {
  if (!form || form.dataset.sent) return;
  of(form).isDirty = true;
  wait(form, QUIET);
}

function wait(form, time) {
  clearTimeout(of(form).timer);
  of(form).timer = setTimeout(() => save(form), time);
}

/** Whoever leaves a field has finished a thought. */
function soon(form) {
  if (form && of(form).isDirty && !of(form).hasFailed) wait(form, 0);
}

const unsaved = () => [...document.querySelectorAll(FORM)].some((form) => isInTrouble(of(form)) && !form.dataset.sent);
const isInTrouble = (state) => state.isDirty && (state.hasFailed || state.isStopped);

function save(form, { over = false, isLast = false } = {}) {
  const state = of(form);
  if (state.saving || form.dataset.sent || (state.isStopped && !over)) return state.saving;
  if (!state.isDirty && !over) return null;
  clearTimeout(state.timer);
  state.isDirty = false;
  state.saving = keep(form, over, isLast).finally(() => {
    state.saving = null;
    if (state.isDirty && !state.isStopped) wait(form, state.hasFailed ? AGAIN : QUIET);
  });
  return state.saving;
}

async function keep(form, over, isLast) {
  const body = written(form);
  const size = [...body].reduce((sum, [name, value]) => sum + 3 * (name.length + value.length) + 100, 0);
  const headers = { "X-Mokmin-Draft": over ? "over" : "keep" };
  const who = document.querySelector("[data-session]")?.dataset.who;
  if (who) headers["X-Mokmin-Who"] = who;
  show(form, "saving");
  try {
    const keepalive = isLast && size < MOST_BEHIND_A_CLOSED_PAGE;
    const url = form.getAttribute("hx-post") || form.action;
    await heard(form, await post(url, { body, headers, keepalive, redirect: "manual" }));
  } catch {
    failed(form, FAILED);
  }
}

/** The server leaves secrets out as well; they need not travel. */
function written(form) {
  const body = new FormData(form);
  body.delete("csrfmiddlewaretoken");
  for (const input of form.querySelectorAll('input[type="password"], input[type="file"], [autocomplete="one-time-code"]')) {
    body.delete(input.name);
  }
  return body;
}

async function heard(form, response) {
  const state = of(form);
  if (response.status === 401 || response.status === 403) return lost(form);
  const said = await response.json();
  if (response.ok) {
    Object.assign(state, { hasFailed: false, isLost: false, hasAsked: false, isStopped: false });
    form.elements._draft.value = said.base;
    show(form, "saved", `${said.shown}에 임시 저장했습니다.`);
    document.dispatchEvent(new CustomEvent("mk:session", { detail: { seconds: said.seconds } }));
  } else if (said.kind === "refused") {
    failed(form, said.reason);
  } else {
    Object.assign(state, { isDirty: true, isStopped: true });
    show(form, "conflict", said.reason);
  }
}

/** Nobody is signed in any more, or somebody is again, and the token of this page is old. */
function lost(form) {
  const state = of(form);
  failed(form, LOST);
  state.isLost = true;
  if (state.hasAsked) return;
  state.hasAsked = true;
  document.dispatchEvent(new Event("mk:signed-out"));
}

function failed(form, sentence) {
  Object.assign(of(form), { isDirty: true, hasFailed: true });
  show(form, "failed", sentence);
}

function show(form, state, text = "") {
  const mark = form.querySelector("[data-autosave]");
  if (!mark) return;
  mark.dataset.autosave = state;
  const isTrouble = state === "failed" || state === "conflict";
  part(mark, "saved").hidden = state !== "saved";
  if (state === "saved") part(mark, "text").textContent = text;
  if (state !== "saving") part(mark, "problem").textContent = isTrouble ? text : "";
  part(mark, "again").hidden = state !== "failed";
  part(mark, "over").hidden = part(mark, "load").hidden = state !== "conflict";
}

const part = (mark, name) => mark.querySelector(`[data-autosave-${name}]`);

function pressed(button) {
  const form = button?.closest(FORM);
  if (!form || button.type === "submit") return;
  of(form).hasAsked = false;
  if ("autosaveAgain" in button.dataset) save(form);
  if ("autosaveOver" in button.dataset) save(form, { over: true });
  if ("autosaveLoad" in button.dataset) {
    of(form).isDirty = false;
    location.reload();
  }
}

/** A draft that is kept after its form was sent would come back from the dead. */
async function waitForKeeping(event) {
  const form = event.target.closest(FORM);
  if (!form) return;
  clearTimeout(of(form).timer);
  if (!of(form).saving) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await of(form).saving;
  clearTimeout(of(form).timer);
  form.requestSubmit(event.submitter);
}

/** What was refused is still only on this page. */
function cameBack(ctx) {
  if (ctx.hx?.redirect || !ctx.response) return;
  const form = ctx.select && document.querySelector(ctx.select);
  if (form?.matches(FORM)) touched(form);
}

once("drafts", bind);
