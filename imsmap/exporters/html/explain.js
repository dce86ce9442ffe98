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

const topicsOf = (ref) => data.groups.filter((topic) => topic.c.some((leaf) => lies(leaf, ref)));

// What belongs together with a clause or is in a topic: reference and class, the closest where there are several.
function counterparts(ref) {
  const found = new Map();
  const offer = (other, kin) => { if (!found.has(other)) found.set(other, kin); };
  const topic = topicOf(ref);
  if (topic) {
    for (const leaf of topic.c) offer(leaf, data.words[topic.k]);
    for (const leaf of topic.also) offer(leaf, "see also");
    return found;
  }
  for (const { theirs, link } of linksOf(ref).sort((a, b) => ORDER.indexOf(a.link.k) - ORDER.indexOf(b.link.k))) {
    if (link.k !== "touches") offer(theirs, link.k);
  }
  for (const topic of topicsOf(ref)) offer(`topic:${topic.id}`, "");
  return found;
}

const list = (items) => make("ul", {}, items.map((item) => make("li", {}, item)));

function folded(words, open, ...inside) {
  return make("details", { open }, make("summary", {}, words), inside);
}

// --- sentences ---------------------------------------------------------------------------------------------------------

// A sentence: a template, and what stands in its places, words or another sentence; of several, one after the other.
const part = (number) => (number < 0 ? sentence(-1 - number) : text(number));
function sentence(number) {
  const [template, ...given] = data.said[number];
  return data.templates[template].replace(/\{(\d)\}/g, (_, place) => [given[place]].flat().map(part).join(" "));
}

const sentences = (numbers) => numbers.map(sentence).join(" ");

// Sentences one below the other; one that counts points unfolds to them.
function told(numbers, kind = "said") {
  return numbers.map((number) => {
    const [clause, ...places] = data.counted[number] ?? [];
    if (clause === undefined) return make("p", { class: kind }, sentence(number));
    return folded(make("span", { class: kind }, sentence(number)), false, list(places.map((place) => data.clauses[clause].p[place][0])));
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
    return make("p", { class: "warning" }, make("i", { class: "trap", "aria-hidden": "true" }), ` ${sentences(words)} `, to(other, `Go to ${label(other)}`));
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

// How a clause stands in the client's project: status, who answers for it, what is being done.
function standing(ref, named) {
  const known = clauses.get(ref)?.x;
  if (!known) return null;
  const [status, owners, actions] = known;
  const foot = data.feet[status];
  const line = make("p", { class: foot ? "" : "kind" }, foot && [make("span", { class: `foot ${foot}`, "aria-hidden": "true" }, foot), " "], named && make("b", {}, `${numberOf(ref)} `), status, owners && `, ${owners}`);
  return [line, actions.length > 0 && list(actions.map(([text, owner, due, late]) => [text, owner && ` (${owner})`, due && ", due ",
    due && make(late ? "strong" : "span", { class: late ? "late" : "" }, due, late && ", late")]))];
}

// Fill the panel for a clause.
function explainClause(ref) {
  const leaves = leavesUnder(ref);
  const known = leaves.filter((leaf) => clauses.get(leaf).x);
  return [make("p", { class: "kind" }, tag(keyOf(ref)), ` ${label(ref)}`),
    make("h2", { id: "why-title", tabindex: "-1" }, clauses.get(ref).t || numberOf(ref)),
    make("p", {}, summary(ref)), warnings(ref),
    known.length > 0 && make("div", { class: "pair" }, make("h3", {}, "In this project"), known.map((leaf) => standing(leaf, leaf !== ref))),
    asked(ref),
    linksOf(ref).map((entry, place) => explained(entry, place === 0, !clauses.get(ref).p)),
    WITHOUT.map((kin) => withoutCounterpart(ref, kin)),
    make("p", { class: "acts" }, make("button", { type: "button", class: "link", "data-choice": ref }, "Copy link")),
    make("p", {}, topicsOf(ref).map((topic) => [make("a", { href: `#topic:${topic.id}` }, `Topic: ${`${topic.v} ${topic.t}`.trim()}`), " "]))];
}
