// What can be taken along of the view as it is filtered: its link, a CSV file, a table, the command for a workbook.
const words = (node) => {
  if (!node) return "";
  const copy = node.cloneNode(true);
  for (const hidden of copy.querySelectorAll(".vh,summary")) hidden.remove();
  const lines = [...copy.querySelectorAll("li")].map((line) => line.textContent);
  return (lines.length ? lines.join("; ") : copy.textContent).replaceAll(/\s+/g, " ").trim();
};
const listed = (texts) => texts.map((told) => told.replaceAll(/\s+/g, " ").trim()).join("; ");

function topicTable() {
  const known = data.clauses.some((clause) => clause.x);
  const head = ["Clause", "Topic", "Class", ...data.standards.map((standard) => standard.name), "In common",
    ...data.standards.map((standard) => `${standard.name} adds`), "What to do", "Misleading numbers", ...(known ? ["Status", "Owner", "Actions"] : [])];
  return [head, ...shownTopics().map((topic) => [topic.v, topic.t, data.words[topic.k],
    ...data.standards.map(({ key }) => topic.c.filter((ref) => keyOf(ref) === key).map((ref) => `${numberOf(ref)} ${clauses.get(ref).t}`).join("; ")),
    listed([...inCommon(topic).children].map((line) => line.textContent)),
    ...data.standards.map((_, place) => listed((topic.adds.find(([of]) => of === place) ?? []).slice(1).map(text))),
    advice(topic), (topic.f ?? []).join("; "), ...(known ? overlaid(topic) : [])])];
}

function overlaid(topic) {
  const all = topic.c.map((ref) => [numberOf(ref), clauses.get(ref).x]).filter(([, known]) => known);
  return [all.map(([number, known]) => `${number} ${known[0]}`).join("; "), [...new Set(all.map(([, known]) => known[1]).filter(Boolean))].join("; "),
    all.flatMap(([, known]) => known[2].map(([text, owner, due]) => [text, owner, due].filter(Boolean).join(", "))).join("; ")];
}

function pointTable() {
  const { have } = wish();
  const points = pointsWanted();
  const shown = shownState(points);
  return [["Standard", "Clause", "Title", "Point", "State", "Start from"], ...points.filter((point) => shown === "all" || point.state === shown)
    .map(({ clause, point, state }) => [standards.get(keyOf(clause.r)).name, numberOf(clause.r), clause.t, point[0], data.states[state],
      startFrom(clause.r, have).map(label).join("; ")])];
}

function tableIn(view) {
  const table = $(view).querySelector("table");
  return [...table.querySelectorAll("tr")].filter((line) => !line.hidden).map((line) => [...line.cells].map(words));
}

function methodTable() {
  return [["Standard", "Title"], ...data.standards.map((standard) => [standard.name, standard.key])];
}

function taken() {
  if (["overview", "clauses", "matrix"].includes(here.view)) return topicTable();
  if (here.view === "new") return pointTable();
  return $(here.view).querySelector("table") ? tableIn(here.view) : methodTable();
}

function command() {
  const keys = data.standards.map((standard) => standard.key).join(" ");
  if (here.view === "new") {
    const { have, want } = wish();
    return `imsmap gap ${have.map((key) => `--have ${key}`).join(" ")} --want ${want} -o new.xlsx`;
  }
  const question = { friends: "friends", documents: "documents", transition: "transition", method: "overlap" }[here.view] ?? "matrix";
  return `imsmap ${question} ${keys} -o ${question}.xlsx`;
}

// A spreadsheet takes 8.10 for 8.1, 10.1 for a day and = for a formula: as in every CSV file of ours, an apostrophe stands before.
const kept = (text) => (/^[=+\-@\t\r]|^\s*(?:\d+(?:[.,/:-]\d+)+|0\d+|\d+[eE]\d+)\s*$/.test(text) ? `'${text}` : text);
const csv = (lines) => `\ufeff${lines.map((line) => line.map((cell) => {
  const text = kept(String(cell));
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}).join(",")).join("\r\n")}\r\n`;

function download() {
  const address = URL.createObjectURL(new Blob([csv(taken())], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: address, download: `${here.view === "overview" ? "topics" : here.view}.csv` });
  // Inside of the menu, which else would take this for a click elsewhere.
  $("take").append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// By the event of copying: it needs no permission, and works in the frame of a mail and in a file, too.
function copy(plain, html) {
  let done = false;
  const put = (event) => {
    event.clipboardData.setData("text/plain", plain);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
    done = true;
  };
  document.addEventListener("copy", put, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", put);
  return done;
}

function tell(done, what, plain) {
  $("taken").textContent = done ? `${what} copied.` : `This program lets nothing be copied: ${plain}`;
}

const linkHere = (choice = here.choice) => `${location.href.split("#")[0]}${written({ ...here, choice })}`;

function copyLink(button) {
  const link = linkHere(button.dataset.choice);
  const done = copy(link);
  button.textContent = done ? "Link copied" : "Copy the address";
  say(done ? "Link copied." : link);
  setTimeout(() => { button.textContent = "Copy link"; }, 2000);
}

$("copy-link").addEventListener("click", () => tell(copy(linkHere()), "Link", linkHere()));
$("copy-command").addEventListener("click", () => tell(copy(command()), "Command", command()));
$("download").addEventListener("click", () => {
  download();
  $("taken").textContent = `${plural(taken().length - 1, "row")}, as filtered.`;
});
$("copy-table").addEventListener("click", () => {
  const lines = taken();
  const table = make("table", {}, lines.map((line, place) => make("tr", {}, line.map((cell) => make(place ? "td" : "th", {}, cell)))));
  const plain = lines.map((line) => line.map((cell) => String(cell).replaceAll(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
  tell(copy(plain, table.outerHTML), plural(lines.length - 1, "row"), "mark the rows and copy them");
});
$("take").addEventListener("toggle", () => {
  $("taken").textContent = "";
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("#take")) $("take").open = false;
});
$("take").addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    $("take").open = false;
    $("take").querySelector("summary").focus();
  }
});
