// Money as Korean documents write it, read and echoed as the server does (lib/won_reader.py).
const LIMIT = 10n ** 18n;
const SMALL = { "": 0, 십: 1, 백: 2, 천: 3 };
const BIG = { "": 0, 만: 4, 억: 8, 조: 12 };
const PLAIN = new Map([..."０１２３４５６７８９，．（）＋－−–▲￦\u3000\xa0\t\r\n"].map((mark, at) => [mark, [..."0123456789,.()+---△₩     "][at]]));
const SHAPE = /^(?:약\s*)?(?:\((?<negative>[^()]*)\)(?<outside>[조억만천백십원 ]*)|(?<sign>[△+-] *)?(?:금 *)?(?<positive>[^()]*))(?:\(.*\))?$/s;
const TOKEN = / *(?<number>[0-9][0-9,.]*) *(?<small>[십백천]?) *(?<big>[만억조]?) */y;
const NUMBER = /^([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?$/;
const LONGEST = { text: 1000, number: 40 };

/** Whole won (BigInt); null for what cannot be read. A bare number counts in 10 ** `power` won. */
export function read(text, power) {
  const written = text.trim();
  if (written.length > LONGEST.text) return null;
  const found = SHAPE.exec([...written].map((mark) => PLAIN.get(mark) ?? mark).join(""));
  if (!found) return null;
  const { negative, outside, sign = "", positive } = found.groups;
  if (negative !== undefined && /^[△+-]/.test(negative.trim())) return null;
  const body = negative === undefined ? positive : negative + outside;
  const amount = amountOf(body, power);
  if (amount === null || amount >= LIMIT) return null;
  return negative !== undefined || /^[△-]/.test(sign) ? -amount : amount;
}

function amountOf(body, power) {
  const bare = body.trim().replace(/^₩/, "");
  const at = bare.indexOf("원");
  const [spoken, rest] = at < 0 ? [bare, ""] : [bare.slice(0, at), bare.slice(at + 1)];
  if (!["", "정"].includes(rest.trim())) return null;
  const tokens = tokensOf(spoken);
  const last = tokens?.at(-1);
  if (!last) return null;
  const isBare = at < 0 && !last.big && !body.includes("₩");
  if (isBare && (last.small || tokens.length > 1)) return null;
  if (tokens.length > 1) return sum(tokens);
  return scaled(last.number, isBare ? power : SMALL[last.small] + BIG[last.big]);
}

function tokensOf(spoken) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let found; (found = TOKEN.exec(spoken)); end = TOKEN.lastIndex) tokens.push(found.groups);
  const isWhole = !spoken.slice(end).trim() && tokens.slice(0, -1).every(({ small, big }) => small || big);
  return isWhole ? tokens : null;
}

/** `1조 2,345억`; in `5천 3백만` the 천 belongs to the 만 that follows. */
function sum(tokens) {
  let total = 0n;
  let big = "";
  let higher = -1;
  for (const token of [...tokens].reverse()) {
    big = token.big || big;
    const power = SMALL[token.small] + BIG[big];
    if (total >= 10n ** BigInt(power) || power <= higher || token.number.includes(".")) return null;
    const amount = scaled(token.number, power);
    if (amount === null) return null;
    total += amount;
    higher = power;
  }
  return total;
}

function scaled(number, power) {
  const found = number.length > LONGEST.number ? null : NUMBER.exec(number);
  if (!found) return null;
  const fraction = (found[2] ?? "").replace(/0+$/, "");
  if (fraction.length > power) return null;
  return BigInt(found[1].replaceAll(",", "") + fraction + "0".repeat(power - fraction.length));
}

/** `= 1,230,000,000원 (12억 3,000만 원, 1,230백만 원)`. */
export function echo(amount) {
  const size = amount < 0n ? -amount : amount;
  const sign = amount < 0n ? "△" : "";
  const others = [];
  if (size >= 10_000n) others.push(sign + mixed(size));
  if (size >= 1_000_000n) others.push(`${sign}${figure(size, 6)}백만 원`);
  return `= ${sign}${grouped(size)}원${others.length ? ` (${others.join(", ")})` : ""}`;
}

const grouped = (whole) => whole.toString().replace(/\B(?=(\d{3})+$)/g, ",");

function figure(size, power) {
  const unit = 10n ** BigInt(power);
  const rest = size % unit ? `.${(size % unit).toString().padStart(power, "0").replace(/0+$/, "")}` : "";
  return grouped(size / unit) + rest;
}

function mixed(size) {
  const parts = [];
  let rest = size;
  for (const [power, word] of [[12n, "조"], [8n, "억"], [4n, "만"]]) {
    const count = rest / 10n ** power;
    rest %= 10n ** power;
    if (count) parts.push(`${grouped(count)}${word}`);
  }
  parts.push(rest || !parts.length ? `${grouped(rest)}원` : "원");
  return parts.join(" ");
}
