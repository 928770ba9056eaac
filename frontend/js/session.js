// Warns before the session ends and extends it in one click; what is typed stays on the page.
import { post, renewToken } from "./requests.js";
import { toast } from "./toast.js";

const SHARED = "mokmin.session";
const SPOKEN = [60, 30, 10];
const SLACK = 1500;

let dialog;
let endsAt = 0;
let mark; // of the server's session: another mark means that someone signed in again
let timer;
let spoken = new Set();
let isMissed = false; // something was asked of the server that only a signed-in person may ask

export function bind() {
  dialog = document.querySelector("dialog[data-session]");
  if (!dialog) return;
  dialog.querySelector("[data-session-stay]").addEventListener("click", extend);
  dialog.addEventListener("cancel", (event) => {
    if (left() <= 0) return;
    event.preventDefault(); // whoever presses Escape is there, and stays signed in
    extend();
  });
  window.addEventListener("storage", (event) => event.key === SHARED && event.newValue && heard(event.newValue));
  window.addEventListener("pageshow", (event) => event.persisted && ask());
  document.addEventListener("visibilitychange", () => !document.hidden && wake());
  document.addEventListener("mk:session", ({ detail }) => learn(detail.seconds, { tell: true }));
  document.addEventListener("mk:signed-out", () => {
    isMissed = true;
    ask();
  });
  mark = dialog.dataset.mark;
  learn(Number(dialog.dataset.seconds), { tell: true });
}

const left = () => Math.ceil((endsAt - Date.now()) / 1000);
const warnAt = () => Number(dialog.dataset.warn);

/** The server said how many seconds remain; `tell` passes it on to the other windows. */
function learn(seconds, { tell = false } = {}) {
  endsAt = Date.now() + seconds * 1000;
  if (tell) share();
  if (left() > warnAt()) {
    spoken = new Set();
    if (dialog.open) dialog.close();
  }
  wait();
}

function wait() {
  clearTimeout(timer);
  const quiet = (left() - warnAt()) * 1000;
  timer = setTimeout(wake, dialog.open ? 1000 : Math.max(quiet, 0));
}

async function wake() {
  if (dialog.open) return show();
  if (left() > warnAt()) return wait();
  return ask();
}

/** The clock of this window is only a guess: the server is asked before anything is shown. */
async function ask() {
  try {
    const response = await fetch(dialog.dataset.url, { credentials: "same-origin" });
    answer(await said(response), false);
  } catch {
    show(); // unreachable: count on by the clock of this window
  }
}

async function extend() {
  try {
    const answered = await said(await post(dialog.dataset.url));
    answer(answered, true);
    if (answered.seconds > 0) toast("로그인 시간을 연장했습니다.", "ok");
  } catch {
    toast("연장하지 못했습니다. 통신 상태를 확인하고 다시 눌러 주세요.", "late");
  }
}

async function said(response) {
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  return isJson ? response.json() : { seconds: 0 };
}

/** Someone else's session counts as none: what is typed here must not be sent in their name. */
function answer({ seconds, csrf, who }, tell) {
  const isMine = !who || who === dialog.dataset.who;
  const wasOver = dialog.open && left() <= 0;
  if (isMine && csrf) renewToken(csrf);
  learn(isMine ? seconds : 0, { tell });
  if (left() <= warnAt()) show();
  else if (wasOver) toast("다시 로그인되었습니다. 이어서 작성하실 수 있습니다.", "ok");
  if (isMissed && left() > 0) {
    isMissed = false;
    document.dispatchEvent(new Event("mk:signed-in"));
  }
}

function show() {
  const seconds = left();
  dialog.querySelector("[data-session-soon]").hidden = seconds <= 0;
  dialog.querySelector("[data-session-over]").hidden = seconds > 0;
  dialog.querySelector("[data-session-left]").textContent = spell(Math.max(seconds, 0));
  if (!dialog.open) dialog.showModal();
  speak(seconds);
  if (seconds > 0) wait();
}

/** A screen reader hears a few marks, not every second. */
function speak(seconds) {
  const mark = SPOKEN.find((at) => seconds <= at && seconds > at - 2 && !spoken.has(at));
  if (!mark) return;
  spoken.add(mark);
  dialog.querySelector("[data-session-spoken]").textContent = `${spell(mark)} 남았습니다.`;
}

function spell(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (!minutes) return `${rest}초`;
  return rest ? `${minutes}분 ${rest}초` : `${minutes}분`;
}

function share() {
  try {
    localStorage.setItem(SHARED, JSON.stringify({ endsAt, mark }));
  } catch {
    // no storage: each window asks the server for itself
  }
}

/** Another window heard from the server; after a new sign-in the tokens here are stale: ask. */
function heard(value) {
  const other = JSON.parse(value);
  const isNew = other.mark !== mark;
  mark = other.mark;
  if (isNew || dialog.open) ask();
  else if (other.endsAt > endsAt + SLACK) learn((other.endsAt - Date.now()) / 1000);
}
