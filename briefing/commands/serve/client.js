// What the preview adds to a page: new content is put in place without a reload, so that nothing the
// editor has opened, chosen or scrolled to is lost; mistakes lie over the page until they are cured.
(() => {
  const script = document.currentScript;
  let token = script.dataset.token;
  script.removeAttribute("data-token"); // of no use to any other script of the page
  let serial = Number(script.dataset.serial);
  let page = script.dataset.page;
  let state = null;
  let running = false;
  let posted = null; // the answer to what was written last
  let again = false;
  let words = null;
  let tongue = "en";
  let articles = {};

  // The words of the preview in the language of the page, or in English.
  async function readWords() {
    const wanted = document.documentElement.lang.split("-")[0];
    for (const language of [wanted, "en"]) {
      const answer = await fetch(`/_preview/words/${language}.json`, { cache: "no-store" });
      if (!answer.ok) continue;
      words = await answer.json();
      tongue = language;
      return;
    }
  }

  function word(key, filled = {}) {
    const number = new Intl.PluralRules(tongue).select(Number(filled.n ?? 0));
    const found = words[`${key}_${number}`] ?? words[key] ?? key;
    return found.replaceAll(/\{(\w+)\}/g, (_, name) => filled[name] ?? "");
  }

  // What is asked of this machine alone has the token of this run of the preview.
  const ask = async (what, query) => {
    const url = `/_preview/${what}.json?${new URLSearchParams(query)}`;
    return toShow(fetch(url, { cache: "no-store", headers: { "Preview-Token": token } }));
  };

  const post = (what, body) => {
    const asked = fetch(`/_preview/${what}.json`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Preview-Token": token },
      body: JSON.stringify(body),
    });
    return (posted = toShow(asked));
  };

  async function toShow(asked) {
    try {
      return await (await asked).json();
    } catch {
      return { refused: "no_answer" };
    }
  }

  // livereload.js takes what is named so for a plugin, and asks it before it reloads.
  window.LiveReloadPluginBriefing = class {
    static identifier = "briefing";
    static version = "1.0";
    reload() {
      sync();
      return true;
    }
    analyze() {
      return { disable: false };
    }
  };
  document.addEventListener("LiveReloadConnect", sync);
  document.addEventListener("DOMContentLoaded", sync);

  // One look at a time; what is told meanwhile leads to another.
  async function sync() {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      try {
        await look();
      } catch {
        // the preview has stopped; livereload.js connects again when it is back
      }
    }
    running = false;
  }

  async function look() {
    if (!words) await readWords();
    state = await (await fetch(`/_preview/state.json?since=${serial}`, { cache: "no-store" })).json();
    if (state.serial !== serial) {
      serial = state.serial;
      if (state.follow && goTo(state.follow)) return;
      const changed = (ending) => state.pages === null || state.pages.some((path) => path.endsWith(ending));
      if (changed(".js")) return location.reload();
      if (changed(".css")) refreshStyles();
      if (state.pages === null || state.pages.includes(page) || page === "404.html") await refresh();
    }
    showFaults();
    showProblems();
    showWarnings();
    showHidden();
    await showMargin();
    await translator?.refresh(token ? page : null);
    showBar();
    panel?.refresh();
    document.documentElement.dataset.previewed = String(serial);
  }

  function goTo(path) {
    const there = new URL(state.base + path, location.origin);
    if (there.pathname === location.pathname) return false;
    location.href = there.href;
    return true;
  }

  function refreshStyles() {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const url = new URL(link.href);
      url.searchParams.set("serial", String(serial));
      const fresh = link.cloneNode();
      fresh.href = url.href;
      fresh.addEventListener("load", () => link.remove());
      link.after(fresh);
    }
  }

  async function refresh() {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const served = fresh.querySelector("script[data-page]").dataset;
    page = served.page;
    token = served.token;
    const { pathname, search, hash } = location;
    const top = scrollY;
    if (search) choose(pathname + hash);
    if (choices(document) !== choices(fresh)) {
      if (search) history.replaceState(history.state, "", pathname + search + hash);
      await posted; // what was written is told, and can be undone, on the new page too
      return location.reload();
    }
    document.title = fresh.title;
    morph(document.body, fresh.body);
    if (!search) return;
    choose(pathname + search + hash);
    scrollTo(0, top);
  }

  // The page's script shows what its address asks for, without a step that one could go back. What is put in place is
  // a page on which nothing was chosen.
  function choose(address) {
    history.replaceState(history.state, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  }

  // What the page's script has read once, and reads no more: rows, their verdicts, and what they are in each choice.
  function choices(of) {
    const rows = [...of.querySelectorAll(".comparison_row")].map((row) => `${row.id} ${JSON.stringify(row.dataset)}`);
    return [...rows.sort(), ...[...of.querySelectorAll("template")].map((held) => held.innerHTML)].join("\n");
  }

  // Makes one element like another; what is the same stays, with its scroll, focus and listeners.
  function morph(old, fresh) {
    for (const { name, value } of [...fresh.attributes]) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !isOfReader(old, name)) old.removeAttribute(name);
    }
    const wanted = [...fresh.childNodes];
    const byId = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
    let at = old.firstChild;
    for (const node of wanted) {
      while (at && at.nodeType === 1 && at.matches("._preview, ._preview_margin")) at = at.nextSibling;
      const own = node.nodeType === 1 && node.id ? byId.get(node.id) : null;
      if (own && own !== at) {
        old.insertBefore(own, at);
        at = own;
      }
      if (at && isAlike(at, node)) {
        if (node.nodeType === 1) morph(at, node);
        else if (at.nodeValue !== node.nodeValue) at.nodeValue = node.nodeValue;
        at = at.nextSibling;
      } else {
        old.insertBefore(document.importNode(node, true), at);
      }
    }
    while (at) {
      const next = at.nextSibling;
      if (!(at.nodeType === 1 && at.matches("._preview, ._preview_margin"))) at.remove();
      at = next;
    }
  }

  function isAlike(one, other) {
    return one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id ?? "") === (other.id ?? "");
  }

  // What the reader, or the page's own script, has done to an element, and the sources know nothing of.
  function isOfReader(element, name) {
    return (name === "open" && element.localName === "details") || name === "hidden";
  }

  function make(name, kind, ...inside) {
    const element = document.createElement(name);
    element.className = kind;
    element.append(...inside);
    return element;
  }

  // What the program says of a text, in its one language.
  function english(kind, text) {
    const told = make("p", kind, text);
    told.lang = "en";
    return told;
  }

  function place(told) {
    const link = make("a", "_preview_place", `${told.path}:${told.line}:${told.column}`);
    if (told.link) link.href = told.link;
    return link;
  }

  // The lines around a mistake, with a caret below it. A line may be longer than the frame is wide:
  // `reveal` scrolls to the caret.
  const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;
  const blank = (sign) => (sign === "\t" ? "\t" : WIDE.test(sign) ? "\u3000" : " ");

  function frameOf(told) {
    const lines = told.frame.flatMap((line) => {
      const row = `${String(line.number).padStart(5)} │ ${line.text}\n`;
      if (line.number !== told.line) return [row];
      const before = [...line.text].slice(0, told.column - 1).map(blank).join("");
      const caret = make("b", "_preview_caret", "^");
      return [make("b", "", row), `${" ".repeat(5)} │ ${before}`, caret, "\n"];
    });
    return make("pre", "_preview_frame", ...lines);
  }

  function reveal(over) {
    for (const frame of over.querySelectorAll("._preview_frame")) {
      const caret = frame.querySelector("._preview_caret");
      if (!caret) continue;
      const away = caret.getBoundingClientRect().right - frame.getBoundingClientRect().left - frame.clientLeft;
      if (away > frame.clientWidth) frame.scrollLeft += away - frame.clientWidth / 2;
    }
  }

  function list(all) {
    return make(
      "ol",
      "_preview_list",
      ...all.map((told) =>
        make("li", "", place(told), english("", told.message), frameOf(told), english("_preview_cure", told.cure)),
      ),
    );
  }

  function lay(kind, title, what) {
    document.querySelector(`.${kind}`)?.remove();
    if (!what) return;
    const over = make("section", `_preview _preview_over ${kind}`, make("h2", "", title), what);
    over.setAttribute("role", "alert");
    over.lang = tongue;
    document.body.append(over);
    reveal(over);
  }

  function showProblems() {
    const { problems } = state;
    lay("_preview_problems", word("problems", { n: problems.length }), problems.length && list(problems));
  }

  // Of the program itself: nothing in a text is wrong, and no line of one is shown.
  function showFaults() {
    const all = state.faults.map((fault) =>
      make("li", "", english("", fault.message), make("p", "_preview_code", fault.place), english("_preview_cure", fault.cure)),
    );
    lay("_preview_faults", word("faults"), all.length && make("ol", "_preview_list", ...all));
  }

  let beside = "";
  async function showMargin() {
    const wanted = `${serial} ${page}`;
    if (wanted === beside) return;
    beside = wanted;
    const margin = await (await fetch(`/_preview/margin.json?page=${encodeURIComponent(page)}`, { cache: "no-store" })).json();
    articles = token ? (margin.articles ?? {}) : {};
    document.querySelectorAll("._preview_margin").forEach((mark) => mark.remove());
    for (const row of document.querySelectorAll(".comparison_row[id]")) {
      marks(row.querySelectorAll(".claim"), margin.rows?.[row.id] ?? []);
    }
    if (!document.querySelector(".facing_page")) marks(document.querySelectorAll(".claims .claim"), margin.claims ?? []);
    document.querySelector(".prose")?.classList.toggle("_preview_stale", margin.stale === true);
  }

  const opened = new WeakSet();

  // On a facing page each claim is there once in each language. What is not in the kept text is seen at once: its fold
  // is opened, and stays shut if the editor shuts it.
  function marks(claims, written) {
    claims.forEach((claim, at) => {
      if (!written.length) return;
      const { name, link, proof, article } = written[at % written.length];
      const open = make("a", "", name);
      open.href = link;
      const mark = make("p", `_preview_margin _preview_${proof}`, open, " ", proved(proof, article, name));
      mark.dataset.name = name;
      mark.lang = tongue;
      claim.append(mark);
      const fold = claim.closest("details");
      if (proof !== "missing" || !fold || opened.has(fold)) return;
      fold.open = true;
      opened.add(fold);
    });
  }

  // Whether a passage was found, which leads to its place in the kept text.
  function proved(proof, article, name) {
    if (!(article in articles)) return word(proof);
    const button = make("button", "_preview_at", word(proof));
    button.type = "button";
    button.setAttribute("aria-label", `${word(proof)}: ${word("show_text")}`);
    button.addEventListener("click", () => panel.open(article, { name }));
    return button;
  }

  // Goes to the claim that is written in a line, and opens what it is folded into.
  function showClaim(name) {
    const marks = [...document.querySelectorAll("._preview_margin")].filter((mark) => mark.dataset.name === name);
    const mark = marks.find((each) => each.checkVisibility()) ?? marks[0];
    if (!mark) return;
    for (let fold = mark.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    mark.scrollIntoView({ block: innerWidth > 832 ? "center" : "start" });
    mark.querySelector("a").focus({ preventScroll: true });
  }

  const panel = window.previewTextPanel?.({
    make,
    word,
    ask,
    post,
    show: showClaim,
    language: () => tongue,
    articles: () => articles,
  });
  delete window.previewTextPanel;

  const translator = window.previewTranslator?.({ make, word, ask, post, language: () => tongue, base: () => state.base });
  delete window.previewTranslator;

  function showHidden() {
    document.querySelector("._preview_hidden")?.remove();
    if (!(page in state.hidden)) return;
    const text = word(state.hidden[page] ? "hidden_other" : "hidden");
    const mark = make("p", "_preview _preview_hidden", text);
    mark.lang = tongue;
    document.body.append(mark);
  }

  // How many there are of each kind; they come with what matters most first.
  function counts() {
    const kinds = new Map();
    for (const { kind, urgent } of state.warnings) {
      kinds.set(kind, { urgent, count: (kinds.get(kind)?.count ?? 0) + 1 });
    }
    const told = [...kinds].map(([kind, { urgent, count }]) => make("span", urgent ? "_preview_urgent" : "", `${count} ${word(kind)}`));
    return told.flatMap((one, at) => (at ? [" · ", one] : [one]));
  }

  // A landmark of the page: what stands in it is found by readers of a screen.
  function barOf() {
    const bar = document.querySelector("._preview_bar") ?? make("aside", "_preview _preview_bar");
    bar.ariaLabel = word("preview");
    return bar;
  }

  // The bar: what could be better, a button for the kept text of the page's articles, and a link to how the site stands.
  function showBar() {
    const bar = barOf();
    const button = bar.querySelector("._preview_show_text");
    const isWanted = Object.keys(articles).length > 0;
    if (isWanted && !button) {
      const made = make("button", "_preview_button _preview_show_text", word("kept_text"));
      made.type = "button";
      made.addEventListener("click", () => panel.open(Object.keys(articles)[0]));
      bar.insertBefore(made, bar.querySelector("._preview_status"));
    } else if (!isWanted) button?.remove();
    const status = bar.querySelector("._preview_status") ?? make("a", "_preview_status");
    status.href = "/_preview/status";
    status.textContent = word("status");
    if (!status.isConnected) bar.append(status);
    translator?.addTo(bar);
    bar.lang = tongue;
    if (!bar.isConnected) document.body.append(bar);
  }

  function showWarnings() {
    const old = document.querySelector("._preview_warnings");
    const open = old?.open ?? false;
    old?.remove();
    if (!state.warnings.length) return;
    const told = make("details", "_preview_warnings", make("summary", "", ...counts()), list(state.warnings));
    told.open = open;
    const bar = barOf();
    bar.prepend(told);
    if (!bar.isConnected) document.body.append(bar);
    told.addEventListener("toggle", () => reveal(told));
    reveal(told);
  }
})();
