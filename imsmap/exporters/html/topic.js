// The panel: what is chosen, a topic or a clause, with its reasons. On a phone it is a sheet from below.
const panel = $("why");
const row = (topic) => $(`row-${topic.id}`);
const advice = (topic) => row(topic).querySelector(".advice span").textContent;
const wide = matchMedia("(min-width: 64rem)");

function linksWithin(topic) {
  const home = new Set(topic.c);
  const all = new Set([...topic.c, ...topic.also]);
  return data.links.filter((link) => (home.has(link.a) && all.has(link.b)) || (home.has(link.b) && all.has(link.a)))
    .map((link) => (home.has(link.a) ? { mine: link.a, theirs: link.b, link } : { mine: link.b, theirs: link.a, link }));
}

function figures(topic, links) {
  const common = topic.in.length;
  const told = common && topic.k === "core" ? [[common, `${common === 1 ? "point" : "points"} in common, built once`]] : [];
  for (const [place, ...added] of pointsCount ? topic.adds : []) {
    const count = added.length;
    const { key, name } = data.standards[place];
    const mine = topic.c.filter((ref) => keyOf(ref) === key).length;
    told.push([topic.k === "core" ? `+${count}` : count, `${count === 1 ? "point" : "points"} only ${name} asks for${
      mine > 1 ? `, in ${mine} clauses` : ""}`]);
  }
  if (topic.k === "related") told.push([links.length, `${links.length === 1 ? "tie" : "ties"} between clauses`]);
  return make("dl", { class: "figures-of" }, told.map(([count, words]) => make("div", {}, make("dt", {}, count), make("dd", {}, words))));
}

function members(topic, links) {
  return data.standards.filter((_, place) => [...topic.c, ...topic.also].some((ref) => standards.get(keyOf(ref)).place === place)).map((standard) => {
    const mine = topic.c.filter((ref) => keyOf(ref) === standard.key);
    const also = topic.also.filter((ref) => keyOf(ref) === standard.key);
    const ties = (ref) => links.filter(({ theirs }) => theirs === ref).length;
    return make("div", { class: "pair" }, make("p", { class: "kind" }, tag(standard.key), ` ${standard.name}`),
      mine.map((ref) => [make("p", { class: "one" }, to(ref, [make("b", {}, numberOf(ref)), ` ${clauses.get(ref).t}`])), standing(ref)]),
      also.length > 0 && make("p", { class: mine.length ? "kind" : "" }, mine.length ? "see also " : "related: ", also.map((ref, place) => [place ? ", " : "",
        to(ref, `${numberOf(ref)} ${clauses.get(ref).t}`), ties(ref) > 1 && ` (${ties(ref)} ties)`])));
  });
}

// One line, however many numbers of a topic mislead.
function misleading(numbers) {
  if (!numbers.length) return null;
  const named = [numbers.slice(0, -1).join(", "), numbers.at(-1)].filter(Boolean).join(" and ");
  return make("p", { class: "warning" }, make("i", { class: "trap", "aria-hidden": "true" }),
    ` ${named} ${numbers.length === 1 ? "is another duty" : "are other duties"} in another standard. `,
    make("a", { href: "#friends" }, "Misleading numbers"));
}

function explainTopic(topic) {
  const links = linksWithin(topic);
  const whose = topic.o.map((place) => tag(data.standards[place].key));
  const kind = topic.touches ? "alone, only touches" : data.words[topic.k];
  return [make("p", { class: "kind" }, whose, " ", mark(topic.touches ? "touches" : topic.k), ` ${topic.v ? `${topic.v}, ` : ""}${kind}`),
    make("h2", { id: "why-title", tabindex: "-1" }, topic.t),
    figures(topic, links),
    misleading(topic.f ?? []),
    members(topic, links),
    make("p", { class: "pair" }, make("b", {}, "What to do: "), advice(topic)),
    make("p", { class: "acts" }, make("a", { class: "button", href: `#topic:${topic.id}?view=clauses` }, "Side by side"),
      make("a", { class: "button", href: `#row-${topic.id}` }, "Matrix"), make("button", { type: "button", class: "link", "data-choice": `topic:${topic.id}` }, "Copy link")),
    topic.in.length > 0 && folded(`In common: ${topic.in.length}`, false, inCommon(topic)),
    topic.adds.map(([place, ...added]) => folded([tag(data.standards[place].key), addsOf(place, pointsCount && added.length)], false, list(added.map(text)))),
    links.length > 0 && folded(`Reasons: ${plural(links.length, "pair")} of clauses`, false,
      links.map((entry) => explained(entry, false, true)))];
}

