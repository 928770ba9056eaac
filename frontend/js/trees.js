// Hierarchies: all branches at once, by a button or for paper.
export function bind() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-tree]");
    if (!button) return;
    for (const branch of branches(button.closest(".mk-tree-box"))) {
      branch.open = button.dataset.tree === "open";
    }
  });
  addEventListener("beforeprint", () => {
    for (const branch of branches(document)) {
      if (!branch.open) branch.dataset.shut = "";
      branch.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const branch of branches(document)) {
      if ("shut" in branch.dataset) branch.open = false;
      delete branch.dataset.shut;
    }
  });
}

function branches(root) {
  return root.querySelectorAll(".mk-tree details");
}
