// Why a clause stands to others as it does: sentences are made elsewhere, and put together and laid out here.
const ORDER = ["same", "extended", "related", "touches"];
const WITHOUT = ["touches", "not assessed", "none"];

function leavesUnder(ref) {
  return data.clauses.filter((clause) => clause.p && lies(clause.r, ref)).map((clause) => clause.r);
}

// The links of a clause, seen from its side; of a heading, those of its leaves. They stand in the order of telling.
function linksOf(ref) {
  const leaves = new Set(leavesUnder(ref));
  return data.links.filter((link) => leaves.has(link.a) || leaves.has(link.b)).map((link) => {
    const [mine, theirs] = leaves.has(link.a) ? [link.a, link.b] : [link.b, link.a];
    return { mine, theirs, link };
  });
}

const groupsOf = (ref) => data.groups.filter((group) => group.c.some((leaf) => lies(leaf, ref)));
const coreOf = (ref) => data.groups.filter((group) => group.n && [...group.c, ...group.also].some((leaf) => lies(leaf, ref)));

// What belongs together with a clause: reference and class, the closest where there are several.
function counterparts(ref) {
  const found = new Map();
  const offer = (other, kin) => { if (!found.has(other)) found.set(other, kin); };
  if (isCore(ref)) {
    for (const group of data.groups) {
      if (group.n && lies(`core:${group.n}`, ref)) for (const leaf of [...group.c, ...group.also]) offer(leaf, "core");
    }
    return found;
  }
  for (const { theirs, link } of linksOf(ref).sort((a, b) => ORDER.indexOf(a.link.k) - ORDER.indexOf(b.link.k))) {
    if (link.k !== "touches") offer(theirs, link.j ? "jointly" : link.k);
  }
  for (const group of coreOf(ref)) offer(`core:${group.n}`, "core");
  return found;
}

const list = (items) => make("ul", {}, items.map((item) => make("li", {}, item)));

function folded(words, open, ...inside) {
  return make("details", { open }, make("summary", {}, words), inside);
}

// --- sentences ---------------------------------------------------------------------------------------------------------

// A sentence: a template, and what stands in its places; of several texts, one after the other.
function sentence(number) {
  const [template, ...given] = data.said[number];
  return data.templates[template].replace(/\{(\d)\}/g, (_, place) => [given[place]].flat().map((text) => data.texts[text]).join(" "));
}

const sentences = (numbers) => numbers.map(sentence).join(" ");

// Sentences one below the other; one that counts points unfolds to them.
function told(numbers, kind = "said") {
  return numbers.map((number) => {
    const [clause, ...places] = data.counted[number] ?? [];
    if (!clause) return make("p", { class: kind }, sentence(number));
    return folded(make("span", { class: kind }, sentence(number)), false, list(places.map((place) => clauses.get(clause).p[place][0])));
  });
}

// --- the parts of an explanation ---------------------------------------------------------------------------------------

function explained({ mine, theirs, link }, open, named) {
  const head = [badge(link.k), link.j && " jointly", " ", tag(keyOf(theirs)), ` ${titled(theirs)}`, named && ` (with ${numberOf(mine)})`];
  return make("article", { "data-pair": `${link.a} ${link.b}` }, folded(head, open,
    make("p", {}, to(theirs, `Go to ${label(theirs)}`)), told(link.w), told(link.g, "kind")));
}

function withoutCounterpart(ref, kin) {
  const leaves = new Set(leavesUnder(ref));
  return data.without.filter((entry) => entry.k === kin && leaves.has(entry.r)).map((entry) => make("article", {},
    make("p", {}, badge(kin), " ", tag(data.standards[entry.o].key), ` ${sentences(entry.w)}`),
    entry.y && folded(plural(entry.y.length, "reason"), entry.y.length === 1, told(entry.y), told(entry.g, "kind"))));
}

function warnings(ref) {
  return data.friends.filter((friend) => lies(ref, friend.a) || lies(ref, friend.b)).map((friend) => {
    const [words, other] = lies(ref, friend.a) ? [friend.x, friend.b] : [friend.y, friend.a];
    return make("p", { class: "warning" }, `${sentences(words)} `, to(other, `Go to ${label(other)}`));
  });
}

function asked(ref) {
  const leaves = leavesUnder(ref);
  const count = leaves.reduce((sum, leaf) => sum + clauses.get(leaf).p.length, 0);
  const points = leaves.map((leaf) => [leaf !== ref && make("p", {}, make("b", {}, `${numberOf(leaf)} ${clauses.get(leaf).t}`)),
    list(clauses.get(leaf).p.map(([words, core, kind]) => [words, " ",
      make("span", { class: "kind" }, `(${core ? "core" : "own"}${kind ? `, ${kind}` : ""})`)]))]);
  return folded(`What it asks for, in our words: ${plural(count, "point")}`, false, points);
}

// What is said aloud, and stands below the name.
const summary = (ref) => sentences(clauses.get(ref).w);

function explainCore(ref) {
  const number = numberOf(ref);
  const here = data.groups.filter((group) => group.n && lies(`core:${group.n}`, ref));
  return here.flatMap((group) => [make("h4", {}, `${group.n} ${group.t}`),
    group.s.length ? [make("p", {}, "Shared by two standards or more:"), list(group.s.map((text) => data.texts[text]))]
      : make("p", {}, "No two of these standards share a core point here."),
    list([...group.c, ...group.also].map((leaf) => [tag(keyOf(leaf)), " ", to(leaf)])),
    make("p", {}, make("a", { href: `#row-${group.id}` }, `Row ${number === group.n ? "" : `${group.n} `}of the matrix`))]);
}

// Fill the panel for a clause.
function explain(ref, panel) {
  const name = isCore(ref) ? `Common core, ${numberOf(ref)}` : titled(ref);
  const head = make("h3", { id: "why-title", tabindex: "-1" }, tag(keyOf(ref)), " ", name);
  const parts = isCore(ref) ? explainCore(ref) : [make("p", {}, summary(ref)), warnings(ref), asked(ref),
    linksOf(ref).map((entry, place) => explained(entry, place === 0, !clauses.get(ref).p)),
    WITHOUT.map((kin) => withoutCounterpart(ref, kin)),
    make("p", {}, groupsOf(ref).map((group) => [make("a", { href: `#row-${group.id}` }, `Matrix: ${group.n || group.t}`), " "])),
    make("p", { class: "kind" }, "Link to this clause: ", make("a", { href: `#${ref}` }, `#${ref}`))];
  const close = make("button", { type: "button", class: "close" }, "Close");
  panel.replaceChildren(close, head, ...parts.flat(3));
  panel.classList.add("explains");
  panel.scrollTop = 0;
  return close;
}
