// The CSRF token in one place, and what a person is told when a request of htmx fails.
import { toast } from "./toast.js";

const BY_STATUS = {
  403: "이 작업을 할 권한이 없거나 화면이 오래되었습니다. 화면을 새로 고친 뒤 다시 해 주세요.",
  404: "찾는 내용이 없습니다. 다른 사람이 지웠거나 옮겼을 수 있습니다.",
  409: "그 사이에 내용이 바뀌었습니다. 화면을 새로 고쳐 확인해 주세요.",
  413: "보낸 내용이 너무 큽니다.",
  429: "요청이 너무 많습니다. 잠시 뒤에 다시 해 주세요.",
};
const ON_SERVER = "서버에서 처리하지 못했습니다. 잠시 뒤에 다시 해 주세요.";
const ON_WIRE = "서버에 연결하지 못했습니다. 통신 상태를 확인해 주세요.";
const HEADERS = "hx-headers:inherited";

export function bind() {
  document.addEventListener("htmx:response:error", ({ detail }) => {
    const { status } = detail.ctx.response;
    if (status === 422) return; // the form comes back with its errors and is swapped in
    if (status === 401) document.dispatchEvent(new Event("mk:signed-out"));
    toast(reasonIn(detail.ctx.text) || BY_STATUS[status] || ON_SERVER, "late");
  });
  document.addEventListener("htmx:error", ({ detail }) => {
    if (!detail.ctx?.response) toast(ON_WIRE, "late");
  });
}

/** What to tell about an answer that was not the wanted one; none at all came when it is null. */
export async function sentenceOf(response) {
  if (!response) return ON_WIRE;
  return reasonIn(await response.text()) || BY_STATUS[response.status] || ON_SERVER;
}

/** The sentence of an error page of ours, which explains better than its number. */
function reasonIn(html) {
  const page = new DOMParser().parseFromString(html ?? "", "text/html");
  return page.querySelector("[data-reason]")?.textContent.trim().replace(/\s+/g, " ");
}

export function csrfToken() {
  return JSON.parse(document.body.getAttribute(HEADERS) ?? "{}")["X-CSRFToken"] ?? "";
}

/** A POST of ours; `keepalive` lets it outlive the page. */
export function post(url, { headers = {}, ...how } = {}) {
  return fetch(url, {
    ...how,
    method: "POST",
    credentials: "same-origin",
    headers: { "X-CSRFToken": csrfToken(), Accept: "application/json", ...headers },
  });
}

/** Signing in again makes every token of an open page stale: put the new one everywhere. */
export function renewToken(token) {
  document.body.setAttribute(HEADERS, JSON.stringify({ "X-CSRFToken": token }));
  for (const input of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) {
    input.value = token;
  }
}
