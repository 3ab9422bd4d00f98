// What a page can do beyond what it can without a script: keep the reader's place when the language
// changes. Choosing what is compared is in choices.js.
// What of a page has its counterpart, by the same id, in the other languages.
const BLOCKS = ".comparison_row, .prose_block, .facing_pair[id], .claims_item";
const SECTIONS = "section[aria-labelledby]"; // by the id of their heading; where one has no blocks it is read as one

const table = document.querySelector(".comparison");
let head = 0; // how much of the window the sticky head of the table covers, in pixels

// Lets a row that an address names come to stand below the head, which is as high as its words make it;
// where it would cover more than half of the window it does not stick.
function fitHead() {
  if (!table) return;
  const isHidden = getComputedStyle(table.tHead).position === "absolute";
  const height = isHidden ? 0 : table.tHead.getBoundingClientRect().height;
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

// What was chosen stands in the query of the address, and goes along too.
for (const press of ["click", "auxclick"]) {
  document.addEventListener(press, ({ target }) => {
    const link = target.closest(".toggle a:not(.toggle_nearest), .row_toggle");
    if (!link) return;
    link.search = location.search;
    if (link.matches(".row_toggle")) return;
    fitHead();
    link.hash = placeToKeep(link);
  });
}
