// Search: by number, title, the usual word, or the words of the points.
const MOST = 40;
const sought = data.clauses.map((clause) => ({
  ref: clause.r, number: numberOf(clause.r), leaf: Boolean(clause.p),
  title: simple(`${label(clause.r)} ${keyOf(clause.r)} ${clause.t}`),
  words: simple((clause.p ?? []).map((point) => point[0]).join(" ")),
}));


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
    make("li", {}, make("a", { href: `#${entry.ref}` }, tag(keyOf(entry.ref)), ` ${titled(entry.ref)}`, where(entry, text)))));
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
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input,select,textarea")) return;
  event.preventDefault();
  $("find").focus();
});
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
