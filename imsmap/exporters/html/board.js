// The board: a chosen clause or topic lights up what belongs together with it.
const stage = document.querySelector(".board");
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
