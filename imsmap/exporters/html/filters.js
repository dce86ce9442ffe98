// Filters: class, standard and words narrow the topics, in the tiles, on the board and in the matrix alike.
const bar = $("filters");
const simple = (words) => words.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
// What titles call that which somebody types by its usual name: "supplier" is an external provider there.
const meant = (word) => Object.entries(data.usual).filter(([usual]) => word.startsWith(usual)).flatMap(([, titles]) => titles);
const texts = new Map();
const counted = document.querySelector("#shown");

function textOf(topic) {
  // What the row shows, unfolded or not.
  if (!texts.has(topic.id)) texts.set(topic.id, simple([row(topic), ...detail(topic).flat(3).filter(Boolean)].map((node) => node.textContent).join(" ").replaceAll(/\s+/g, " ")));
  return texts.get(topic.id);
}

function fits(topic, state) {
  const words = simple(state.words).split(/\s+/).filter(Boolean);
  return (!state.class || topic.k === state.class)
    && (!state.of || topic.o.includes(standards.get(state.of).place))
    && words.every((word) => [word, ...meant(word)].some((said) => textOf(topic).includes(said)));
}

const shownTopics = () => data.groups.filter((topic) => fits(topic, here));

function filter() {
  const shown = new Set(shownTopics().map((topic) => topic.id));
  for (const [id, tile] of tiles) tile.disabled = !shown.has(id);
  for (const one of document.querySelectorAll(".matrix tr[data-topic],.board .row[data-topic]")) {
    one.hidden = !shown.has(one.dataset.topic);
  }
  for (const body of document.querySelectorAll(".matrix tbody,.board .band")) {
    body.hidden = !body.querySelector("[data-topic]:not([hidden])");
  }
  for (const button of bar.querySelectorAll("[data-name]")) {
    button.setAttribute("aria-pressed", String(here[button.dataset.name] === button.dataset.value));
  }
  if (document.activeElement !== $("words")) $("words").value = here.words;
  const all = make("button", { type: "button", class: "plain" }, "Show all");
  all.addEventListener("click", () => go({ class: "", of: "", words: "" }));
  const some = here.class || here.of || here.words;
  counted.replaceChildren(...(!some ? []
    : shown.size ? [`${shown.size} of ${data.groups.length} topics. `, all] : ["Nothing found: no topic fits. ", all]));
}

bar.addEventListener("click", (event) => {
  const button = event.target.closest("[data-name]");
  if (!button) return;
  const { name, value } = button.dataset;
  go({ [name]: here[name] === value ? "" : value });
});
$("unfold").addEventListener("click", () => {
  const unfolded = $("unfold").getAttribute("aria-pressed") !== "true";
  $("unfold").setAttribute("aria-pressed", String(unfolded));
  for (const detail of document.querySelectorAll(".matrix details")) detail.open = unfolded;
});
$("words").addEventListener("input", () => go({ words: $("words").value.trim() }, "replaceState"));
