// What a page can do beyond what it can without a script: keep the reader's place when the language
// changes, show one subject, and show the verdicts as they would be if fewer articles had been read.
const HEAD = 60; // the least height of the table's sticky head, in pixels

function placeBeingRead() {
  if (scrollY === 0) return null;
  const places = [...document.querySelectorAll(".comparison_row, .prose_block, .prose .facing_pair")];
  const edges = (place) => place.getBoundingClientRect();
  return (
    places.find((place) => edges(place).top >= HEAD && edges(place).top < innerHeight / 2) ??
    places.find((place) => edges(place).top < innerHeight && edges(place).bottom > 2 * HEAD)
  );
}

for (const link of document.querySelectorAll(".toggle a")) {
  link.addEventListener("click", () => {
    const place = placeBeingRead();
    link.hash = place ? place.id : location.hash;
  });
}

const boxes = document.querySelector(".chooser_boxes");
if (boxes) {
  const table = document.querySelector(".comparison");
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
