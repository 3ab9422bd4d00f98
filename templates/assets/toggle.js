// Keeps the reader's place when the language changes: the toggle takes along the anchor in
// the address, or else the row that is on top of the window. Without it the toggle still works.
for (const link of document.querySelectorAll(".toggle a")) {
  link.addEventListener("click", () => {
    const rows = [...document.querySelectorAll(".comparison_row")];
    const top = rows.find((row) => row.getBoundingClientRect().bottom > 80);
    const reading = top && top.getBoundingClientRect().top < innerHeight && scrollY > 0;
    const anchor = reading ? `#${top.id}` : location.hash;
    link.href = link.href.split("#")[0] + anchor;
  });
}
