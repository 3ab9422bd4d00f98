// Goes on to where a page is now, to the same place in it. Without scripts the page goes on by itself.
document.addEventListener("DOMContentLoaded", () => {
  const link = document.querySelector("a.moved_to");
  location.replace(link.href.split("#")[0] + location.hash);
});
