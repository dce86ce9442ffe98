// One view at a time; dark and light; print; the way back.
history.scrollRestoration = "manual";

function lead(state) {
  const view = $(state.view);
  fill(state.view);
  for (const one of VIEWS) $(one).classList.toggle("now", one === state.view);
  root.dataset.view = state.view;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${state.view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  $("views").value = state.view;
  // The filters and what is chosen belong to several views, and stand in the one that is shown.
  const place = view.querySelector(".bar-place");
  if (place && bar.parentNode !== place) place.append(bar, counted);
  const columns = view.querySelector(".cols");
  if (columns && panel.parentNode !== columns) columns.append(panel);
}

let before = { ...NOWHERE };

// Show a state: the view, its filters, what is chosen.
function arrive(state, change = state) {
  before = here;
  here = state;
  if (here.choice && !$(here.view).querySelector(".cols")) here.choice = null;
  lead(here);
  // A link to what a filter hides shows it all the same; who filters afterwards knows what is chosen.
  const led = change === state ? history.state === null : change.choice || change.at;
  const topic = led && here.choice && (topicOf(here.choice) ?? topicsOf(here.choice)[0]);
  const named = led && here.at.startsWith("row-") && topics.get(here.at.slice(4));
  if ([topic, named].some((one) => one && !fits(one, here))) Object.assign(here, { class: "", of: "", words: "" });
  filter();
  if (here.view === "new") wants();
  moves();
  $("command").textContent = command();
  show(here.choice);
  $("notice").textContent = here.lost ?? "";
  if (here.lost) say(here.lost);
  if (change.view && change.view !== before.view && !here.choice && !here.at) scrollTo(0, 0);
  if (here.at) point(here.at);
  else if (here.view === "clauses" && here.choice && (change.view || before.view !== "clauses" || !chips.get(here.choice))) reveal(here.choice);
}

function show(choice) {
  for (const [id, tile] of tiles) tile.setAttribute("aria-pressed", String(choice === `topic:${id}`));
  if (choice) {
    if (choice !== before.choice || !panel.classList.contains("explains")) explain(choice);
    light(choice);
  } else {
    dim();
    const first = topics.has(data.first) && fits(topics.get(data.first), here) ? data.first : shownTopics()[0]?.id;
    if (here.view === "overview" && wide.matches && first) {
      explain(`topic:${first}`, true);
      tiles.get(first).setAttribute("aria-pressed", "true");
    } else unexplained();
  }
}

// Lead the eye, and the keyboard, to a clause on the board.
function reveal(choice) {
  const chip = chips.get(choice) ?? chips.get(leavesUnder(choice)[0]);
  if (!chip?.offsetParent) return;
  chip.scrollIntoView({ block: "center" });
  quiet = true;
  rove(chip);
  chip.focus({ preventScroll: true });
  quiet = false;
}

function point(id) {
  for (const old of document.querySelectorAll("tr.here")) old.classList.remove("here");
  const place = $(id);
  if (id.startsWith("row-")) {
    place.classList.add("here");
    unfolds(place).open = true;
    // The middle of a row that is higher than the screen shows nothing of what it is about.
    place.scrollIntoView({ block: place.offsetHeight > innerHeight / 2 ? "start" : "center" });
    unfolds(place).querySelector("summary").focus({ preventScroll: true });
  } else {
    place.tabIndex = -1;
    place.scrollIntoView();
    place.focus({ preventScroll: true });
  }
}

// Stand where the reader stood: it is noted with each entry of the way back; else at what the address names.
function settle(state = history.state) {
  if (state?.y !== undefined) {
    scrollTo(0, state.y);
    panel.scrollTop = state.x ?? 0;
  } else if (here.at) point(here.at);
  else if (here.view === "clauses" && here.choice) reveal(here.choice);
  else scrollTo(0, 0);
}

addEventListener("popstate", (event) => {
  arrive(read(location.hash));
  settle(event.state);
});

let noting = 0;
addEventListener("scroll", () => {
  clearTimeout(noting);
  noting = setTimeout(remember, 150);
}, { passive: true });

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  // Not left to the browser: the frame in which a mail shows its attachments may forbid to follow links.
  event.preventDefault();
  const asked = read(link.getAttribute("href"));
  if (link.classList.contains("skip")) {
    $("main").focus();
    return;
  }
  go({ view: asked.view, choice: asked.choice, at: asked.at, lost: asked.lost });
});
$("views").addEventListener("change", () => go({ view: $("views").value, choice: null }));

// --- dark and light, print ---------------------------------------------------------------------------------------------

const system = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
const tint = () => ($("theme").textContent = isDark() ? "Light" : "Dark");
$("theme").addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  tint();
});
system.addEventListener("change", tint);
tint();

let opened = [];
// Paper can't be unfolded: what is chosen is, and the lists of the view that is shown; rows of the matrix come as they are.
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll(".explains > details:not([open]),.view.now:not(#matrix,#clauses,#overview) details:not([open])")];
  for (const detail of opened) detail.open = true;
});
addEventListener("afterprint", () => {
  for (const detail of opened) detail.open = false;
  opened = [];
});
$("print").addEventListener("click", () => print());

arrive(read(location.hash));
settle();
// Once all is there, the browser leads to the part that the address names, by its own lights.
addEventListener("load", () => setTimeout(settle));