// Fill the panel; `lightly` where nobody chose: on a phone nothing opens then.
function explain(ref, lightly) {
  const topic = topicOf(ref);
  const close = make("button", { type: "button", class: "close", "aria-label": "Close" }, "Close");
  panel.replaceChildren(close, ...[topic ? explainTopic(topic) : explainClause(ref)].flat(4).filter(Boolean));
  panel.classList.toggle("explains", !lightly);
  panel.classList.toggle("lightly", Boolean(lightly));
  panel.scrollTop = 0;
}

const empty = [...panel.childNodes];
function unexplained() {
  panel.classList.remove("explains", "lightly");
  panel.replaceChildren(...empty);
}

panel.addEventListener("click", (event) => {
  if (event.target.closest(".close")) leave();
  if (event.target.closest(".link")) copyLink(event.target.closest(".link"));
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave();
});

// Give up what is chosen, and go back to where it was chosen.
function leave() {
  const from = here.choice;
  go({ choice: null });
  const topic = topicOf(from);
  const place = here.view === "clauses" ? chips.get(from) : topic && tiles.get(topic.id);
  if (place) {
    quiet = true;
    place.focus({ preventScroll: true });
    quiet = false;
  }
}

// --- the tiles -----------------------------------------------------------------------------------------------------------

const tiles = new Map([...document.querySelectorAll("#heat .t")].map((tile) => [tile.dataset.topic, tile]));

// What a tile is about stands above all of them as soon as it is pointed at.
const heading = $("named").textContent;
for (const kind of ["pointerover", "focusin"]) {
  $("heat").addEventListener(kind, (event) => {
    const tile = event.target.closest(".t:not(:disabled)");
    const topic = tile && topics.get(tile.dataset.topic);
    $("named").textContent = topic ? `${topic.v} ${topic.t}: ${topic.touches ? "alone, only touches" : data.words[topic.k]}`.trim() : heading;
    $("named").classList.toggle("told", Boolean(topic));
  });
}
for (const kind of ["pointerleave", "focusout"]) {
  $("heat").addEventListener(kind, () => {
    $("named").textContent = heading;
    $("named").classList.remove("told");
  });
}

$("heat").addEventListener("click", (event) => {
  const tile = event.target.closest(".t");
  if (!tile) return;
  go({ choice: `topic:${tile.dataset.topic}` });
  // Enter and Space come with no pointer: lead to the explanation.
  if (event.detail === 0 || !wide.matches) $("why-title").focus({ preventScroll: true });
});
$("heat").addEventListener("keydown", (event) => {
  const tile = event.target.closest(".t");
  if (!tile) return;
  const open = [...tiles.values()].filter((one) => !one.disabled);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape" && here.choice) leave();
  else if (step) open[open.indexOf(tile) + step]?.focus();
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const box = tile.getBoundingClientRect();
    const down = event.key === "ArrowDown" ? 1 : -1;
    const far = (one) => {
      const other = one.getBoundingClientRect();
      return (other.top - box.top) * down > 4 ? Math.abs(other.top - box.top) * 100 + Math.abs(other.left - box.left) : Infinity;
    };
    const next = open.reduce((best, one) => (far(one) < far(best) ? one : best), tile);
    if (far(next) < Infinity) next.focus();
  } else return;
  event.preventDefault();
});
