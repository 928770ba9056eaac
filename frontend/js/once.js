// Behaviours that only some pages load: a page with two forms names the file twice.
export function once(name, bind) {
  const root = document.documentElement;
  const bound = root.dataset.bound ?? "";
  if (bound.split(" ").includes(name)) return;
  root.dataset.bound = `${bound} ${name}`.trim();
  bind();
}
