// Puts what has changed since into the page on how the site stands, without a reload: the place that is read, and the
// link that has the focus, stay.
(() => {
  // livereload.js takes what is named so for a plugin, and asks it before it reloads.
  window.LiveReloadPluginStatus = class {
    static identifier = "status";
    static version = "1.0";
    reload() {
      refresh();
      return true;
    }
    analyze() {
      return { disable: false };
    }
  };
  document.addEventListener("LiveReloadConnect", refresh);

  async function refresh() {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, now] = [document.querySelector("main"), fresh.querySelector("main")];
    if (old.innerHTML === now.innerHTML) return;
    const label = document.activeElement?.getAttribute("aria-label");
    document.title = fresh.title;
    old.replaceWith(document.importNode(now, true));
    const again = [...document.querySelectorAll("main [aria-label]")];
    if (label) again.find((each) => each.getAttribute("aria-label") === label)?.focus({ preventScroll: true });
  }
})();
