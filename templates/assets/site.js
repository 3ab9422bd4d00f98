// What a page can do beyond what it can without a script: keep the reader's place when the language
// changes, show one subject, and show the verdicts as they would be if fewer articles had been read.
// What of a page has its counterpart, by the same id, in the other languages.
const BLOCKS = ".comparison_row, .prose_block, .facing_pair[id], .claims_item";
const SECTIONS = "section[aria-labelledby]"; // by the id of their heading; where one has no blocks it is read as one

const table = document.querySelector(".comparison");
let head = 0; // how much of the window the sticky head of the table covers, in pixels

// Lets a row that an address names come to stand below the head, which is as high as its words make it;
// where it would cover more than half of the window it does not stick.
function fitHead() {
  if (!table) return;
  const isCard = getComputedStyle(table.tHead).position === "absolute";
  const height = isCard ? 0 : table.tHead.rows[0].cells[0].getBoundingClientRect().height;
  const isFree = height > innerHeight / 2;
  table.classList.toggle("comparison-free", isFree);
  head = isFree ? 0 : height;
  table.style.setProperty("--head", `${head}px`);
}

if (table) {
  fitHead();
  new ResizeObserver(fitHead).observe(table.tHead.rows[0].cells[0]);
  addEventListener("resize", fitHead);
}

// A scroll position is rounded to the pixels of the screen, so less than one pixel of a block is none of it.
function isInSight(block) {
  const { top, bottom } = block.getBoundingClientRect();
  const above = Math.max(visualViewport.offsetTop, block.matches(".comparison_row") ? head : 0);
  const below = visualViewport.offsetTop + visualViewport.height;
  return isShown(block) && bottom - above >= 1 && below - top >= 1;
}

function isShown(block) {
  return block.getClientRects().length > 0;
}

// The reading line is where the browser puts what an address names: as far down as its scroll margin says. Read is
// the block that crosses it, or else the next below; the last where there is none.
function blockBeingRead() {
  const all = [...document.querySelectorAll(`${BLOCKS}, ${SECTIONS}`)];
  const blocks = all.filter((block) => isShown(block) && !block.querySelector(BLOCKS));
  const line = (block) => Math.max(visualViewport.offsetTop, parseFloat(getComputedStyle(block).scrollMarginTop));
  return blocks.find((block) => block.getBoundingClientRect().bottom - line(block) >= 1) ?? blocks.at(-1);
}

// What the address names, as long as it is in sight; else what is being read. Who has gone up to the toggle itself
// keeps what the address names too, and at the top of a page nothing is read yet.
function placeToKeep(toggle) {
  const target = document.querySelector(":target:not(main)");
  const named = target?.closest(BLOCKS) ?? target;
  if (named && isInSight(named)) return named.id;
  if (toggle.getBoundingClientRect().bottom >= 1 && (location.hash || scrollY < 1)) return location.hash;
  const read = blockBeingRead();
  return read?.getAttribute("aria-labelledby") ?? read?.id ?? "";
}

for (const press of ["click", "auxclick"]) {
  document.addEventListener(press, ({ target }) => {
    const link = target.closest(".toggle a:not(.toggle_nearest)");
    if (!link) return;
    fitHead();
    link.hash = placeToKeep(link);
  });
}

const boxes = document.querySelector(".chooser_boxes");
if (boxes) {
  const rows = [...table.querySelectorAll(".comparison_row")];
  const groups = boxes.querySelector(".choose_group");
  const articles = boxes.querySelector(".choose_articles");

  groups.addEventListener("change", () => {
    for (const row of rows) row.hidden = groups.value !== "" && row.dataset.group !== groups.value;
    for (const body of table.tBodies) body.hidden = !body.querySelector(".comparison_row:not([hidden])");
  });

  articles?.addEventListener("change", () => {
    const shown = showColumns(table, articles.value ? articles.value.split("+") : null);
    for (const section of table.querySelectorAll(".comparison_section th")) section.colSpan = shown + 1;
    const changed = rows.filter((row) => showVerdict(row, articles.value)).length;
    const effect = boxes.querySelector("output");
    effect.textContent = !articles.value ? "" : changed ? `${effect.dataset.some}: ${changed}` : effect.dataset.none;
  });
}

function showColumns(table, kept) {
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const isShown = (at) => kept === null || kept.includes(heads[at].dataset.article);
  heads.forEach((head, at) => (head.hidden = !isShown(at)));
  for (const row of table.querySelectorAll(".comparison_row")) {
    row.querySelectorAll("td").forEach((cell, at) => (cell.hidden = !isShown(at)));
  }
  return heads.filter((_, at) => isShown(at)).length;
}

// Shows the verdict of some of the articles beside that of all; tells whether it is another.
function showVerdict(row, selection) {
  const place = row.querySelector(".row_verdict");
  const own = place.querySelector(".verdict");
  place.querySelector(".verdict_otherwise")?.remove();
  own.classList.remove("verdict_before");
  const verdicts = new Map((row.dataset.otherwise ?? "").split(" ").map((pair) => pair.split(":")));
  const verdict = selection && verdicts.get(selection);
  if (!verdict) return false;
  const chip = boxes.querySelector("template").content.querySelector(`.verdict-${verdict}`).cloneNode(true);
  chip.classList.add("verdict_otherwise");
  own.classList.add("verdict_before");
  chip.prepend("→ ");
  own.after(chip);
  return true;
}
