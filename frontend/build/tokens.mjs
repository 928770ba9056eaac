// KRDS design tokens: the semantic colours resolved to literal values, for both screen modes.
import { readFile } from "node:fs/promises";

const LIGHT = "--krds-light-";
const CONTRAST = "--krds-high-contrast-";
const PAIRS = 190;

/** Every custom property of the KRDS token file, by name, in the file's order. */
export async function tokens(file) {
  const css = await readFile(file, "utf8");
  const found = new Map();
  for (const [, name, value] of css.matchAll(/^\s*(--krds-[\w-]+):\s*([^;]+);/gm)) {
    found.set(name, value.trim());
  }
  return found;
}

/**
 * Two blocks of declarations: the tokens themselves, and the light semantic names given
 * their high-contrast values, so that one attribute on <html> switches every part at once.
 */
export function modes(all) {
  const semantic = [...all.keys()].filter((name) => name.startsWith(LIGHT));
  const twins = semantic.map((name) => name.replace(LIGHT, CONTRAST));
  const missing = twins.filter((name) => !all.has(name));
  if (missing.length > 0 || semantic.length !== PAIRS) {
    throw new Error(`KRDS has ${semantic.length} light tokens (${PAIRS} known); without twin: ${missing}`);
  }
  const plain = [...all.keys()].filter((name) => !name.startsWith(CONTRAST));
  return {
    light: plain.map((name) => `${name}:${literal(all, name)};`).join(""),
    contrast: semantic.map((name, at) => `${name}:${literal(all, twins[at])};`).join(""),
  };
}

function literal(all, name) {
  const value = all.get(name);
  if (value === undefined) throw new Error(`KRDS has no token ${name}`);
  const referred = value.match(/^var\((--[\w-]+)\)$/);
  return referred ? literal(all, referred[1]) : value;
}
