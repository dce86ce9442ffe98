// Elements from values. Whatever comes from the data becomes text, never markup.
const $ = (id) => document.getElementById(id);

function make(tag, given, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given || {})) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

// The values as they come: lists in the order in which data.py wrote them, everything that is told twice as its number.
const data = JSON.parse($("data").textContent);
const KINS = Object.keys(data.marks);
const text = (number) => data.texts[number];

function pointOf(given) {
  const [words, core, kind] = [given].flat();
  return [text(words), Boolean(core), data.kinds[kind ?? 0]];
}

data.clauses = data.clauses.flatMap((given, place) => given.map(([number, title, closest, w, points, more]) => (
  { ...more, r: `${data.standards[place].key}:${number}`, s: text(title), t: text(more?.t ?? title), k: KINS[closest], w, p: points ? points.map(pointOf) : undefined })));
const refs = (numbers) => numbers.map((number) => data.clauses[number].r);
for (const topic of data.groups) for (const name of ["c", "b", "also"]) topic[name] = refs(topic[name]);
data.links = data.links.map(([a, b, kin, w, g, j]) => ({ a: data.clauses[a].r, b: data.clauses[b].r, k: KINS[kin], w, g, j: Boolean(j) }));
data.friends = data.friends.map(([a, b, x, y]) => ({ a: data.clauses[a].r, b: data.clauses[b].r, x, y }));
data.without = data.without.map(([r, o, kin, w, y, g]) => ({ r: data.clauses[r].r, o, k: KINS[kin], w: [w], y, g }));

const standards = new Map(data.standards.map((standard, place) => [standard.key, { ...standard, place }]));
// What is held at clause level lists no points: it stands in no count of them.
const pointwise = data.standards.filter((standard) => !standard.loose);
const pointsCount = pointwise.length > 1 || pointwise.length === data.standards.length;
const clauses = new Map(data.clauses.map((clause) => [clause.r, clause]));

const keyOf = (ref) => ref.split(":", 1)[0];
const numberOf = (ref) => ref.slice(ref.indexOf(":") + 1);
const topics = new Map(data.groups.map((topic) => [topic.id, topic]));
const topicOf = (ref) => (ref?.startsWith("topic:") && !standards.has("topic") ? topics.get(ref.slice(6)) : undefined);

// The name of a clause, point or whole standard, as everywhere: "ISO 9001:2015, 8.4.1"; of a topic its own.
function label(ref) {
  const topic = topicOf(ref);
  if (topic) return `${topic.v} ${topic.t}`.trim();
  const [clause, point] = ref.split("#");
  const name = standards.get(keyOf(ref))?.name ?? keyOf(ref);
  const number = numberOf(clause);
  return name + (number ? `, ${number}` : "") + (point ? `, point ${point}` : "");
}

function titled(ref) {
  return `${label(ref)} ${clauses.get(ref)?.t ?? ""}`.trim();
}

const editionOf = (key) => standards.get(key).name;

function tag(key) {
  const standard = standards.get(key);
  return make("span", { class: `tag core o${standard.place}`, "aria-hidden": "true" }, standard.tag);
}

const mark = (kind) => make("i", { class: `m ${kind}`, "aria-hidden": "true" });
const badge = (kin) => make("span", { class: "kin" }, mark(data.marks[kin]), kin);

const to = (ref, words) => make("a", { href: `#${ref}` }, words ?? titled(ref));

const plural = (count, one, many) => `${count} ${count === 1 ? one : many ?? `${one}s`}`;
const say = (words) => { $("said").textContent = words; };

// The heading above a clause: the dots of its number tell, else the clause itself; none above a main clause.
function above(ref) {
  const told = clauses.get(ref)?.u;
  if (told !== undefined) return told;
  const cut = ref.lastIndexOf(".");
  return cut > ref.indexOf(":") ? ref.slice(0, cut) : "";
}

// "8.4" holds "8.4" and "8.4.1", not "8.40"; "" is the whole standard.
function lies(ref, other) {
  if (keyOf(ref) !== keyOf(other)) return false;
  if (numberOf(other) === "") return true;
  for (let at = ref; at; at = above(at)) if (at === other) return true;
  return false;
}
