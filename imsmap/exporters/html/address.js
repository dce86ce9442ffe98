// Where the reader is: view, what is chosen, filters. All of it stands in the address, for the way back and for links.
const root = document.documentElement;
const VIEWS = [...document.querySelectorAll("main > .view")].map((view) => view.id);
const NOWHERE = { view: "overview", choice: null, class: "", of: "", words: "", have: "", want: "", state: "", change: "", at: "" };
const KEPT = ["class", "of", "words", "have", "want", "state", "change"];
let here = { ...NOWHERE };

const viewOf = (choice) => (choice && !topicOf(choice) ? "clauses" : "overview");

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// "8.4.99" leads to the nearest clause above it that is there.
function existing(ref) {
  let found = ref.split("#")[0];
  while (found.includes(":") && !clauses.has(found)) {
    const cut = found.lastIndexOf(".");
    if (cut <= found.indexOf(":")) return null;
    found = found.slice(0, cut);
  }
  return clauses.has(found) ? found : null;
}

const coreTopic = (number) => data.groups.find((topic) => topic.n === number || topic.n.startsWith(`${number}.`));

// Read an address; `lost` says what of it is not on this page.
function read(hash) {
  const [target, query] = hash.replace(/^#/, "").split("?");
  const asked = decoded(target);
  const given = new URLSearchParams(query ?? "");
  const found = { ...NOWHERE, lost: "" };
  for (const name of KEPT) found[name] = given.get(name) ?? "";
  if (!asked) return checked(found);
  const core = /^core:(.+)$/.exec(asked);
  const place = $(asked);
  if (VIEWS.includes(asked)) {
    found.view = asked;
  } else if (topicOf(asked) || (core && coreTopic(core[1]))) {
    found.choice = topicOf(asked) ? asked : `topic:${coreTopic(core[1]).id}`;
    found.view = core ? "clauses" : "overview";
  } else if (asked.includes(":") && existing(asked)) {
    found.choice = existing(asked);
    found.view = "clauses";
    if (found.choice !== asked.split("#")[0]) found.lost = `There is no ${label(asked)} here; this is ${label(found.choice)}.`;
  } else if (place?.closest(".view")) {
    found.view = place.closest(".view").id;
    found.at = asked;
  } else {
    const names = data.standards.map((standard) => standard.name).join(", ");
    found.lost = `There is no ${standards.has(keyOf(asked)) ? label(asked) : `“${asked}”`} here: this page shows ${names}.`;
  }
  if (VIEWS.includes(given.get("view"))) found.view = given.get("view");
  return checked(found);
}

// A filter that this page does not have would show nothing, and say nothing.
function checked(found) {
  const wrong = [];
  const drop = (name, fits) => {
    if (found[name] && !fits) {
      wrong.push(`${name} ${found[name]}`);
      found[name] = "";
    }
  };
  drop("class", data.groups.some((topic) => topic.k === found.class));
  for (const name of ["of", "want"]) drop(name, standards.has(found[name]));
  drop("have", found.have.split(" ").every((key) => standards.has(key)));
  drop("change", isMove(found.change));
  drop("state", found.state === "all" || data.states[found.state]);
  if (wrong.length) found.lost += ` The link asks for ${wrong.join(", ")}, which is not on this page; all is shown.`;
  return found;
}

function written(state) {
  const target = state.at || state.choice || state.view;
  const given = new URLSearchParams();
  if (state.choice && !state.at && viewOf(state.choice) !== state.view) given.set("view", state.view);
  for (const name of KEPT) if (state[name]) given.set(name, state[name]);
  const query = String(given);
  return `#${encodeURIComponent(target).replaceAll("%3A", ":")}${query ? `?${query}` : ""}`;
}

// A frame without an address of its own may forbid all this, and the page still works.
function note(way, state, hash) {
  try {
    history[way](state, "", hash);
  } catch {
    // Nothing to go back to.
  }
}

const remember = () => note("replaceState", { ...history.state, y: scrollY, x: $("why").scrollTop }, location.hash || written(here));

// Go on to another state; what is typed letter by letter replaces the entry, all else adds one.
function go(change, way = "pushState") {
  const next = { ...here, at: "", lost: "", ...change };
  if (written(next) !== written(here) || way === "replaceState") {
    if (way === "pushState") remember();
    note(way, { y: scrollY }, written(next));
  }
  arrive(next, change);
}
