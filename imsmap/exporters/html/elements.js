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

const data = JSON.parse($("data").textContent);
const standards = new Map(data.standards.map((standard, place) => [standard.key, { ...standard, place }]));
const clauses = new Map(data.clauses.map((clause) => [clause.r, clause]));

const keyOf = (ref) => ref.split(":", 1)[0];
const numberOf = (ref) => ref.slice(ref.indexOf(":") + 1);
const isCore = (ref) => keyOf(ref) === "core" && !standards.has("core");

// The name of a clause, point or whole standard, as everywhere: "ISO 9001:2015, 8.4.1".
function label(ref) {
  const [clause, point] = ref.split("#");
  const name = isCore(ref) ? "Common core" : standards.get(keyOf(ref))?.name ?? keyOf(ref);
  const number = numberOf(clause);
  return name + (number ? `, ${number}` : "") + (point ? `, point ${point}` : "");
}

function titled(ref) {
  return `${label(ref)} ${clauses.get(ref)?.t ?? ""}`.trim();
}

function tag(key) {
  const standard = standards.get(key);
  return standard
    ? make("span", { class: `tag side-${standard.place}`, "aria-hidden": "true" }, standard.tag)
    : make("span", { class: "tag core", "aria-hidden": "true" }, "·");
}

function badge(kin) {
  return make("span", { class: `kin ${kin.replace(" ", "-")}` }, `${data.glyphs[kin]} ${kin}`);
}

const to = (ref, words) => make("a", { href: `#${ref}`, class: "to" }, words ?? titled(ref));
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
