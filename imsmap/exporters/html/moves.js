// What changes between editions, narrowed to one kind of change.
const kinds = $("kinds");
const moved = kinds ? [...document.querySelectorAll(".moves tr[data-kinds]")] : [];
const isMove = (kind) => moved.some((line) => line.dataset.kinds.split(" ").includes(kind));

function moves() {
  if (!kinds) return;
  for (const line of moved) line.hidden = Boolean(here.change) && !line.dataset.kinds.split(" ").includes(here.change);
  for (const line of document.querySelectorAll(".moves tr.same")) line.hidden = Boolean(here.change);
  for (const button of kinds.children) button.setAttribute("aria-pressed", String(button.dataset.kind === here.change));
  const all = make("button", { type: "button", class: "plain" }, "Show all");
  all.addEventListener("click", () => go({ change: "" }));
  const shown = moved.filter((line) => !line.hidden).length;
  $("kinds-shown").replaceChildren(...(here.change ? [`${shown} of ${moved.length} clauses that change. `, all] : []));
}

kinds?.addEventListener("click", (event) => {
  const kind = event.target.closest("[data-kind]")?.dataset.kind;
  if (kind) go({ change: here.change === kind ? "" : kind });
});
