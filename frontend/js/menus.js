// <details> used as menus shut on Escape, on a click elsewhere and when focus leaves them.
const MENUS = "details.mk-menu[open], details.mk-help[open], details.mk-nav-toggle[open]";
const SIDE = "#menu";
const WAY = `${SIDE}, header`; // from the toggle the focus comes to the navigation through the header

export function bind() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(MENUS)) {
      const inside = belongs(menu, document.activeElement, SIDE);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => shutOthers(event.target, SIDE));
  document.addEventListener("focusin", (event) => shutOthers(event.target, WAY));
}

function shutOthers(target, around) {
  for (const menu of document.querySelectorAll(MENUS)) {
    if (!belongs(menu, target, around)) menu.open = false;
  }
}

/** The navigation that the toggle opens stands outside its <details>. */
function belongs(menu, element, around) {
  const opensSide = menu.matches(".mk-nav-toggle");
  return menu.contains(element) || (opensSide && Boolean(element.closest?.(around)));
}
