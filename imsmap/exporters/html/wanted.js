// What is new for who has some standards and wants another: of several at hand, the one that gives most counts.
const BEST = ["c", "p", "?", "t", "n"];
const SHOWN = ["n", "p", "?", "t", "c"];

// Who has what and wants what, as the address says; else the first has to be enough for the second.
function wish() {
  const keys = pointwise.map((standard) => standard.key);
  const have = here.have ? here.have.split(" ").filter((key) => keys.includes(key)) : [];
  const want = keys.find((key) => key === here.want) || keys.find((key) => !(have.length ? have : [keys[0]]).includes(key)) || keys[0];
  const had = have.filter((key) => key !== want);
  return { want, have: had.length ? had : [keys.find((key) => key !== want)] };
}

function stateOf(clause, place, have) {
  return have.map((key) => clause.g[standards.get(key).place][place]).reduce((one, other) => (BEST.indexOf(other) < BEST.indexOf(one) ? other : one));
}

function pointsWanted() {
  const { have, want } = wish();
  return data.clauses.filter((clause) => clause.p && keyOf(clause.r) === want)
    .flatMap((clause) => clause.p.map((point, place) => ({ clause, point, state: stateOf(clause, place, have) })));
}

function chooser() {
  const { have, want } = wish();
  const two = pointwise.length === 2;
  if (two) {
    const turn = make("button", { type: "button" }, `I have ${editionOf(want)}, I want ${editionOf(have[0])}`);
    turn.addEventListener("click", () => go({ have: want, want: have[0], state: "" }));
    return [make("p", { class: "wish" }, "I have ", make("b", {}, editionOf(have[0])), ", I want ", make("b", {}, editionOf(want))), turn];
  }
  const buttons = pointwise.filter(({ key }) => key !== want).map(({ key }) => {
    const button = make("button", { type: "button", "aria-pressed": String(have.includes(key)), title: standards.get(key).name }, standards.get(key).tag);
    button.addEventListener("click", () => {
      const next = have.includes(key) ? have.filter((one) => one !== key) : [...have, key];
      if (next.length) go({ have: next.join(" "), want });
    });
    return button;
  });
  const select = make("select", {}, pointwise.map(({ key, name }) => make("option", { value: key, selected: key === want }, name)));
  select.addEventListener("change", () => go({ have: have.join(" "), want: select.value, state: "" }));
  return [make("span", {}, "I have"), make("div", { class: "set", role: "group", "aria-label": "What is there" }, buttons),
    make("label", {}, "I want ", select)];
}

const countOf = (points, state) => points.filter((point) => point.state === state).length;

// What is new first; where nothing is, the next that asks for work.
const shownState = (points) => here.state || SHOWN.find((state) => countOf(points, state)) || "all";

function bars(points, most) {
  const parts = SHOWN.filter((state) => countOf(points, state)).map((state) => {
    const part = make("span", { class: `part-${data.states[state].replaceAll(" ", "-")}` });
    part.style.flexGrow = countOf(points, state);
    return part;
  });
  const whole = make("span", { class: `gap-bar o${standards.get(wish().want).place}`, "aria-hidden": "true" }, parts);
  whole.style.width = `${(points.length / most) * 100}%`;
  return whole;
}

function pointLine({ point, state }) {
  const kind = { n: "alone", p: "related", t: "touches", "?": "unknown", c: "core" }[state];
  return make("li", {}, mark(kind), make("span", { class: "state" }, data.states[state]), ` ${point[0]}`, point[2] && make("span", { class: "kind" }, ` (${point[2]})`));
}

function startFrom(ref, have) {
  const ends = linksOf(ref).filter(({ theirs, link }) => have.includes(keyOf(theirs)) && link.k !== "touches").map(({ theirs }) => theirs);
  return [...new Set(ends)];
}

function clauseLine(ref, points, have) {
  const starts = startFrom(ref, have);
  const told = SHOWN.filter((state) => countOf(points, state)).map((state) => `${countOf(points, state)} ${data.states[state]}`);
  const detail = folded([make("b", {}, numberOf(ref)), ` ${clauses.get(ref).t} `, make("span", { class: "kind" }, told.join(", "))], false,
    starts.length > 0 && make("p", {}, "Start from: ", starts.map((other, place) => [place ? ", " : "", to(other, label(other))])),
    make("ul", { class: "points" }, points.map(pointLine)), make("p", {}, to(ref, `${label(ref)} side by side`)));
  detail.dataset.ref = ref;
  return detail;
}

function wants() {
  if (!pointsCount) {
    const loose = data.standards.filter((standard) => standard.loose).map(({ name }) => name).join(" and ");
    $("new-said").replaceChildren(`This is counted in points, and what ${loose} asks for is held at clause level: it is not listed point by point.`);
    return;
  }
  const { have, want } = wish();
  const every = pointsWanted();
  const names = have.map((key) => standards.get(key).name).join(" and ");
  const fresh = countOf(every, "n");
  $("wanting").replaceChildren(...chooser());
  $("new-said").replaceChildren(make("b", {}, `${fresh} of ${every.length} points`), ` of ${standards.get(want).name} are new to those who have ${names}`,
    ...SHOWN.slice(1).filter((state) => countOf(every, state)).map((state) => `, ${countOf(every, state)} ${{ p: "are partly there", "?": "were not looked at",
      t: "only touch something there", c: "have a counterpart" }[state]}`), ".");
  const shown = shownState(every);
  const choices = [["all", `All ${every.length}`], ...SHOWN.filter((state) => countOf(every, state)).map((state) => [state, `${data.states[state]} ${countOf(every, state)}`])];
  $("new-states").replaceChildren(...choices.map(([state, words]) => {
    const button = make("button", { type: "button", "aria-pressed": String(shown === state) }, words[0].toUpperCase() + words.slice(1));
    button.addEventListener("click", () => go({ state }));
    return button;
  }));
  const mains = new Map();
  for (const point of every) {
    const main = mainOf(point.clause.r);
    mains.set(main, [...(mains.get(main) ?? []), point]);
  }
  const most = Math.max(...[...mains.values()].map((points) => points.length));
  const wanted = (points) => points.filter((point) => shown === "all" || point.state === shown);
  const lines = [...mains].map(([main, points]) => {
    const found = wanted(points);
    const refs = [...new Set(found.map((point) => point.clause.r))];
    return make("div", { class: "gap-line" }, make("h3", {}, make("b", {}, numberOf(main)), ` ${clauses.get(main)?.t ?? ""}`),
      make("div", {}, bars(points, most), refs.map((ref) => clauseLine(ref, found.filter((point) => point.clause.r === ref), have))),
      make("p", { class: "n" }, make("b", {}, found.length), `\u00a0of\u00a0${points.length}`));
  });
  const all = make("button", { type: "button", class: "plain" }, "Show all");
  all.addEventListener("click", () => go({ state: "all" }));
  const none = !wanted(every).length && make("p", { class: "count" }, "Nothing found: no point is in this state. ", all);
  $("new-rows").replaceChildren(make("p", { class: "key" }, SHOWN.filter((state) => countOf(every, state)).map((state) =>
    make("span", {}, make("i", { class: `swatch o${standards.get(want).place} part-${data.states[state].replaceAll(" ", "-")}` }), ` ${data.states[state]}`)),
  make("span", {}, "bars to one scale, in points")), ...(none ? [none] : []), ...lines);
}

function mainOf(ref) {
  let found = ref;
  for (let next = above(ref); next && numberOf(next); next = above(next)) found = next;
  return found;
}
