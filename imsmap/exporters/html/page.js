// Links that open at a clause, search, filters, dark and light, print.
const root = document.documentElement;
root.classList.add("js");

function refInHash() {
  const hash = location.hash.slice(1);
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

// Note in the address where the reader is, for the way back and for links; a preview may forbid it, and still works.
function go(ref) {
  if (refInHash() === ref) return;
  try {
    history.pushState(null, "", `#${encodeURIComponent(ref).replaceAll("%3A", ":")}`);
  } catch {
    // A frame without an address of its own.
  }
}

// "iso9001-2015:8.4" as it is; a clause that this edition doesn't have leads to the nearest above it.
function existing(ref) {
  if (isCore(ref) && chips.has(ref)) return ref;
  let found = ref.split("#")[0];
  while (found.includes(":") && !clauses.has(found)) {
    const cut = found.lastIndexOf(".");
    if (cut <= found.indexOf(":")) return null;
    found = found.slice(0, cut);
  }
  return clauses.has(found) ? found : null;
}

// Show what a link names: a clause, a row of the matrix or a part of the page.
function arrive(asked) {
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${asked}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const row of document.querySelectorAll("tr.here")) row.classList.remove("here");
  const place = $(asked);
  if (asked.startsWith("row-") && place) {
    if (place.hidden) $("filters").reset();
    filter();
    place.classList.add("here");
    place.querySelector("details").open = true;
    place.scrollIntoView({ block: "center" });
    place.querySelector("summary").focus({ preventScroll: true });
  } else if (asked.includes(":")) {
    const ref = existing(asked);
    if (ref) arriveAt(ref);
    else say(`There is no ${label(asked)} here.`);
  } else if (place) {
    place.tabIndex = -1;
    place.scrollIntoView();
    place.focus({ preventScroll: true });
  }
}

function arriveAt(ref) {
  keep(ref);
  const chip = chips.get(ref) ?? chips.get(leavesUnder(ref)[0]);
  if (!chip?.offsetParent) {
    $("clauses").scrollIntoView();
    return;
  }
  chip.scrollIntoView({ block: "center" });
  quiet = true;
  rove(chip);
  chip.focus({ preventScroll: true });
  quiet = false;
}

const open = () => arrive(refInHash());
addEventListener("popstate", open);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  // Not left to the browser: the frame in which a mail shows its attachments may forbid to follow links.
  event.preventDefault();
  const asked = link.getAttribute("href").slice(1);
  go(asked);
  arrive(asked);
});

// --- search ------------------------------------------------------------------------------------------------------------

const MOST = 40;
const simple = (words) => words.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
const sought = data.clauses.map((clause) => ({
  ref: clause.r, number: numberOf(clause.r), leaf: Boolean(clause.p),
  title: simple(`${label(clause.r)} ${keyOf(clause.r)} ${clause.t}`),
  words: simple((clause.p ?? []).map((point) => point[0]).join(" ")),
}));

// What titles call that which somebody types by its usual name: "supplier" is an external provider there.
const meant = (word) => Object.entries(data.usual).filter(([usual]) => word.startsWith(usual)).flatMap(([, titles]) => titles);

function rankOf(entry, words) {
  let rank = 0;
  for (const word of words) {
    if (/^[a-z]?[\d.]+$/.test(word) && (entry.number.toLowerCase() === word)) rank += 100;
    else if (/^[a-z]?[\d.]+$/.test(word) && entry.number.toLowerCase().startsWith(`${word.replace(/\.$/, "")}.`)) rank += 50;
    else if (entry.title.includes(word)) rank += 20;
    else if (meant(word).some((title) => entry.title.includes(title))) rank += 10;
    else if (entry.words.includes(word)) rank += 1;
    else return 0;
  }
  return rank;
}

function search(text) {
  const typed = simple(text).trim();
  const words = typed.split(/[\s:,]+/).filter(Boolean);
  if (!words.length) return [];
  return sought.map((entry) => [rankOf(entry, words), entry]).filter(([rank]) => rank > 0)
    .sort((one, other) => other[0] - one[0]).map(([, entry]) => entry);
}

function where(entry, text) {
  const words = simple(text).trim().split(/[\s:,]+/).filter(Boolean);
  if (words.every((word) => entry.title.includes(word) || entry.number.startsWith(word))) return null;
  const point = clauses.get(entry.ref).p?.find(([said]) => words.some((word) => simple(said).includes(word) && !entry.title.includes(word)));
  return point ? make("small", {}, point[0]) : null;
}

