// The list of questions. Every match is here as data; in the page are only the rows that can be seen, and the one that
// the keyboard is at.
const LISTS = new WeakMap();
const KEPT = "questions-list";
const ROOM = 8;  // rows beyond the edge, so that a quick thumb meets no blank
const WIDE = 760;
const ID = 0, TITLE = 1, TOPIC = 2, KIND = 3, STATUS = 4, SUGGESTIONS = 5, ANSWERS = 6, SHARE = 7, REPORTS = 8, WAITS = 9, DIFFERS = 10, CHANGED = 11;
const COLUMNS = ["title", "topic", "kind", "status", "share", "suggestions", "changed"];
// what is sought by hand is best seen from the top
const FALLING = new Set(["changed", "suggestions", "answers", "share"]);

const many = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;
const shareOf = (list, row) => (row[ANSWERS] < list.data.fewest ? "too few answers" : `${row[SHARE]} % of ${row[ANSWERS]}`);
const marksOf = (row) => [
  row[REPORTS] ? many(row[REPORTS], "open report") : "",
  row[WAITS] ? "a new version waits for approval" : "",
  row[DIFFERS] ? "file and app differ" : "",
].filter(Boolean).join(" · ");
const dayOf = (list, row) => {
  const at = new Date(row[CHANGED] * 1000);
  return (list.year.format(at) === list.thisYear ? list.day : list.longDay).format(at);
};
const address = (list, row) => `${location.pathname.replace(/[^/]*\/?$/, "")}${list.data.opens}?question=${encodeURIComponent(row[ID])}`;

const lineOf = (list, index) => {
  const { data } = list;
  const row = data.rows[index];
  const line = make("div", { class: "line", role: "row", "aria-rowindex": index + 2 });
  line.index = index;
  const box = make("input", { type: "checkbox", "aria-label": `Select: ${row[TITLE]}` });
  const link = data.opens ? make("a", { href: address(list, row), text: row[TITLE] }) : make("a", { text: row[TITLE] });
  const marks = marksOf(row);
  const what = make("div", { class: marks && list.wide ? "what marked" : "what", role: list.wide ? "rowheader" : "gridcell" }, link);
  line.append(make("div", { class: "pick", role: "gridcell" }, make("label", {}, box)), what);
  const texts = [data.topics[row[TOPIC]] || row[TOPIC], data.kinds[row[KIND]] || row[KIND], data.statuses[row[STATUS]]];
  if (marks) what.append(make("span", { class: "marks", text: marks }));
  if (list.wide) {
    for (const text of texts) line.append(make("div", { class: "cell", role: "gridcell", text }));
    const few = row[ANSWERS] < data.fewest;
    line.append(
      make("div", { class: "cell", role: "gridcell" }, make("span", { class: few ? "few" : "", text: shareOf(list, row) })),
      make("div", { class: "cell", role: "gridcell" }, row[SUGGESTIONS] ? make("span", { text: row[SUGGESTIONS] }) : make("span", { class: "soft", text: "none" })),
      make("div", { class: "cell soft", role: "gridcell", text: dayOf(list, row) }),
    );
  } else {
    if (row[SUGGESTIONS]) texts.push(many(row[SUGGESTIONS], "suggestion"));
    what.append(make("span", { class: "meta", text: texts.join(" · ") }), make("span", { class: "meta", text: `${row[ANSWERS] < data.fewest ? "Too few answers" : `${shareOf(list, row)} right`} · ${dayOf(list, row)}` }));
  }
  dress(list, line);
  return line;
};

// What changes about a row while it stands: whether it is picked, and whether Tab comes to it.
const dress = (list, line) => {
  const picked = list.picked.has(list.data.rows[line.index][ID]);
  line.classList.toggle("picked", picked);
  line.setAttribute("aria-selected", String(picked));
  line.querySelector("input").checked = picked;
  for (const one of line.querySelectorAll("input, a")) one.tabIndex = line.index === list.at ? 0 : -1;
};

