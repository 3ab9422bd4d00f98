// A translation, best beside its original: each part can be written in place, and what is behind is marked. What is typed is
// never lost: a part that somebody else saves, moves or takes out meanwhile keeps its editor, and a page that is loaded
// again in this window has it, too. client.js takes the function below, and its tools know the token.
window.previewTranslator = ({ make, word, ask, post, language, base }) => {
  const REMEMBERED = "_preview_translator";
  const BEHIND = ["changed", "added", "removed"];
  const IN_BAR = "bar"; // the key of what is told there
  const holders = new Map(); // what stands on the page for each part, by key
  const remembered = { drafts: {}, told: {}, ...JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "{}") };
  const { drafts, told } = remembered;
  let view = { texts: [], beginnings: [] };
  let page = null;
  let wantsFocus = null;
  let hadFocus = null;
  let opened = 0;
  let shownInBar = null;

  const remember = () => sessionStorage.setItem(REMEMBERED, JSON.stringify(remembered));
  const keyOf = (path, part, isNew = false) => `${path} ${part}${isNew ? "+" : ""}`;
  const isDirty = (key) => key in drafts && drafts[key].text !== drafts[key].source;
  const nameOf = (code) => new Intl.DisplayNames([language()], { type: "language" }).of(code);

  // Vietnamese has a capital at the head of a line only: "dịch sang tiếng Anh".
  const amidWords = (name) => (language() === "vi" ? name.replace(/^Tiếng /, "tiếng ") : name);

  function button(key, act, kind = "") {
    const made = make("button", `_preview_button ${kind}`, word(key));
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  async function refresh(name) {
    if (!name) return;
    page = name;
    const answer = await ask("translator", { page });
    if (answer.refused) return;
    view = answer;
    show();
  }

  // Every part of the view, by key; and, of a text whose changes have no place, one for all of it.
  function wantedParts() {
    const all = new Map();
    for (const text of view.texts) {
      if (!text.is_known || !text.is_placed) all.set(keyOf(text.path, "all"), { text, part: null });
      for (const part of text.parts) all.set(keyOf(text.path, part.part, part.is_new), { text, part });
    }
    return all;
  }

  function show() {
    const wanted = wantedParts();
    for (const holder of [...holders.values()]) follow(holder, wanted);
    for (const [key, { text, part }] of wanted) {
      const holder = holders.get(key) ?? makeHolder(key);
      Object.assign(holder, { text, part, isGone: false });
      attach(holder);
      update(holder);
      if (!holder.editor && drafts[key]?.open) openEditor(holder, { focus: false });
    }
    for (const [key, holder] of holders) {
      if (wanted.has(key)) continue;
      if (holder.editor) {
        holder.isGone = true;
        attach(holder);
        update(holder);
      } else {
        holder.element.remove();
        holders.delete(key);
      }
    }
    const target = holders.get(wantsFocus);
    if (!target) return;
    wantsFocus = null;
    if (document.activeElement === document.body) target.button.focus();
  }

  // An open editor goes where the words that it was opened on stand now.
  function follow(holder, wanted) {
    const source = drafts[holder.key]?.source;
    if (!holder.editor || !source || wanted.get(holder.key)?.part?.source === source) return;
    const same = [...wanted].filter(([, { text, part }]) => text.path === holder.text.path && part?.source === source);
    if (same.length !== 1 || same[0][0] in drafts) return;
    const [key] = same[0];
    holders.get(key)?.element.remove();
    holders.delete(holder.key);
    drafts[key] = drafts[holder.key];
    delete drafts[holder.key];
    holder.key = key;
    holders.set(key, holder);
    remember();
  }

  function makeHolder(key) {
    const holder = { key, editor: null, isGone: false };
    holder.about = make("div", "_preview_about_part");
    holder.button = button("edit", () => openEditor(holder), "_preview_edit");
    holder.told = make("p", "_preview_outcome");
    holder.told.setAttribute("role", "status");
    holder.element = make("div", "_preview _preview_part", holder.about, holder.button, holder.told);
    holder.element.addEventListener("focusin", (event) => (hadFocus = event.target));
    holder.element.addEventListener("focusout", ({ target }) => setTimeout(() => left(holder, target)));
    holders.set(key, holder);
    return holder;
  }

  // What is taken out of the page by a refresh was not left by the reader.
  function left({ element }, target) {
    if (hadFocus === target && element.isConnected) hadFocus = null;
  }

  // Puts what stands for a part below it. What is moved keeps the focus.
  function attach(holder) {
    const { element } = holder;
    const [parent, before] = spotOf(holder);
    if (!parent || (element.isConnected && element.parentElement === parent)) return;
    const focused = element.contains(hadFocus) ? hadFocus : null;
    parent.insertBefore(element, before);
    if (document.activeElement === document.body) focused?.focus({ preventScroll: true });
  }

  // Where a part is shown: an element, and which of its children comes next; null: it is the last.
  function spotOf({ text, part, isGone }) {
    const side = text.column ? "facing_second" : "facing_first";
    const prose = document.querySelector(".prose");
    const heading = document.querySelector("main h1");
    if (isGone) return [prose ?? document.querySelector("main"), null];
    if (part && part.part === "dek") {
      const dek = document.querySelector(`:is(.${side}, main:not(:has(.facing_page))) .lede`);
      if (dek) return [dek.parentElement, dek.nextSibling];
    }
    if (!part || part.part === "title" || part.part === "dek") return [heading?.parentElement, behind(heading)];
    const row = `#_p${Math.max(part.row, 1)}`;
    const cell = document.querySelector(`${row} > .${side}, .prose_block${row}`);
    if (!cell) return [prose, null];
    return [cell, part.row ? null : cell.firstChild];
  }

  function behind(element) {
    let next = element?.nextSibling ?? null;
    while (next?.nodeType === 1 && next.matches("._preview_part")) next = next.nextSibling;
    return next;
  }

  const isBehind = ({ part, isGone }) =>
    !isGone && (!part || part.is_new || part.is_untouched || BEHIND.includes(part.change?.kind));

  function update(holder) {
    const { element, part, text, key } = holder;
    element.lang = language();
    element.classList.toggle("_preview_behind", isBehind(holder));
    holder.about.replaceChildren(...aboutPart(holder));
    const label = word(part?.is_new ? "add_paragraph" : part ? "edit" : "all_right");
    holder.button.textContent = label;
    holder.button.setAttribute("aria-label", `${label}: ${partName(holder)}, ${amidWords(nameOf(text.language))}`);
    holder.button.hidden = holder.editor !== null;
    showTold(holder.told, told[key], (answer) => {
      told[key] = answer;
      remember();
      update(holder);
      holder.button.focus();
    });
    if (holder.editor) updateEditor(holder);
    const isQuiet = !holder.editor && !holder.about.childElementCount && !holder.told.childElementCount;
    element.classList.toggle("_preview_quiet", isQuiet);
  }

  function partName({ part, text }) {
    if (!part) return text.path.split("/").pop();
    return part.part === "title" || part.part === "dek" ? word(part.part) : word("paragraph", { n: part.part });
  }

  // What is said of a part before it is opened.
  function aboutPart({ text, part, editor }) {
    if (editor) return [];
    if (part) {
      const untouched = part.is_untouched ? word("untouched") : "";
      const about = part.change ? became(part.change) : part.is_new ? word("missing_here") : untouched;
      return about ? [make("p", "", about)] : [];
    }
    const name = text.path.split("/").pop();
    const key = text.is_known ? "not_placed" : "not_known";
    return [make("p", "", word(key, { name })), ...text.changes.map((change) => changed(change, text))];
  }

  const became = (change) => word(`became_${change.kind}`, { was: change.was.join(", "), n: change.numbers.join(", ") });

  // What has become of a part of the original: the words that differ, then all of them.
  function changed(change, text) {
    const lines = change.differences.map(({ kind, old, new: now }) => {
      const line = make("li", "", kind ? `${word(`kind_${kind}`)} ` : "");
      if (old) line.append(original("del", old, text));
      if (old && now) line.append(" → ");
      if (now) line.append(original("ins", now, text));
      return line;
    });
    if (change.more) lines.push(make("li", "", word("more", { n: change.more })));
    const block = make("div", "_preview_changed", make("p", "", became(change)));
    if (lines.length) block.append(make("ul", "_preview_list", ...lines));
    if (change.then === null) block.append(make("p", "", word("then_unknown")));
    const versions = [["then", change.then], ["now", change.now]].filter(([, words]) => words);
    block.append(...versions.map(([key, words]) => make("p", "", `${word(key)}: `, original("span", words, text))));
    return block;
  }

  function original(name, words, text) {
    const shown = make(name, "", words);
    shown.lang = text.original_language;
    shown.dir = "auto";
    return shown;
  }

  function openEditor(holder, { focus = true } = {}) {
    if (!holder.part) return acknowledge(holder, []);
    const { key, part } = holder;
    if (!holder.editor) {
      drafts[key] ??= { text: part.source, source: part.source };
      drafts[key].open = true;
      delete told[key];
      remember();
      buildEditor(holder);
      update(holder);
    }
    if (focus) {
      const { area } = holder.editor;
      area.focus();
      area.setSelectionRange(area.value.length, area.value.length);
      holder.element.scrollIntoView({ block: "nearest" });
    }
  }

  function buildEditor(holder) {
    const { key, part, text } = holder;
    const area = make("textarea", "");
    Object.assign(area, { value: drafts[key].text, rows: 4 });
    Object.assign(area, { lang: text.language, dir: "auto", spellcheck: true });
    const check = Object.assign(make("input", ""), { type: "checkbox", checked: true });
    const editor = {
      area,
      check,
      change: make("div", ""),
      disk: make("div", "_preview_disk"),
      note: make("label", "_preview_check", check, make("span", "", word("note_right"))),
      right: button("still_right", () => acknowledge(holder, holder.part.notes)),
      out: button("take_out", () => write(holder, "")),
      reset: button("as_in_file", () => reset(holder)),
      status: make("p", "_preview_outcome _preview_refused"),
    };
    const save = button("save", () => {}, "_preview_save");
    save.type = "submit";
    editor.status.setAttribute("role", "alert");
    opened += 1;
    editor.change.id = `_preview_change_${opened}`;
    editor.disk.id = `_preview_disk_${opened}`;
    area.setAttribute("aria-describedby", `${editor.change.id} ${editor.disk.id}`);
    editor.acts = make("div", "_preview_acts", save, editor.right, editor.out, editor.reset, button("cancel", () => cancel(holder)));
    const label = word("words_of_part", { part: partName(holder), language: nameOf(text.language) });
    const labelled = make("label", "", make("span", "", label), area);
    editor.form = make("form", "_preview_editor", editor.change, editor.disk, labelled, editor.note, editor.acts, editor.status);
    editor.form.addEventListener("submit", (event) => (event.preventDefault(), write(holder, area.value)));
    editor.form.addEventListener("keydown", (event) => keyed(event, holder));
    area.addEventListener("input", () => {
      drafts[holder.key].text = area.value;
      editor.reset.hidden = holder.part.is_new || !isDirty(holder.key);
      remember();
    });
    holder.editor = editor;
    holder.element.append(editor.form);
  }

  function keyed(event, holder) {
    if (event.isComposing) return;
    if (event.key === "Escape") cancel(holder);
    else if (event.key === "Enter" && isSaving(event, holder)) write(holder, holder.editor.area.value);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // A title has one line: in its field, the key that begins another one saves it.
  const isSaving = ({ ctrlKey, metaKey, target }, { part, editor }) =>
    ctrlKey || metaKey || (target === editor.area && ["title", "dek"].includes(part.part));

  // What an open editor says of the file as it is now; what is typed stays.
  function updateEditor(holder) {
    const { editor, part, text, key, isGone } = holder;
    const { change, notes } = part;
    const says = !text.is_beside && part.original ? [make("p", "", `${word("original_says")}: `, original("span", part.original, text))] : [];
    editor.change.replaceChildren(...(change ? [changed(change, text)] : says));
    editor.note.hidden = !notes.length || part.is_new;
    editor.right.hidden = !notes.length || part.is_new || isGone;
    editor.out.hidden = change?.kind !== "removed" || !text.is_placed || !part.row || isGone;
    editor.reset.hidden = part.is_new || !isDirty(key);
    const words = make("pre", "", part.source);
    words.lang = text.language;
    const other = !isGone && part.source !== drafts[key].source;
    const told = isGone ? [make("p", "", word("part_gone"))] : other ? [make("p", "", word("on_disk")), words] : [];
    editor.disk.replaceChildren(...told);
  }

  function reset(holder) {
    drafts[holder.key] = { text: holder.part.source, source: holder.part.source, open: true };
    holder.editor.area.value = holder.part.source;
    holder.editor.status.textContent = "";
    holder.editor.area.focus();
    remember();
    updateEditor(holder);
  }

  // Shuts an editor. What was typed is kept for the next time, unless nothing was.
  function cancel(holder) {
    const { key } = holder;
    if (isDirty(key)) {
      drafts[key].open = false;
      told[key] = { message: "put_away" };
    } else delete drafts[key];
    shut(holder);
  }

  function shut(holder) {
    holder.editor?.form.remove();
    holder.editor = null;
    remember();
    update(holder);
    holder.button.focus();
  }

  function write(holder, words) {
    const { part, text, editor } = holder;
    const { original_digest: original } = text;
    const what = part.is_new
      ? { type: "add-paragraph", paragraph: Number(part.part), text: words, original }
      : { type: "write-part", part: part.part, text: words, notes: editor.check.checked, original };
    return send(holder, what, landing(holder, words));
  }

  const acknowledge = (holder, parts) =>
    send(holder, { type: "ack", parts, original: holder.text.original_digest }, landing(holder, null));

  // The part at which it is told what came of an edit of another, which may then be none any more.
  function landing({ text, part, key }, words) {
    if (!part) return keyOf(text.path, "title");
    if (part.is_new) return keyOf(text.path, part.change ? part.row + 1 : part.part);
    if (words === "" && part.row) return keyOf(text.path, part.row > 1 ? part.row - 1 : "title");
    return key;
  }

  async function send(holder, what, there) {
    if (holder.isSending) return;
    holder.isSending = true;
    const { path, digest } = holder.text;
    const answer = await post("edit", { path, digest, what });
    holder.isSending = false;
    if (answer.refused) return refused(holder, answer);
    delete drafts[holder.key];
    delete told[holder.key];
    told[there] = answer.undo ? answer : { message: "unchanged" };
    wantsFocus = there === holder.key ? null : there;
    shut(holder);
    if (wantsFocus) document.activeElement.blur();
    await refresh(page);
  }

  async function refused(holder, answer) {
    if (holder.editor) showTold(holder.editor.status, answer);
    else {
      told[holder.key] = answer;
      update(holder);
    }
    if (answer.refused === "refused_saved") await refresh(page);
  }

  // What came of it: what was written, with a button that undoes it, or why nothing was.
  function showTold(place, answer, undone) {
    place.classList.toggle("_preview_refused", Boolean(answer?.refused));
    if (!answer) return place.replaceChildren();
    const name = answer.path?.split("/").pop();
    const done = answer.noted ? "written_noted" : "written";
    const key = answer.refused ?? (answer.isUndone ? "undone" : (answer.message ?? done));
    const more = (answer.problems ?? []).map(({ message, cure }) => {
      const english = make("span", "_preview_problem", `${message}: ${cure}`);
      english.lang = "en";
      return english;
    });
    place.replaceChildren(make("span", "", word(key, { name, line: answer.line })), ...more);
    if (!answer.undo) return;
    const undo = async () => undone({ ...(await post("undo", { undo: answer.undo })), isUndone: true, undo: "" });
    place.append(" ", button("undo", undo));
  }

  // Goes to the next part that is behind, after the place of the focus; if none is, to what lets readers see the text.
  function next() {
    const all = [...holders.values()].filter(isBehind);
    if (!all.length) return readable.querySelector("button")?.focus();
    const order = (one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
    all.sort((one, other) => order(one.element, other.element));
    const here = document.activeElement;
    const isPast = ({ element }) => !element.contains(here) && order(here, element) < 0;
    const target = (here === document.body || here.closest("._preview_bar") ? null : all.find(isPast)) ?? all[0];
    const shown = target.element.closest(".facing_pair")?.querySelector(".facing_reveal input");
    if (shown) shown.checked = true;
    target.element.scrollIntoView({ block: "center" });
    (target.editor?.area ?? target.button).focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyN") return;
    if (!nextButton.isConnected && !readable.isConnected) return;
    event.preventDefault();
    next();
  });

  const nextButton = make("button", "_preview_button _preview_next");
  nextButton.type = "button";
  nextButton.setAttribute("aria-keyshortcuts", "Alt+N");
  nextButton.addEventListener("click", next);
  const beginning = make("div", "_preview_begin");
  const readable = make("div", "_preview_begin");
  const MANY = 2; // more buttons than these are folded
  const barTold = make("p", "_preview_outcome");
  barTold.setAttribute("role", "status");

  // Adds to the bar of the preview what leads to the parts that are behind, and what begins a translation.
  function addTo(bar) {
    const count = [...holders.values()].filter(isBehind).length;
    if (count) {
      nextButton.textContent = word("next_behind", { n: count });
      if (nextButton.parentElement !== bar) bar.insertBefore(nextButton, bar.querySelector("._preview_status"));
    } else nextButton.remove();
    showReadable(bar);
    const wanted = view.beginnings.map(({ path, digest, language: code }) => `${path} ${digest} ${code}`).join("\n");
    if (beginning.dataset.shown !== wanted) fillBeginning(wanted);
    showInBar();
    for (const [part, isShown] of [[beginning, view.beginnings.length], [barTold, told[IN_BAR]?.page === page]]) {
      if (!isShown) part.remove();
      else if (part.parentElement !== bar) bar.insertBefore(part, bar.querySelector("._preview_status"));
    }
  }

  // A draft of which nothing is left to be written can be given to readers.
  function showReadable(bar) {
    const done = view.texts.filter((text) => text.is_draft && ![...holders.values()].some((each) => each.text.path === text.path && isBehind(each)));
    const wanted = done.map(({ path }) => path).join("\n");
    if (readable.dataset.shown !== wanted) {
      readable.dataset.shown = wanted;
      const buttons = done.map(({ path }) => {
        const made = button("let_read", () => letRead(path));
        made.textContent = word("let_read", { name: path.split("/").pop() });
        return made;
      });
      readable.replaceChildren(...buttons);
    }
    if (!done.length) readable.remove();
    else if (readable.parentElement !== bar) bar.insertBefore(readable, bar.querySelector("._preview_status"));
  }

  async function letRead(path) {
    const digest = view.texts.find((text) => text.path === path)?.digest ?? "";
    const answer = await post("edit", { path, digest, what: { type: "show-translation" } });
    tellInBar({ ...answer, page, ...(answer.refused ? {} : { message: "no_draft" }) });
  }

  function fillBeginning(wanted) {
    beginning.dataset.shown = wanted;
    const buttons = view.beginnings.map((each) => {
      const made = button("begin", () => begin(each));
      made.textContent = word("begin", { language: amidWords(nameOf(each.language)) });
      return made;
    });
    const all = make("div", "", ...buttons);
    const folded = make("details", "", make("summary", "", word("begin_one")), all);
    beginning.replaceChildren(buttons.length > MANY ? folded : all);
  }

  function showInBar() {
    const answer = told[IN_BAR];
    if (answer?.page !== page || answer === shownInBar) return;
    shownInBar = answer; // what is made again loses the focus
    showTold(barTold, answer, (undone) => tellInBar({ ...undone, page }));
    if (!answer.facing || answer.isUndone) return;
    const link = make("a", "_preview_place", word("beside"));
    link.href = base() + answer.facing;
    barTold.querySelector("button")?.before(link, " ");
  }

  async function begin({ path, digest, language: wanted, facing }) {
    const answer = await post("edit", { path, digest, what: { type: "begin-translation", language: wanted } });
    tellInBar({ ...answer, page, ...(answer.refused ? {} : { facing, message: "begun" }) });
  }

  function tellInBar(answer) {
    told[IN_BAR] = answer;
    remember();
    const bar = document.querySelector("._preview_bar");
    if (bar) addTo(bar);
    (barTold.querySelector("a") ?? barTold.querySelector("button") ?? barTold).focus();
  }

  return { refresh, addTo };
};
