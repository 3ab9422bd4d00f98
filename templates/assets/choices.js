// What of a comparison is shown: one subject, or all as if only some of the articles had been read. What a row is
// then was computed for each choice (.choice_parts); what was not computed is hidden (data-whole).
// The address says what was chosen: "?without=gia-lai", "?only=kremlin+thoi-dai&group=talks&changed".
const controls = document.querySelector(".controls");
if (controls) {
  const [articles, groups, changes, choice, empty, parts] = [
    ".choose_articles", ".choose_group", ".choice_changed input", ".choice", ".choice_empty", ".choice_parts",
  ].map((part) => controls.querySelector(part));
  const [copy, ...findings] = parts.content.children;
  const listed = (text = "") => text.split(" ");
  const shown = table.querySelectorAll(".comparison_row");
  const rows = listed(table.dataset.places).map((place) => shown[place]); // in the order of the points
  const usual = new Map(rows.map((row) => [row, row.dataset.verdict]));
  const isChanged = (row) => row.dataset.verdict !== usual.get(row);
  const heads = [...table.tHead.querySelectorAll("[data-article]")];
  const columns = heads.map((head) => head.dataset.article);
  for (const row of rows) columns.forEach((id, at) => (row.cells[at + 1].dataset.article = id));
  const numbers = new Map(heads.map((head) => [head.querySelector(".number").textContent, head.dataset.article]));
  const [, comma, last] = parts.dataset.list.split("|");
  const [, pair] = parts.dataset.pair.split("|");
  const [, between] = parts.dataset.numbers.split("|");
  let asked; // the query that is shown

  // Chooses what the address asks for.
  function choose() {
    asked = location.search;
    const query = new URLSearchParams(asked);
    const named = (how) => query.has(how) && `${how}=${query.get(how).replaceAll(" ", "+")}`;
    if (articles) articles.value = named("without") || named("only") || "";
    groups.value = query.get("group") ?? "";
    changes.checked = query.has("changed");
    for (const select of [articles, groups]) if (select?.selectedIndex < 0) select.value = "";
    show();
  }

  // Takes down in the address what was chosen, as a step that one can go back.
  function note() {
    const isChoice = Boolean(articles?.value);
    const fields = [articles?.value, groups.value && `group=${groups.value}`, isChoice && changes.checked && "changed"];
    const query = fields.filter(Boolean).join("&");
    asked = query && `?${query}`;
    history.pushState(null, "", location.pathname + asked + location.hash);
    show();
  }

  function show() {
    const chosen = articles?.value ?? "";
    const [how, named = ""] = chosen.split("=");
    const kept = new Set(columns.filter((id) => !chosen || named.split("+").includes(id) === (how === "only")));
    kept.add(""); // who speaks in a duplicate alone is named for no article
    const hide = (part, test) => document.querySelectorAll(part).forEach((it) => (it.hidden = test(it.dataset)));
    hide("[data-article]", ({ article }) => !kept.has(article));
    hide(".flag", ({ articles }) => !listed(articles).every((id) => kept.has(id)));
    hide("[data-whole]", () => chosen !== "");
    for (const row of rows) showRow(row, chosen && `${articles.selectedIndex - 1}`, kept);
    for (const head of table.querySelectorAll(":is(.comparison_family, .comparison_section) th")) head.colSpan = kept.size; // and one of the points
    move();
    for (const item of document.querySelectorAll("[data-verdicts]")) {
      const of = rows.filter((row) => listed(item.dataset.verdicts).includes(row.dataset.verdict));
      item.hidden = !of.length;
      item.querySelector(".count").textContent = of.length;
      const verdicts = new Set(of.map((row) => row.dataset.verdict));
      const [verdict] = verdicts;
      const family = item.className.split("-").at(-1);
      if (verdict) item.querySelector("a").hash = verdicts.size > 1 ? `_f-${family}` : `_s-${verdict}`;
    }
    for (const each of document.querySelectorAll(".tally_verdicts")) {
      each.hidden = each.querySelectorAll("li:not([hidden])").length < 2;
    }
    hide(".tally_none", () => rows.some((row) => row.dataset.verdict === "differ"));
    const changed = rows.filter(isChanged).length;
    changes.checked &&= changed > 0;
    choice.hidden = !chosen;
    choice.querySelector("output").textContent = chosen && articles.selectedOptions[0].text;
    choice.querySelector(".count").textContent = changed;
    choice.querySelector(".choice_changed").hidden = !changed;
    choice.querySelector(".choice_none").hidden = changed;
    filter();
  }

  function showRow(row, number, kept) {
    const sign = number && row.dataset.otherwise?.charCodeAt(number);
    const finding = findings[sign - (sign < 0x100 ? 65 : 0x100)]; // from "A" on, then from U+0100
    row.dataset.verdict = finding?.dataset.verdict ?? usual.get(row);
    const [cells, gone] = [true, false].map((is) => [...row.cells].filter((it) => kept.has(it.dataset.article ?? "") === is));
    const isOther = finding || gone.some((cell) => !cell.matches(".cell-silent, .cell-unchecked"));
    row.classList.toggle("comparison_row-other", Boolean(isOther));
    const verdict = exchange(row, ".row_verdict", finding?.firstElementChild);
    if (isChanged(row)) {
      const before = verdict.appendChild(document.createElement("s"));
      before.append(`${parts.dataset.before} `, row.querySelector(".verdict").cloneNode(true));
    }
    const held = [...row.querySelectorAll("template")].find((it) => listed(it.dataset.in).includes(number));
    exchange(row, ".positions", held && (held.content.firstElementChild ?? document.createElement("ul")));
    for (const { dataset } of row.querySelectorAll(".speaker")) {
      const of = (dataset.of ??= dataset.numbers).split(between).map((number) => [number, numbers.get(number) ?? ""]);
      dataset.articles = of.map(([, id]) => id).join(" ");
      dataset.numbers = of.filter(([, id]) => kept.has(id)).map(([number]) => number).join(between);
    }
    for (const it of row.querySelectorAll(".positions > *")) list(it, kept, comma, last, pair);
    for (const it of row.querySelectorAll(".cells_silent")) list(it, kept, between, between, between);
    const silent = cells.filter((cell) => cell.matches(".cell-silent"));
    const count = number && parts.content.querySelector(`[data-cells="${cells.length - 1}/${silent.length}"]`);
    exchange(row, ".cells_count", count);
    const address = row.querySelector(".cite bdi");
    address.textContent = address.textContent.replace(/(\?[^?#\s]*)?(#\S+\s*)$/, `${number && `?${articles.value}`}$2`);
  }

  // Puts a copy of `other` in the place of a part of a row, or lets the row have its own part again.
  function exchange(row, part, other) {
    row.querySelector(`${part}.otherwise`)?.remove();
    const own = row.querySelector(part);
    if (own) own.hidden = Boolean(other);
    if (!other) return own;
    const copied = other.cloneNode(true);
    copied.classList.add("otherwise");
    (own ?? row.querySelector(".row_verdict")).after(copied);
    return copied;
  }

  // Takes those whose articles are all left out from a list in words, and joins the others anew.
  function list(box, kept, comma, last, pair) {
    const items = [...box.querySelectorAll("[data-articles]")];
    const left = items.filter((item) => listed(item.dataset.articles).some((id) => kept.has(id)));
    box.hidden = !left.length;
    for (const item of items) {
      item.hidden = !left.includes(item);
      const after = item.hidden ? 0 : left.length - 1 - left.indexOf(item);
      if (item !== items.at(-1)) item.nextSibling.data = ["", left.length > 2 ? last : pair][after] ?? comma;
    }
  }

  // Rows go to the section of their verdict, in the order of the points. What has the focus or is named keeps that.
  function move() {
    const section = (row) => document.getElementById(`_s-${row.dataset.verdict}`);
    if (rows.every((row) => row.parentElement === section(row))) return;
    const [focused, named, top] = [document.activeElement, document.querySelector(":target"), scrollY];
    for (const row of rows) section(row).insertBefore(row, section(row).querySelector(".comparison_next"));
    if (focused !== document.activeElement) focused.focus({ preventScroll: true });
    if (named?.matches(":target") !== false) return;
    location.replace(location.href);
    scrollTo(0, top);
  }

  function filter() {
    for (const row of rows) {
      row.hidden = (groups.value && row.dataset.group !== groups.value) || (changes.checked && !isChanged(row));
    }
    for (const body of table.querySelectorAll("[id^=_s-]")) {
      const shown = body.querySelectorAll(".comparison_row:not([hidden])").length;
      body.hidden = !shown;
      body.querySelector(".count").textContent = shown;
    }
    for (const head of table.querySelectorAll(".comparison_family")) {
      const sections = table.querySelectorAll(`[data-family=${head.id.slice(3)}]:not([hidden])`);
      head.hidden = sections.length < 2;
      sections[0]?.prepend(head);
    }
    empty.hidden = rows.some(isShown);
  }

  for (const field of [articles, groups, changes]) field?.addEventListener("change", note);
  if (articles) {
    choice.querySelector("button").addEventListener("click", () => {
      articles.value = "";
      note();
      articles.focus();
    });
  }
  empty.querySelector("button").addEventListener("click", () => {
    groups.value = "";
    changes.checked = false;
    note();
    location.hash = "_comparison";
  });
  addEventListener("popstate", () => location.search === asked || choose());
  addEventListener("hashchange", filter);
  document.addEventListener("toggle", ({ target }) => offerCopy(target.querySelector(".cite")), true);

  function offerCopy(cite) {
    if (!cite || !navigator.clipboard || cite.nextElementSibling?.matches(".copy")) return;
    const button = copy.cloneNode(true);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(cite.innerText);
      button.textContent = copy.dataset.done;
    });
    cite.after(button);
  }

  if (location.search) {
    choose();
    document.querySelector(":target")?.scrollIntoView();
  } else changes.checked = false; // a browser may have kept it over a reload
}
