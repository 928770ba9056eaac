// Screen mode (KRDS 화면 모드) and text size, remembered on this device only.

/** Attribute on <html> by setting; the empty value takes the attribute away. */
const SETTINGS = {
  mode: { attribute: "data-krds-mode", values: ["", "high-contrast", "theme"] },
  size: { attribute: "data-mk-size", values: ["", "small", "large", "xlarge", "xxlarge"] },
};

export function read(name) {
  const value = stored(name) ?? "";
  return SETTINGS[name].values.includes(value) ? value : "";
}

export function apply() {
  for (const [name, { attribute }] of Object.entries(SETTINGS)) {
    const value = read(name);
    if (value) document.documentElement.setAttribute(attribute, value);
    else document.documentElement.removeAttribute(attribute);
  }
}

/** Ties the radios of `<c-screen-settings>` to the settings, here and in other windows. */
export function bind() {
  show();
  document.addEventListener("change", (event) => {
    const name = event.target.dataset?.screen;
    if (!name) return;
    keep(name, event.target.value);
    apply();
  });
  window.addEventListener("storage", (event) => {
    if (!event.key?.startsWith("mokmin.")) return;
    apply();
    show();
  });
}

function show() {
  for (const radio of document.querySelectorAll("[data-screen]")) {
    radio.checked = radio.value === read(radio.dataset.screen);
  }
}

function stored(name) {
  try {
    return localStorage.getItem(`mokmin.${name}`);
  } catch {
    return null; // storage switched off by policy: the choice lasts for this page only
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(`mokmin.${name}`, value);
  } catch {
    const { attribute } = SETTINGS[name];
    document.documentElement.setAttribute(attribute, value);
  }
}