const draw = (list) => {
  const { grid, rows, data } = list;
  const above = list.wide ? list.head.offsetHeight : 0;
  const first = Math.max(0, Math.floor((grid.scrollTop - above) / list.height) - ROOM);
  const last = Math.min(data.rows.length, Math.ceil((grid.scrollTop + grid.clientHeight) / list.height) + ROOM);
  const wanted = (index) => (index >= first && index < last) || index === list.at;
  for (const [index, line] of list.lines) if (!wanted(index)) { line.remove(); list.lines.delete(index); }
  const add = (index) => {
    if (list.lines.has(index) || index >= data.rows.length) return;
    const line = lineOf(list, index);
    line.style.top = `${index * list.height}px`;
    const behind = [...rows.children].find((one) => one.index > index);
    rows.insertBefore(line, behind || null);
    list.lines.set(index, line);
  };
  for (let index = first; index < last; index += 1) add(index);
  add(list.at);
};
const again = (list) => {
  for (const line of list.lines.values()) line.remove();
  list.lines.clear();
  draw(list);
};

const drawHead = (list) => {
  const { data } = list;
  const line = list.head.firstElementChild;
  line.replaceChildren(make("div", { class: "pick", role: "columnheader" }, make("label", {}, list.every)));
  for (const name of COLUMNS) {
    const here = data.sort === name;
    const button = make("button", { type: "button", text: data.columns[name] });
    button.addEventListener("click", () => sortBy(list, name, here ? !data.down : FALLING.has(name)));
    line.append(make("div", { class: "cell", role: "columnheader", "aria-sort": here ? (data.down ? "descending" : "ascending") : "none" }, button));
  }
  const chooser = list.root.querySelector("select");
  chooser.replaceChildren(...Object.entries(data.columns).map(([value, text]) => make("option", { value, text, selected: value === data.sort })));
  const turn = list.root.querySelector(".turn");
  turn.classList.toggle("down", data.down);
  turn.setAttribute("aria-label", data.down ? "Falling: turn the order round" : "Rising: turn the order round");
};
const sortBy = (list, sort, down) => list.trigger("act", { act: "sort", sort, down });

const tell = (list) => {
  const number = list.picked.size;
  const bar = list.root.querySelector(".chosen");
  bar.hidden = !number;
  const words = number ? `${number} selected` : "";
  if (bar.firstElementChild.textContent !== words) bar.firstElementChild.textContent = words;
  const all = number > 0 && number === list.data.rows.length;
  for (const one of [list.every, list.root.querySelector(".every input")]) {
    one.checked = all;
    one.indeterminate = number > 0 && !all;
    one.setAttribute("aria-label", `Select all ${list.data.rows.length}`);
  }
  for (const line of list.lines.values()) dress(list, line);
};
const pick = (list, index, on, through = index) => {
  for (let one = Math.min(index, through); one <= Math.max(index, through); one += 1) {
    const id = list.data.rows[one][ID];
    if (on) list.picked.add(id); else list.picked.delete(id);
  }
  list.anchor = index;
  tell(list);
};
const pickAll = (list, on) => {
  list.picked = new Set(on ? list.data.rows.map((row) => row[ID]) : []);
  tell(list);
};

// Open without loading the page anew: what Streamlit does when one goes back or on, so that Back comes back here.
const open = (list, index) => {
  const row = list.data.rows[index];
  if (!list.data.opens || !row) return;
  keep(list, row[ID]);
  history.pushState(null, "", address(list, row));
  window.dispatchEvent(new PopStateEvent("popstate", { state: null }));
};
const keep = (list, id) => {
  try { sessionStorage.setItem(KEPT, JSON.stringify({ search: list.data.search, top: list.grid.scrollTop, id })); } catch { /* private mode */ }
};
const kept = (list) => {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    return found && found.search === list.data.search ? found : null;
  } catch { return null; }
};

