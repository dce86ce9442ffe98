// The columns: pointing at a clause or moving to it lights up what belongs together with it.
const stage = document.querySelector(".board");
const panel = $("why");
const chips = new Map([...stage.querySelectorAll(".chip")].map((chip) => [chip.dataset.ref, chip]));
const marks = new Map([...chips].map(([ref, chip]) => [ref, chip.querySelector(".mark").textContent]));
const closest = new Map([...chips].map(([ref, chip]) => [ref, chip.querySelector(".closest").textContent]));
const empty = [...panel.childNodes];
const SVG = "http://www.w3.org/2000/svg";
const wires = document.createElementNS(SVG, "svg");
let kept = null;
let shown = null;
let timer = 0;

wires.setAttribute("class", "wires");
wires.setAttribute("aria-hidden", "true");
stage.append(wires);

function wire(from, to, kin) {
  const frame = stage.getBoundingClientRect();
  const [one, other] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
  if (!one.width || !other.width) return;
  const right = other.left >= one.right;
  const x1 = (right ? one.right : one.left) - frame.left;
  const x2 = (right ? other.left : other.right) - frame.left;
  const [y1, y2] = [one, other].map((box) => box.top + box.height / 2 - frame.top);
  const bend = (x2 - x1) / 2;
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("class", `wire k-${kin}`);
  path.setAttribute("d", `M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`);
  wires.append(path);
}

function dim() {
  wires.replaceChildren();
  stage.classList.remove("live");
  for (const chip of stage.querySelectorAll(".lit,.chosen")) {
    chip.classList.remove("lit", "chosen", "k-same", "k-extended", "k-related", "k-jointly", "k-core");
    chip.setAttribute("aria-pressed", "false");
    chip.querySelector(".mark").textContent = marks.get(chip.dataset.ref);
    chip.querySelector(".closest").textContent = closest.get(chip.dataset.ref);
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
    if (!chip) continue;
    chip.classList.add("lit", `k-${kin}`);
    chip.querySelector(".mark").textContent = { core: "+", jointly: data.glyphs.related }[kin] ?? data.glyphs[kin];
    chip.querySelector(".closest").textContent = `(belongs with ${label(ref)}: ${kin})`;
  }
  connect(ref);
}

function connect(ref) {
  wires.replaceChildren();
  wires.setAttribute("width", stage.offsetWidth);
  wires.setAttribute("height", stage.offsetHeight);
  const mine = chips.get(ref);
  if (!mine) return;
  for (const [other, kin] of counterparts(ref)) {
    if (kin !== "core" && chips.has(other)) wire(mine, chips.get(other), kin);
  }
}

function show(ref, aloud) {
  if (!isCore(ref) && !clauses.has(ref)) return false;
  if (ref !== shown) {
    shown = ref;
    light(ref);
    explain(ref, panel).addEventListener("click", leave);
  }
  if (aloud) say(isCore(ref) ? `${label(ref)}` : `${label(ref)}: ${summary(ref)}`);
  return true;
}

function hide() {
  shown = null;
  dim();
  panel.replaceChildren(...empty);
  panel.classList.remove("explains");
}

// Give up what was kept, and go back to the clause that it was about.
function leave() {
  const chip = chips.get(kept ?? shown);
  kept = null;
  hide();
  if (refInHash().includes(":")) go("clauses");
  if (chip) {
    rove(chip);
    quiet = true;
    chip.focus({ preventScroll: true });
    quiet = false;
  }
}

let quiet = false;
function rove(chip) {
  for (const other of stage.querySelectorAll('.chip[tabindex="0"]')) other.tabIndex = -1;
  chip.tabIndex = 0;
}

function keep(ref) {
  kept = ref;
  show(ref, true);
  if (chips.has(ref)) rove(chips.get(ref));
}

const columnsNow = () => [...stage.querySelector(".band .columns").children].map((_, place) =>
  [...stage.querySelectorAll(`.band .column:nth-child(${place + 1}) .chip`)].filter((chip) => chip.offsetParent));

function neighbour(chip, key) {
  const columns = columnsNow().filter((column) => column.length);
  const column = columns.findIndex((found) => found.includes(chip));
  const row = columns[column].indexOf(chip);
  if (key === "ArrowDown") return columns[column][row + 1];
  if (key === "ArrowUp") return columns[column][row - 1];
  if (key === "Home") return columns[column][0];
  if (key === "End") return columns[column].at(-1);
  const next = columns[column + (key === "ArrowRight" ? 1 : -1)];
  if (!next) return undefined;
  // A counterpart first; else what stands nearest.
  const lit = next.find((other) => other.classList.contains("lit"));
  const middle = chip.getBoundingClientRect().top;
  const away = (other) => Math.abs(other.getBoundingClientRect().top - middle);
  return lit ?? next.reduce((best, other) => (away(other) < away(best) ? other : best));
}

const chipOf = (event) => event.target.closest?.(".chip");

stage.addEventListener("pointerover", (event) => {
  const chip = chipOf(event);
  if (!chip || event.pointerType === "touch") return;
  clearTimeout(timer);
  timer = setTimeout(() => show(chip.dataset.ref), 60);
});
stage.addEventListener("pointerleave", () => {
  clearTimeout(timer);
  if (kept) show(kept);
});
stage.addEventListener("focusin", (event) => {
  const chip = chipOf(event);
  if (!chip || quiet) return;
  rove(chip);
  show(chip.dataset.ref, true);
});
stage.addEventListener("click", (event) => {
  const chip = chipOf(event);
  if (!chip) return;
  keep(chip.dataset.ref);
  go(chip.dataset.ref);
  // Enter and Space come with no pointer: lead to the explanation.
  if (event.detail === 0) $("why-title").focus({ preventScroll: false });
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
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave();
});
addEventListener("resize", () => { if (shown) light(shown); });
// Short columns follow the reader down a long one, and the lines follow them.
let drawn = 0;
addEventListener("scroll", () => {
  if (!shown || drawn) return;
  drawn = requestAnimationFrame(() => {
    drawn = 0;
    if (shown) connect(shown);
  });
}, { passive: true });
(chips.get(data.clauses.find((clause) => chips.has(clause.r))?.r) ?? { }).tabIndex = 0;
