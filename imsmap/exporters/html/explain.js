// Why a clause stands to others as it does.
const ORDER = ["same", "extended", "related", "not assessed", "none"];

function leavesUnder(ref) {
  return data.clauses.filter((clause) => clause.p && lies(clause.r, ref)).map((clause) => clause.r);
}

// The links of a clause, seen from its side; of a heading, those of its leaves.
function linksOf(ref) {
  const leaves = new Set(leavesUnder(ref));
  const found = [];
  for (const link of data.links) {
    if (leaves.has(link.a)) found.push({ mine: link.a, theirs: link.b, adds: link.x, theyAdd: link.y, link, forward: true });
    else if (leaves.has(link.b)) {
      found.push({ mine: link.b, theirs: link.a, adds: link.y, theyAdd: link.x, link, forward: false });
    }
  }
  const place = (key) => standards.get(key)?.place ?? 0;
  const rank = (entry) => ORDER.indexOf(entry.link.k) + (entry.link.j ? 0.5 : 0);
  return found.sort((one, other) =>
    place(keyOf(one.theirs)) - place(keyOf(other.theirs)) || rank(one) - rank(other)
      || (other.link.s?.length ?? 0) - (one.link.s?.length ?? 0));
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
    offer(theirs, link.j ? "jointly" : link.k);
  }
  for (const group of coreOf(ref)) offer(`core:${group.n}`, "core");
  return found;
}

const points = (ref, slugs) => slugs.map((slug) => (clauses.get(ref)?.p ?? []).find((point) => point[0] === slug)?.[1] ?? slug);
const list = (items) => make("ul", {}, items.map((item) => make("li", {}, item)));

function folded(words, open, ...inside) {
  return make("details", { open }, make("summary", {}, words), inside);
}

function possible(entry, words) {
  const ok = entry.link.ok;
  const [a, b] = entry.forward ? [entry.mine, entry.theirs] : [entry.theirs, entry.mine];
  const said = ok.map((name) => `${(data.words[name] ?? name).replaceAll("{a}", label(a)).replaceAll("{b}", label(b))} (${name})`);
  if (ok.length === 0) return "What is stated about them contradicts itself.";
  if (ok.length === 1) return `Proved: ${said[0]}.`;
  if (ok.length === 4 && !ok.includes("no-relationship")) {
    return "They overlap; how far is not settled: neither sameness nor that one contains the other is ruled out.";
  }
  return `Not settled, one of these holds: ${said.join("; or ")}.`;
}

function together(refs) {
  const [first, ...rest] = refs;
  return [label(first), ...rest.map((ref) => label(ref).split(", ").slice(1).join(", "))].join("; ");
}

function stated(relation) {
  const strength = relation.n === undefined ? "" : `strength ${relation.n} of 10, `;
  return make("div", { class: "stated" },
    make("p", {}, relation.why),
    make("small", {}, `${together(relation.a)} `, make("em", {}, relation.p.join(" or ")), ` ${together(relation.b)}; `,
      `${relation.basis}, ${strength}confidence ${relation.c} of 1, by ${relation.by}.`,
      relation.suspect && make("b", {}, " SUSPECT: nobody has affirmed it since a side changed.")),
    relation.from && folded(plural(relation.from.length, "premise"), false, list(relation.from)));
}

function sources(relations) {
  const found = new Set(relations.map((relation) => data.sources[relation.src]));
  return found.size > 0 && make("p", { class: "kind" }, `Source: ${[...found].join(" ")}`);
}

// The relations that reach from one clause to the other, the strongest first; "none" only where asked for.
function relationsBetween(one, other, none) {
  const reach = (relation, a, b) => relation.a.some((ref) => touches(a, ref)) && relation.b.some((ref) => touches(b, ref));
  return data.relations
    .filter((relation) => (relation.p.length === 1 && relation.p[0] === "no-relationship") === none)
    .filter((relation) => reach(relation, one, other) || reach(relation, other, one))
    .sort((a, b) => (b.n ?? 0) - (a.n ?? 0));
}

function adds(ref, slugs) {
  if (!slugs?.length) return make("p", {}, `${label(ref)} asks for nothing beyond that.`);
  return folded(`${label(ref)} asks for ${plural(slugs.length, "point")} without a counterpart there`, false, list(points(ref, slugs)));
}

function explained(entry, open, named) {
  const { mine, theirs, link } = entry;
  const shared = link.s ?? [];
  const relations = relationsBetween(mine, theirs, false);
  return make("article", {}, folded([badge(link.k), link.j && " jointly", " ", tag(keyOf(theirs)), ` ${titled(theirs)}`,
    named && ` (with ${numberOf(mine)})`], open,
  make("p", {}, to(theirs, `Go to ${label(theirs)}`)),
  link.j && make("p", {}, "Tied only jointly: a person related a union that includes them; what holds of the union need not hold of each member."),
  make("p", {}, possible(entry)),
  shared.length > 0 && [make("p", {}, make("b", {}, `Both hold ${plural(shared.length, "core point")}`)),
    list(shared.map((core) => data.core[core] ?? core))],
  relations.length > 0 && make("p", {}, make("b", {}, plural(relations.length, "relation")), ", the strongest first"),
  relations.map(stated),
  adds(mine, entry.adds), adds(theirs, entry.theyAdd),
  make("p", { class: "kind" }, `Basis: ${link.basis.join(" and ")}. `,
    link.c === null ? "" : `Confidence ${link.c} of 1: that of the weakest premise which the answer needs.`),
  sources(relations)));
}

