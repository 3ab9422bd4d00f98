// Keeps the reader's place when the language changes: the toggle takes along the anchor of the
// row that is being read, or else the anchor in the address. Without this it still changes the language.
const HEAD = 60; // the least height of the table's sticky head, in pixels

function rowBeingRead() {
  if (scrollY === 0) return null;
  const rows = [...document.querySelectorAll(".comparison_row")];
  const edges = (row) => row.getBoundingClientRect();
  return (
    rows.find((row) => edges(row).top >= HEAD && edges(row).top < innerHeight / 2) ??
    rows.find((row) => edges(row).top < innerHeight && edges(row).bottom > 2 * HEAD)
  );
}

for (const link of document.querySelectorAll(".toggle a")) {
  link.addEventListener("click", () => {
    const row = rowBeingRead();
    link.hash = row ? row.id : location.hash;
  });
}
