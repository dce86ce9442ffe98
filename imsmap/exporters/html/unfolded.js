// What unfolds in tables and in the panel: made from the values once it is wanted, so that none of it is stored twice.
const letter = (place) => make("span", { class: `tag core o${place}`, title: data.standards[place].name }, data.standards[place].tag);
const inCommon = (topic) => make("ul", { class: "common" }, topic.in.map((given) => {
  const [number, ...by] = [given].flat();
  return make("li", {}, by.map((place) => [letter(place), " "]), text(number));
}));
const addsOf = (place, count) => ` ${data.standards[place].name} adds${count ? ` ${count}` : ""}`;

// The part of a topic's row that unfolds to what there is to do.
const unfolds = (line) => line.querySelector(".advice").parentNode;

// What a topic's row tells beside its clauses: what is in common, and what each standard adds.
function detail(topic) {
  const loose = data.standards.filter(({ key, loose }) => loose && topic.c.some((ref) => keyOf(ref) === key));
  return [topic.in.length > 0 && [make("p", {}, make("b", {}, "In common")), inCommon(topic)],
    topic.adds.map(([place, ...added]) => [make("p", {}, letter(place), make("b", {}, addsOf(place))), make("ul", { class: "adds" }, added.map((number) => make("li", {}, text(number))))]),
    loose.map(({ key }) => make("p", {}, letter(standards.get(key).place), make("b", {}, addsOf(standards.get(key).place)), `: ${data.unlisted}`))];
}

const named = (ref) => make("td", {}, letter(standards.get(keyOf(ref)).place), " ", to(ref));

// The clauses of a standard to which nothing in another one corresponds, by class and name.
function withoutIn(of, by) {
  return ["none", "touches", "not assessed"].map((kin) => {
    const found = data.without.filter((entry) => entry.k === kin && entry.o === by && keyOf(entry.r) === of).map(({ r }) => r);
    return found.length > 0 && folded(`${found.length} ${kin === "touches" ? "only touch" : kin}, by name`, false,
      list(found.map((ref) => to(ref, `${numberOf(ref)} ${clauses.get(ref).t}`.trim()))));
  });
}

const put = (place, children) => place.append(...children.flat(3).filter(Boolean));
const unfilled = {
  matrix() {
    for (const topic of data.groups) put(unfolds(row(topic)), detail(topic));
  },
  friends() {
    put($("friends").querySelector(".hidden tbody") ?? make("p"), data.hidden.map((number) => {
      const { a, b, k, j } = data.links[number];
      return make("tr", {}, named(a), make("td", {}, badge(k), j && " jointly"), named(b));
    }));
  },
  method() {
    for (const cell of $("method").querySelectorAll("[data-of]")) put(cell, withoutIn(cell.dataset.of, Number(cell.dataset.by)));
  },
};

// Fill a view before it is shown for the first time.
function fill(view) {
  unfilled[view]?.();
  delete unfilled[view];
}
