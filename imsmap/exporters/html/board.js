// The board: a row for each topic, each clause once, under its headings. A chosen one lights up what belongs with it.
const stage = document.querySelector(".board");
const MOST_NAMED = 3;

function chipOfTopic(topic) {
  return make("div", { class: "cell of-topic" }, make("button", { type: "button", class: "chip topic oc", id: `topic:${topic.id}`, "data-ref": `topic:${topic.id}`, "aria-pressed": "false", tabindex: "-1" },
    mark(topic.touches ? "touches" : topic.k), make("span", { class: "chip-words" }, topic.v && [make("b", {}, topic.v), " "], topic.t),
    make("span", { class: "vh" }, `(${data.words[topic.k]})`), make("span", { class: "mark" })));
}

const depthOf = (ref) => { let depth = 0; for (let up = above(ref); up && numberOf(up); up = above(up)) depth += 1; return Math.min(depth, 4); };

// A clause's button; its letter is filled by the closest class that any other standard has for it.
function chipOfClause(ref, { place, tag: sign }) {
  const { s, k, p, x } = clauses.get(ref);
  const foot = x && data.feet[x[0]];
  return make("button", { type: "button", class: `chip o${place} depth-${depthOf(ref)}${p ? "" : " heading"}`, "data-ref": ref, "aria-pressed": "false", tabindex: "-1" },
    make("span", { class: `tag ${k ? data.marks[k] : "heading"}`, "aria-hidden": "true" }, sign),
    make("span", { class: "chip-words" }, make("b", {}, numberOf(ref)), ` ${s}`), make("span", { class: "mark" }),
    k && make("span", { class: "vh" }, `(closest: ${k})`), foot && make("span", { class: `foot ${foot}`, title: x[0] }, foot));
}

// Clauses at home in other rows, by name where nothing else stands here and they are few.
function seeAlso(refs, alone) {
  const named = alone && refs.length <= MOST_NAMED;
  return refs.length > 0 && make("p", { class: "also" }, "see ", refs.map((ref, place) => [place ? ", " : "",
    make("a", { href: `#${ref}` }, named ? `${numberOf(ref)} ${clauses.get(ref).t}`.trim() : numberOf(ref))]));
}

function cellOf(topic, standard) {
  const mine = (found) => found.filter((ref) => keyOf(ref) === standard.key);
  const here = mine(topic.b);
  return make("div", { class: `cell in-o${standard.place}` }, here.length > 0 && list(here.map((ref) => chipOfClause(ref, standard))), seeAlso(mine(topic.also), !here.length));
}

for (const [number, title] of data.mains) {
  const rows = data.groups.filter((topic) => topic.m === number).map((topic) => make("div", { class: "row", "data-topic": topic.id },
    chipOfTopic(topic), [...standards.values()].map((standard) => cellOf(topic, standard))));
  if (rows.length) stage.append(make("div", { class: "band" }, make("h3", { class: "band-title" }, `${number} ${title}`), rows));
}

const chips = new Map([...stage.querySelectorAll(".chip")].map((chip) => [chip.dataset.ref, chip]));
let timer = 0;
let quiet = false;

function dim() {
  stage.classList.remove("live");
  for (const chip of stage.querySelectorAll(".lit,.chosen")) {
    chip.classList.remove("lit", "chosen");
    chip.setAttribute("aria-pressed", "false");
    chip.querySelector(".mark").textContent = "";
  }
}

function light(ref) {
  dim();
  stage.classList.add("live");
  const mine = chips.get(ref);
  if (mine) {
    mine.classList.add("chosen");
    mine.setAttribute("aria-pressed", "true");
  }
  for (const [other, kin] of counterparts(ref)) {
    const chip = chips.get(other);
    if (!chip || chip === mine) continue;
    chip.classList.add("lit");
    if (kin) chip.querySelector(".mark").replaceChildren(make("span", { class: "vh" }, "belongs with it: "), kin);
  }
}

function rove(chip) {
  for (const other of stage.querySelectorAll('.chip[tabindex="0"]')) other.tabIndex = -1;
  chip.tabIndex = 0;
}

const shownChips = (column) => [...stage.querySelectorAll(`.band .row > :nth-child(${column + 1}) .chip`)].filter((chip) => chip.offsetParent);

function neighbour(chip, key) {
  const column = [...chip.closest(".row").children].indexOf(chip.closest(".cell"));
  const mine = shownChips(column);
  const place = mine.indexOf(chip);
  if (key === "ArrowDown") return mine[place + 1];
  if (key === "ArrowUp") return mine[place - 1];
  if (key === "Home") return mine[0];
  if (key === "End") return mine.at(-1);
  const next = shownChips(column + (key === "ArrowRight" ? 1 : -1));
  if (!next.length || column + (key === "ArrowRight" ? 1 : -1) < 0) return undefined;
  // A counterpart first; else what stands nearest.
  const lit = next.find((other) => other.classList.contains("lit"));
  const middle = chip.getBoundingClientRect().top;
  const away = (other) => Math.abs(other.getBoundingClientRect().top - middle);
  return lit ?? next.reduce((best, other) => (away(other) < away(best) ? other : best));
}

const chipOf = (event) => event.target.closest?.(".chip");
const again = () => (here.choice ? light(here.choice) : dim());

stage.addEventListener("pointerover", (event) => {
  const chip = chipOf(event);
  if (!chip || event.pointerType === "touch") return;
  clearTimeout(timer);
  timer = setTimeout(() => light(chip.dataset.ref), 60);
});
stage.addEventListener("pointerleave", () => {
  clearTimeout(timer);
  again();
});
stage.addEventListener("focusin", (event) => {
  const chip = chipOf(event);
  if (!chip || quiet) return;
  rove(chip);
  light(chip.dataset.ref);
  say(topicOf(chip.dataset.ref) ? label(chip.dataset.ref) : `${label(chip.dataset.ref)}: ${summary(chip.dataset.ref)}`);
});
stage.addEventListener("click", (event) => {
  const chip = chipOf(event);
  if (!chip) return;
  clearTimeout(timer);
  go({ choice: chip.dataset.ref });
  rove(chip);
  // Enter and Space come with no pointer: lead to the explanation.
  if (event.detail === 0 || !wide.matches) $("why-title").focus({ preventScroll: true });
});
stage.addEventListener("keydown", (event) => {
  const chip = chipOf(event);
  if (!chip || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") {
    leave();
  } else if (["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
    event.preventDefault();
    neighbour(chip, event.key)?.focus();
  }
});
(chips.get(`topic:${data.groups[0]?.id}`) ?? { }).tabIndex = 0;