// Why a leaf clause has none in another standard; what is said of all its own standard only where nothing closer is.
function reasonsFor(leaf, key) {
  const all = relationsBetween(leaf, `${key}:`, true);
  const close = all.filter((relation) => [...relation.a, ...relation.b].some((ref) => numberOf(ref) !== "" && touches(leaf, ref)));
  return close.length ? close : all;
}

function withoutCounterpart(ref, pairs, words, kin) {
  const leaves = new Set(leavesUnder(ref));
  const found = pairs.filter(([leaf]) => leaves.has(leaf));
  return found.map(([leaf, key]) => {
    const reasons = kin === "none" ? reasonsFor(leaf, key) : [];
    return make("article", {}, make("p", {}, badge(kin), " ", tag(key), ` ${label(leaf)} ${words} ${standards.get(key).name}.`),
      reasons.length > 0 && folded(plural(reasons.length, "reason"), reasons.length === 1, reasons.map(stated), sources(reasons)));
  });
}

function warnings(ref) {
  return data.friends.filter((friend) => lies(ref, friend.a) || lies(ref, friend.b)).map((friend) => {
    const other = lies(ref, friend.a) ? friend.b : friend.a;
    return make("p", { class: "warning" }, `${data.warning} False friend: the number ${friend.n} is another duty in `, to(other),
      friend.note ? `. ${friend.note}` : ".");
  });
}

function asked(ref) {
  const leaves = leavesUnder(ref);
  const count = leaves.reduce((sum, leaf) => sum + clauses.get(leaf).p.length, 0);
  const told = leaves.map((leaf) => [leaf !== ref && make("p", {}, make("b", {}, `${numberOf(leaf)} ${clauses.get(leaf).t}`)),
    list(clauses.get(leaf).p.map(([, words, core, kind]) => [words, " ",
      make("span", { class: "kind" }, `(${core ? "core" : "own"}${kind ? `, ${kind}` : ""})`)]))]);
  return folded(`What it asks for, in our words: ${plural(count, "point")}`, false, told);
}

// The sentence that is said aloud, and stands below the name.
function summary(ref) {
  const links = linksOf(ref);
  return [...standards.values()].filter((standard) => standard.key !== keyOf(ref)).map((standard) => {
    const count = new Set(links.filter((entry) => keyOf(entry.theirs) === standard.key).map((entry) => entry.theirs)).size;
    return `${plural(count, "counterpart")} in ${standard.name}`;
  }).join("; ");
}

function explainCore(ref) {
  const number = numberOf(ref);
  const here = data.groups.filter((group) => group.n && lies(`core:${group.n}`, ref));
  return here.flatMap((group) => [make("h4", {}, `${group.n} ${group.t}`),
    group.s.length ? [make("p", {}, "Shared by two standards or more:"), list(group.s.map((core) => data.core[core] ?? core))]
      : make("p", {}, "No two of these standards share a core point here."),
    list([...group.c, ...group.also].map((leaf) => [tag(keyOf(leaf)), " ", to(leaf)])),
    make("p", {}, make("a", { href: `#row-${group.id}` }, `Row ${number === group.n ? "" : `${group.n} `}of the matrix`))]);
}

// Fill the panel for a clause.
function explain(ref, panel) {
  const name = isCore(ref) ? `Common core, ${numberOf(ref)}` : titled(ref);
  const head = make("h3", { id: "why-title", tabindex: "-1" }, tag(keyOf(ref)), " ", name);
  let parts;
  if (isCore(ref)) parts = explainCore(ref);
  else {
    const links = linksOf(ref);
    const heading = !clauses.get(ref).p;
    parts = [make("p", {}, `${heading ? "Heading, told with its leaf clauses. " : ""}${summary(ref)}.`), warnings(ref), asked(ref),
      links.map((entry, place) => explained(entry, place === 0, heading)),
      withoutCounterpart(ref, data.open, "is not assessed against", "not assessed"),
      withoutCounterpart(ref, data.none, "has no counterpart in", "none"),
      make("p", {}, groupsOf(ref).map((group) => [make("a", { href: `#row-${group.id}` }, `Matrix: ${group.n || group.t}`), " "])),
      make("p", { class: "kind" }, "Link to this clause: ", make("a", { href: `#${ref}` }, `#${ref}`))];
  }
  const close = make("button", { type: "button", class: "close" }, "Close");
  panel.replaceChildren(close, head, ...parts.flat(3));
  panel.classList.add("explains");
  panel.scrollTop = 0;
  return close;
}
