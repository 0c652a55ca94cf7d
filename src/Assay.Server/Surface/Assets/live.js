// Keeps a page fresh while somebody looks at it: fetches it again every few seconds and changes in place only what has changed, so that scroll,
// focus, selection and open tables stay. The switch is kept by the browser. Without this file the link "Refresh" loads the page as any link does.

const KEY = "assay.live";
const box = document.querySelector("[data-live]");
const main = document.querySelector("main");
const PATIENCE_MS = 20_000;

let on = true;
const isBusy = () => { // somebody types, or selects text to copy
  const active = document.activeElement;
  return active?.matches("input, select, textarea") || !getSelection().isCollapsed;
};

// A node is found again by its id, by what labels it, or by the first link of its row.
function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  if (node.id) return "#" + node.id;
  const label = node.getAttribute("aria-labelledby");
  if (label) return "@" + label;
  const link = node.matches("tr, li") ? node.querySelector("a[href]") : null;
  return link ? ">" + link.getAttribute("href") : null;
}

const isAlike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.classList?.[0] ?? "") === (b.classList?.[0] ?? "");

function find(at, wanted, byKey) {
  const key = keyOf(wanted);
  if (key) {
    const found = byKey.get(key);
    byKey.delete(key);
    return found && isAlike(found, wanted) ? found : null;
  }
  for (let node = at; node; node = node.nextSibling) if (!keyOf(node) && isAlike(node, wanted)) return node;
  return null;
}

function morphChildren(from, to) {
  const byKey = new Map();
  for (const node of from.childNodes) { const key = keyOf(node); if (key && !byKey.has(key)) byKey.set(key, node); }
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const found = find(at, wanted, byKey);
    if (!found) { from.insertBefore(document.importNode(wanted, true), at); continue; }
    if (found === at) at = at.nextSibling; else from.insertBefore(found, at);
    morph(found, wanted);
  }
  while (at) { const next = at.nextSibling; at.remove(); at = next; }
}

function morph(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) { if (from.data !== to.data) from.data = to.data; return; }
  if (from.hasAttribute("data-keep")) return;
  const drawn = ["drawn", "failed"].filter(c => from.classList.contains(c)); // what charts.js made of a figure
  const isOpen = from.nodeName === "DETAILS" ? from.open : null;
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  from.classList.add(...drawn);
  if (isOpen !== null) from.open = isOpen;
  if (!from.classList.contains("canvas")) morphChildren(from, to); // the drawing itself is charts.js's
}

function put(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const style = d => d.querySelector("link[rel=stylesheet]")?.getAttribute("href");
  const next = page.querySelector("main");
  if (!next || style(page) !== style(document)) { location.reload(); return; } // another version of the hub answers
  const active = document.activeElement;
  document.title = page.title;
  morph(main, next);
  const nav = document.getElementById("nav");
  if (nav && page.getElementById("nav")) morph(nav, page.getElementById("nav"));
  if (active?.isConnected && document.activeElement !== active) active.focus({ preventScroll: true });
  document.dispatchEvent(new Event("assay:refreshed"));
}

let running = false;
let last = Date.now();

async function refresh() {
  if (running) return;
  running = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) throw new Error(answer.status);
    put(await answer.text());
    box.classList.remove("stale");
  } catch {
    box.classList.add("stale"); // the page says since when it is old; the next turn tries again
    box.querySelector("[data-told]").textContent = box.dataset.stale;
  } finally {
    last = Date.now();
    running = false;
  }
}

function show() {
  const button = box.querySelector("button");
  button.hidden = false;
  button.setAttribute("aria-pressed", String(on));
}

function remember(value) { try { localStorage.setItem(KEY, value); } catch { /* a browser that keeps nothing */ } }
function recalled() { try { return localStorage.getItem(KEY); } catch { return null; } }

if (box && main) {
  const everyMs = Number(box.dataset.live) * 1000;
  on = recalled() !== "off";
  show();
  box.querySelector("button").addEventListener("click", () => {
    on = !on;
    remember(on ? "on" : "off");
    show();
    if (on) refresh();
  });
  box.querySelector("a").addEventListener("click", click => {
    if (click.ctrlKey || click.metaKey || click.shiftKey) return;
    click.preventDefault();
    refresh();
  });
  const turn = () => { if (on && document.visibilityState === "visible" && !isBusy() && Date.now() - last >= everyMs) refresh(); };
  setInterval(turn, 1000);
  document.addEventListener("visibilitychange", turn);
}
