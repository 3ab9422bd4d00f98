// The kept text of an article beside its page: words that are selected, or typed, become the line of a claim, which is
// written into the file of the article. client.js takes the function below, and its tools know the token.
window.previewTextPanel = ({ make, word, ask, post, show, language, articles }) => {
  const REMEMBERED = "_preview_text";
  const PLAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}_' .-]*[\p{L}\p{N}_])?)$/u;
  let panel = null;
  let opener = null;
  let shown = null;
  let text = "";
  let proposal = null;
  let asked = 0;
  let parts = {};

  const length = (words) => [...words].length;
  const option = (value, name) => Object.assign(document.createElement("option"), { value, textContent: name });
  const labelled = (key, field) => make("label", "", make("span", "", word(key)), field);

  function button(key, act) {
    const made = make("button", "_preview_button", word(key));
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function remember(more) {
    const old = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "{}");
    sessionStorage.setItem(REMEMBERED, JSON.stringify({ ...old, ...more }));
  }

  // A page that is loaded again has the panel as it was.
  function restore() {
    const { article, told } = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "{}");
    if (!panel && article in articles()) open(article, { told, focus: false });
  }

  async function open(article, { name = null, told = null, focus = true } = {}) {
    opener = focus ? document.activeElement : opener;
    if (!panel) build();
    remember({ article });
    if (article !== shown?.article) await load(article);
    if (told) tell(told);
    const mark = name && [...parts.text.querySelectorAll("._preview_mark")].find((each) => names(each).includes(name));
    if (mark) {
      mark.scrollIntoView({ block: "center" });
      mark.focus();
    } else if (focus) parts.close.focus();
  }

  function close() {
    panel?.remove();
    panel = shown = proposal = null;
    sessionStorage.removeItem(REMEMBERED);
    document.documentElement.classList.remove("_preview_beside");
    CSS.highlights?.delete("_preview_found");
    if (opener?.isConnected) opener.focus();
  }

  function build() {
    const title = make("h2", "", word("kept_text"));
    title.id = "_preview_text_title";
    parts = {
      close: button("close", close),
      choose: make("select", "_preview_choose"),
      about: make("p", "_preview_about"),
      words: Object.assign(make("input", ""), { type: "search", autocomplete: "off" }),
      places: make("div", "_preview_places"),
      claim: claimForm(),
      told: make("p", "_preview_told"),
      text: make("div", "_preview_kept"),
    };
    const find = make("form", "_preview_find", labelled("words", parts.words), button("find", () => look()));
    find.addEventListener("submit", (event) => (event.preventDefault(), look()));
    parts.find = find;
    parts.choose.hidden = true; // until it is known whether there are several
    parts.choose.setAttribute("aria-label", word("article"));
    parts.choose.addEventListener("change", () => (remember({ article: parts.choose.value }), load(parts.choose.value)));
    for (const part of [parts.places, parts.told]) part.setAttribute("role", "status");
    parts.text.tabIndex = 0;
    parts.text.setAttribute("role", "region");
    const head = make("div", "_preview_head", title, parts.choose, parts.close);
    const below = make("div", "_preview_work", parts.about, find, parts.places, parts.claim, parts.told);
    panel = make("section", "_preview _preview_text", head, below, parts.text);
    panel.setAttribute("aria-labelledby", title.id);
    panel.lang = language();
    panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
    document.body.append(panel);
    document.documentElement.classList.add("_preview_beside");
  }

  function claimForm() {
    const form = make("form", "_preview_claim");
    form.hidden = true;
    const fields = {
      line: make("code", "_preview_line"),
      target: make("select", ""),
      point: make("select", ""),
      says: Object.assign(make("input", ""), { autocomplete: "off" }),
      options: Object.assign(make("datalist", ""), { id: "_preview_options" }),
      hint: make("span", "_preview_hint"),
      mentions: Object.assign(make("input", ""), { type: "checkbox" }),
      by: make("select", ""),
      glosses: make("div", "_preview_glosses"),
      write: Object.assign(make("button", "_preview_button", word("write")), { type: "submit" }),
      copy: button("copy", () => copy()),
    };
    form.fields = fields;
    fields.says.setAttribute("list", "_preview_options");
    fields.target.label = labelled("target", fields.target);
    fields.rest = make(
      "div",
      "_preview_rest",
      labelled("point", fields.point),
      make("label", "", make("span", "", word("says")), fields.says, fields.hint),
      make("label", "_preview_check", fields.mentions, make("span", "", word("mentions"))),
      labelled("by", fields.by),
      fields.options,
    );
    form.append(fields.line, fields.target.label, fields.rest, fields.glosses, make("div", "_preview_acts", fields.write, fields.copy));
    form.addEventListener("input", update);
    form.addEventListener("submit", (event) => (event.preventDefault(), write()));
    return form;
  }

  async function load(article) {
    const made = await ask("text", { article, language: document.documentElement.lang });
    if (!panel) return;
    const isSame = JSON.stringify(made) === JSON.stringify(shown);
    const isOther = made?.article !== shown?.article;
    shown = made;
    if (isSame) return;
    if (isOther) {
      proposal = null;
      parts.claim.hidden = true;
      clearGlosses();
      parts.places.replaceChildren();
      parts.told.replaceChildren();
    }
    chooseArticle(article);
    fill();
  }

  function chooseArticle(article) {
    const all = articles();
    parts.choose.replaceChildren(...Object.entries(all).map(([id, title]) => option(id, title)));
    parts.choose.value = article;
    parts.choose.hidden = Object.keys(all).length < 2;
  }

  function fill() {
    const isKept = shown?.is_kept === true;
    parts.find.hidden = parts.text.hidden = !isKept;
    parts.about.textContent = !shown ? word("no_article") : isKept ? word("how") : word("not_kept", { path: shown.kept });
    if (!isKept) return;
    parts.text.setAttribute("aria-label", shown.kept);
    text = shown.paragraphs.map((each) => each.text).join("\n");
    let start = 0;
    const lines = shown.paragraphs.map((each) => {
      const item = make("li", "", ...pieces(each.text, start));
      item.value = each.line;
      item.dataset.start = String(start);
      start += length(each.text) + 1;
      return item;
    });
    const top = parts.text.scrollTop;
    const list = make("ol", "", ...lines);
    list.lang = shown.language;
    list.dir = "auto";
    parts.text.replaceChildren(list);
    parts.text.scrollTop = top;
    fillForm();
  }

  // A paragraph, with a link for each part of it that claims point to: they may lie over each other.
  function pieces(words, start) {
    const signs = [...words];
    const end = start + signs.length;
    const located = shown.claims.filter((each) => each.start !== null && each.start < end && each.end > start);
    const ends = [start, end, ...located.flatMap((each) => [Math.max(each.start, start), Math.min(each.end, end)])];
    const bounds = [...new Set(ends)].sort((one, other) => one - other);
    return bounds.slice(1).map((to, at) => {
      const part = signs.slice(bounds[at] - start, to - start).join("");
      const claims = located.filter((each) => each.start <= bounds[at] && each.end >= to);
      return claims.length ? marked(part, claims) : part;
    });
  }

  function marked(words, claims) {
    const link = make("a", "_preview_mark", words);
    link.href = `#${claims[0].point}`;
    link.draggable = false;
    link.title = claims.map((each) => `${nameOf(each)} · ${each.point}`).join("\n");
    link.dataset.names = JSON.stringify(claims.map(nameOf));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (getSelection().isCollapsed) show(names(link)[0]);
    });
    return link;
  }

  const names = (link) => JSON.parse(link.dataset.names);
  const nameOf = (claim) => `${shown.lead.split("/").pop()}:${claim.line}`;

  // A field for each language whose readers may not be able to read the words. What is typed stays.
  function fillGlosses() {
    const { glosses } = parts.claim.fields;
    const languages = JSON.stringify(shown.glosses);
    if (glosses.dataset.languages === languages) return;
    glosses.dataset.languages = languages;
    const made = shown.glosses.map(({ id, name }) => {
      const field = Object.assign(make("input", ""), { autocomplete: "off", lang: id });
      return make("label", "", make("span", "", word("gloss", { language: name })), field);
    });
    glosses.replaceChildren(...made);
  }

  function clearGlosses() {
    for (const each of parts.claim.fields.glosses.querySelectorAll("input")) each.value = "";
  }

  // What the words mean, by language, as far as it is written.
  function glossOf() {
    const written = [...parts.claim.fields.glosses.querySelectorAll("input")];
    return Object.fromEntries(written.map((each) => [each.lang, each.value.trim()]).filter(([, value]) => value));
  }

  function fillForm() {
    const { target, point, by } = parts.claim.fields;
    const chosen = [target.value, point.value, by.value];
    const open = shown.claims.filter((each) => each.start === null);
    const toFill = open.map((each) => option(each.line, word("target_line", each)));
    target.replaceChildren(option("", word("target_new")), ...toFill);
    target.label.hidden = !open.length;
    point.replaceChildren(option("", word("choose")), ...shown.points.map((each) => option(each.id, each.name)));
    by.replaceChildren(...shown.voices.map((each) => option(each.id, each.name || word("own"))));
    [target, point, by].forEach((each, at) => {
      each.value = chosen[at];
      if (each.selectedIndex < 0) each.selectedIndex = 0;
    });
    fillGlosses();
    update();
  }

  // What is selected becomes a proposal, once the selection rests.
  let resting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(resting);
    resting = setTimeout(selected, 150);
  });

  async function selected() {
    const selection = getSelection();
    if (!panel || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!parts.text.contains(range.startContainer) || !parts.text.contains(range.endContainer)) return;
    const start = indexOf(range.startContainer, range.startOffset);
    const end = indexOf(range.endContainer, range.endOffset);
    if (start >= end) return;
    const answer = await askOnce({ start, end });
    if (answer?.places.length) propose(answer.places[0]);
  }

  // The index of a place in the text, in characters as the preview counts them.
  function indexOf(node, offset) {
    const element = node.nodeType === 1 ? node : node.parentElement;
    const item = element.closest("li");
    if (!item) return length(text) * (offset > 0);
    const range = document.createRange();
    range.setStart(item, 0);
    range.setEnd(node, offset);
    return Number(item.dataset.start) + length(range.toString());
  }

  async function askOnce(what) {
    asked += 1;
    const mine = asked;
    const answer = await ask("locate", { article: shown.article, ...what });
    return panel && mine === asked ? answer : null;
  }

  async function look() {
    const words = parts.words.value.trim();
    if (!words) return;
    const answer = await askOnce({ words });
    if (!answer) return;
    const { places, found } = answer;
    const key = found ? (places.length === 1 ? "found_one" : "found_many") : places.length ? "found_near" : "found_none";
    const list = places.map((each) => {
      const choose = make("button", "_preview_button", `${word("line", each)} · ${each.words.replaceAll("\n", " ")}`);
      choose.type = "button";
      choose.addEventListener("click", () => choosePlace(each));
      return make("li", "", choose);
    });
    parts.places.replaceChildren(make("p", "", word(key, { n: places.length })), make("ol", "_preview_list", ...list));
    if (found && places.length === 1) choosePlace(places[0]);
  }

  function choosePlace(place) {
    propose(place);
    const range = rangeOf(place);
    if (!range) return;
    range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    CSS.highlights?.set("_preview_found", new Highlight(range));
  }

  function rangeOf(place) {
    const range = document.createRange();
    const walker = document.createTreeWalker(parts.text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const start = indexOf(node, 0);
      const signs = [...node.data];
      const offset = (index) => signs.slice(0, index - start).join("").length;
      if (start <= place.start && place.start < start + signs.length) range.setStart(node, offset(place.start));
      if (start < place.end && place.end <= start + signs.length) return range.setEnd(node, offset(place.end)), range;
    }
    return null;
  }

  function propose(place) {
    proposal = place;
    tell(place.passage ? null : { refused: "no_locator" });
    parts.claim.hidden = !place.passage;
    update();
  }

  // A value as it is written between braces: in quotes where it needs some.
  function scalar(words) {
    if (PLAIN.test(words) || /^[[{"']/.test(words)) return words;
    return /["\\]/.test(words) ? `'${words.replaceAll("'", "''")}'` : `"${words}"`;
  }

  function passageOf() {
    const gloss = Object.entries(glossOf()).map(([code, words]) => `${code}: ${scalar(words)}`);
    if (!gloss.length) return proposal.at;
    const fields = proposal.at.startsWith("{") ? proposal.at.slice(1, -1) : `start: ${proposal.at}`;
    return `{${fields}, gloss: {${gloss.join(", ")}}}`;
  }

  function lineOf() {
    const { target, point, says, mentions, by } = parts.claim.fields;
    if (target.value) return `at: ${passageOf()}`;
    const value = mentions.checked ? "mentions: true" : `says: ${says.value.trim() ? scalar(says.value.trim()) : "…"}`;
    const voice = by.value && by.value !== "own" ? `, by: ${by.value}` : "";
    return `- {point: ${point.value || "…"}, ${value}${voice}, at: ${passageOf()}}`;
  }

  const isDraft = ({ point, says, mentions }) => !(point.value && (mentions.checked || says.value.trim()));

  function update() {
    if (!proposal?.passage) return;
    const { fields } = parts.claim;
    const point = shown.points.find((each) => each.id === fields.point.value);
    fields.rest.hidden = fields.target.value !== "";
    fields.says.disabled = fields.mentions.checked;
    fields.options.replaceChildren(...(point?.options ?? []).map((each) => option(each.id, each.name)));
    const names = (point?.options ?? []).map((each) => `${each.id} (${each.name})`).join(", ");
    fields.hint.textContent = [point && word(`hint_${point.kind}`), names].filter(Boolean).join(" ");
    fields.line.textContent = lineOf();
    fields.write.textContent = word(!fields.target.value && isDraft(fields) ? "write_draft" : "write");
  }

  function edit() {
    const { target, point, says, mentions, by } = parts.claim.fields;
    const at = { ...proposal.passage, gloss: glossOf() };
    if (target.value) return { type: "set-passage", line: Number(target.value), at };
    const voice = by.value === "own" ? null : by.value;
    return { type: "add-claim", point: point.value || null, says: says.value || null, mentions: mentions.checked, by: voice, at };
  }

  async function write() {
    if (!proposal?.passage || parts.claim.hidden) return;
    const { lead, digest } = shown;
    const answer = await post("edit", { path: lead, digest, what: edit() });
    tell(answer);
    if (answer.refused) return;
    parts.claim.hidden = true;
    proposal = null;
    Object.assign(parts.claim.fields.says, { value: "" });
    parts.claim.fields.mentions.checked = false;
    parts.claim.fields.point.value = "";
    clearGlosses();
  }

  async function undo(told) {
    tell({ ...(await post("undo", { undo: told.undo })), isUndone: true });
    parts.text.focus();
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(lineOf());
      tell({ message: "copied" });
    } catch {
      tell({ refused: "not_copied" });
    }
  }

  // What came of it: what was written, with a button that undoes it, or why nothing was.
  function tell(told) {
    remember({ told: told?.undo ? told : null });
    if (!told) return parts.told.replaceChildren();
    const name = told.path?.split("/").pop();
    const key = told.refused ?? told.message ?? (told.isUndone ? "undone" : "written");
    const more = (told.problems ?? []).map(({ message, cure }) => {
      const english = make("span", "_preview_problem", `${message}: ${cure}`);
      english.lang = "en";
      return english;
    });
    parts.told.replaceChildren(make("span", "", word(key, { name, line: told.line })), ...more);
    parts.told.classList.toggle("_preview_refused", Boolean(told.refused));
    if (told.undo) parts.told.append(" ", button("undo", () => undo(told)));
  }

  function refresh() {
    restore();
    if (panel && shown) load(shown.article);
  }

  return { open, refresh };
};