function find() {
  const text = $("find").value;
  const found = search(text);
  $("found").replaceChildren(...found.slice(0, MOST).map((entry) =>
    make("li", {}, make("a", { href: `#${entry.ref}`, class: "to" }, tag(keyOf(entry.ref)), ` ${titled(entry.ref)}`, where(entry, text)))));
  $("found").hidden = !found.length;
  $("results").classList.toggle("shut", !text.trim());
  $("find-count").textContent = !text.trim() ? "" : !found.length ? "no clause found"
    : found.length > MOST ? `${MOST} of ${found.length} clauses shown` : `${plural(found.length, "clause")} found`;
  const also = simple(text).trim().split(/[\s:,]+/).filter(Boolean).flatMap(meant);
  if (also.length && found.length) $("find-count").textContent += `; also looked for in titles: ${[...new Set(also)].join(", ")}`;
}

function shut() {
  $("found").hidden = true;
  $("find-count").textContent = "";
  $("results").classList.add("shut");
}

$("find").addEventListener("input", find);
$("find").addEventListener("focus", () => { if ($("find").value.trim()) find(); });
$("finder").addEventListener("submit", (event) => event.preventDefault());
$("finder").addEventListener("keydown", (event) => {
  const links = [...$("found").querySelectorAll("a")];
  const place = links.indexOf(document.activeElement);
  if (event.key === "Enter" && document.activeElement === $("find")) {
    // Here and not on submit: the frame in which a mail shows its attachments may forbid forms.
    event.preventDefault();
    find();
    $("found").querySelector("a")?.click();
  } else if (event.key === "Escape") {
    shut();
    $("find").focus();
    shut();
  } else if (event.key === "ArrowDown" && !$("found").hidden) {
    event.preventDefault();
    (links[place + 1] ?? links[0])?.focus();
  } else if (event.key === "ArrowUp" && place >= 0) {
    event.preventDefault();
    (links[place - 1] ?? $("find")).focus();
  }
});
$("finder").addEventListener("focusout", (event) => {
  if (!$("finder").contains(event.relatedTarget)) shut();
});
$("found").addEventListener("click", (event) => {
  if (event.target.closest("a")) setTimeout(shut);
});
$("found").addEventListener("mousedown", (event) => event.preventDefault());

// --- filters -----------------------------------------------------------------------------------------------------------

const rows = [...document.querySelectorAll(".matrix tbody tr[data-letters]")];
const texts = rows.map((row) => simple(row.textContent.replaceAll(/\s+/g, " ")));

function filter() {
  const form = $("filters").elements;
  const words = simple(form.text.value).split(/\s+/).filter(Boolean);
  const kinds = [...form.class].filter((box) => box.checked).map((box) => box.value);
  let count = 0;
  rows.forEach((row, place) => {
    const fits = words.every((word) => [word, ...meant(word)].some((said) => texts[place].includes(said)))
      && (!form.standard.value || row.dataset.standards.split(" ").includes(form.standard.value))
      && (!form.letters.value || row.dataset.letters === form.letters.value)
      && row.dataset.classes.split("|").some((kin) => kinds.includes(kin));
    row.hidden = !fits;
    count += fits;
  });
  for (const body of document.querySelectorAll(".matrix tbody")) {
    body.hidden = ![...body.querySelectorAll("tr[data-letters]")].some((row) => !row.hidden);
  }
  $("matrix-count").textContent = `${count} of ${rows.length} rows shown`;
}
$("filters").addEventListener("input", filter);
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("filters").addEventListener("reset", () => setTimeout(filter));

// --- dark and light, print ---------------------------------------------------------------------------------------------

const system = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
const tell = () => $("theme").setAttribute("aria-pressed", String(isDark()));
$("theme").addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  tell();
});
system.addEventListener("change", tell);
tell();

let opened = [];
// Paper can't be unfolded: everything is, but the matrix and the explanation, which come as they are shown.
function unfold() {
  opened = [...document.querySelectorAll("main details:not([open])")].filter((detail) => !detail.closest(".matrix,.why,.figures"));
  for (const detail of opened) detail.open = true;
}
addEventListener("beforeprint", unfold);
addEventListener("afterprint", () => {
  for (const detail of opened) detail.open = false;
  opened = [];
});
$("print").addEventListener("click", () => print());
$("unfold").addEventListener("click", () => {
  const unfolded = $("unfold").getAttribute("aria-pressed") !== "true";
  $("unfold").setAttribute("aria-pressed", String(unfolded));
  for (const detail of document.querySelectorAll(".matrix details")) detail.open = unfolded;
});

filter();
if (location.hash) open();