const goTo = (list, index, column) => {
  list.at = Math.max(0, Math.min(list.data.rows.length - 1, index));
  draw(list);
  const top = list.at * list.height;
  const above = list.wide ? list.head.offsetHeight : 0;
  const { grid } = list;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (top + list.height + above > grid.scrollTop + grid.clientHeight) grid.scrollTop = top + list.height + above - grid.clientHeight;
  draw(list);
  for (const line of list.lines.values()) dress(list, line);
  list.lines.get(list.at).querySelector(column).focus({ preventScroll: true });
};
const onKey = (list, event) => {
  const line = event.target.closest(".rows .line");
  if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
  const column = event.target.matches("input") ? "input" : "a";
  const page = Math.max(1, Math.floor(list.grid.clientHeight / list.height) - 1);
  const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  if (event.key in moves) goTo(list, line.index + moves[event.key], column);
  else if (event.key === "ArrowLeft") goTo(list, line.index, "input");
  else if (event.key === "ArrowRight") goTo(list, line.index, "a");
  else if (event.key === "Enter") open(list, line.index);
  else if (event.key === " ") pick(list, line.index, !list.picked.has(list.data.rows[line.index][ID]));
  else return;
  event.preventDefault();
  event.stopPropagation();
};
const onClick = (list, event) => {
  const line = event.target.closest(".line");
  if (!line || line.index === undefined) return;
  list.at = line.index;
  const box = event.target.closest(".pick");
  if (box) {
    if (event.target.matches("input")) pick(list, line.index, event.target.checked, event.shiftKey && list.anchor !== undefined ? list.anchor : line.index);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;  // a tab or a window of its own, as with any link
  event.preventDefault();
  open(list, line.index);
};

const measure = (list) => {
  const wide = list.root.clientWidth >= WIDE;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const height = Math.round(rem * (wide ? 3.4 : 6.1));
  if (wide === list.wide && height === list.height) return false;
  list.wide = wide;
  list.height = height;
  list.root.classList.toggle("wide", wide);
  list.root.classList.toggle("narrow", !wide);
  list.root.style.setProperty("--h", `${height}px`);
  return true;
};
const resize = (list) => {
  list.rows.style.height = `${list.data.rows.length * list.height}px`;
  list.grid.setAttribute("aria-rowcount", list.data.rows.length + 1);
  again(list);
};

const mount = (root) => {
  const at = (name) => root.querySelector(name);
  const list = { root, grid: at(".grid"), head: at(".head"), rows: at(".rows"), lines: new Map(), picked: new Set(), at: 0, every: make("input", { type: "checkbox" }) };
  let waiting = 0;
  list.grid.addEventListener("scroll", () => { if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; draw(list); }); }, { passive: true });
  list.grid.addEventListener("keydown", (event) => onKey(list, event));
  list.rows.addEventListener("click", (event) => onClick(list, event));
  for (const one of [list.every, at(".every input")]) one.addEventListener("change", () => pickAll(list, one.checked));
  at("select").addEventListener("change", (event) => sortBy(list, event.target.value, FALLING.has(event.target.value)));
  at(".turn").addEventListener("click", () => sortBy(list, list.data.sort, !list.data.down));
  at(".clear").addEventListener("click", () => { pickAll(list, false); list.grid.querySelector("[tabindex='0']")?.focus(); });
  at(".with").addEventListener("click", () => list.trigger("act", { act: "with", ids: [...list.picked], nonce: Math.random() }));
  list.watch = new ResizeObserver(() => { if (list.data && measure(list)) resize(list); });
  list.watch.observe(root);
  return list;
};

export default function ({ data: packed, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".list");
  const fresh = !LISTS.has(root);
  if (fresh) LISTS.set(root, mount(root));
  const list = LISTS.get(root);
  const before = list.data && list.data.search;
  list.trigger = setTriggerValue;
  list.data = unpacked(packed);
  const { data } = list;
  const form = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: data.zone, ...options });
  list.day = form({ day: "numeric", month: "short" });
  list.longDay = form({ month: "short", year: "numeric" });
  list.year = form({ year: "numeric" });
  list.thisYear = list.year.format(new Date());
  // what is not in the list is not selected either
  const here = new Set(data.rows.map((row) => row[ID]));
  list.picked = new Set([...list.picked].filter((id) => here.has(id)));
  measure(list);
  drawHead(list);
  if (before !== data.search) list.at = 0;
  list.at = Math.max(0, Math.min(list.at, data.rows.length - 1));
  resize(list);
  if (fresh) {
    const last = kept(list);
    if (last) {
      list.grid.scrollTop = last.top;
      list.at = Math.max(0, data.rows.findIndex((row) => row[ID] === last.id));
    }
  } else if (before !== data.search) list.grid.scrollTop = 0;
  again(list);
  tell(list);
  return () => { if (!root.isConnected) { list.watch.disconnect(); LISTS.delete(root); } };
}
