// What the kinds with fields share: text fields, lists to choose from, and how an answer is told beside the right one.

// Enter checks from what carries `data-enter`; never from a list, which Enter opens and shuts.
const checksOnEnter = (target) => !!target.matches && target.matches(".answers [data-enter]");

// Streamlit has shortcuts on C and R, and from outside the card a key typed in a field looks like any other.
const keepKeys = (node) => {
  for (const name of ["keydown", "keypress", "keyup"]) node.addEventListener(name, (event) => event.stopPropagation());
  return node;
};

const textField = (attributes, value, changed) => {
  const input = make("input", { type: "text", class: "field", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "go", "data-enter": true, ...attributes });
  input.value = value || "";
  input.addEventListener("input", changed);
  return keepKeys(input);
};

// A key pressed elsewhere in the card starts the answer.
const typeInto = (input, key) => {
  if (!input || input.readOnly || key === " ") return false;
  input.focus();
  input.setRangeText(key, input.value.length, input.value.length, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
};

const dropDown = (texts, attributes, place, changed) => {
  const select = make("select", { class: "field", ...attributes }, make("option", { value: "", text: "Choose …" }), ...texts.map((text, value) => make("option", { value, text })));
  select.value = place ?? "";
  select.addEventListener("change", changed);
  return make("span", { class: "drop" }, keepKeys(select));
};

// A field that is disabled loses the focus: text fields are made read-only, and the others get it back.
const HELD = new WeakMap();
const hold = (root, locked) => {
  const focused = root.getRootNode().activeElement;
  if (locked && root.contains(focused)) HELD.set(root, focused);
  root.querySelectorAll("input").forEach((input) => { input.readOnly = locked; });
  root.querySelectorAll("select, button").forEach((node) => { node.disabled = locked; });
  if (locked || !HELD.has(root)) return;
  const held = HELD.get(root);
  HELD.delete(root);
  if (held.isConnected && (!focused || focused === document.body || focused === held)) held.focus({ preventScroll: true });
};

const reason = (html) => html && make("div", { class: "why prose", html });
const sign = (mark, text) => make("span", { class: "sign" }, icon(mark), text);

const toldAnswer = (list, { lead, yours, accepted, right, why, yours_why: other, notes = [] }) => {
  const row = (kind, text, mark, said, ...reasons) => list.append(make("li", { class: `option ${kind}` },
    make("div", { class: "row" }, lead && make("span", { class: "letter", text: lead }), make("span", { class: "text", text }), sign(mark, said)), ...reasons));
  const told = [...notes.map((note) => make("p", { class: "why note" }, note)), reason(why)];
  if (yours != null && accepted) { row("right chosen", yours, "right", "Your answer, right", ...told); return; }
  if (yours != null) row("wrong chosen", yours, "wrong", "Your answer", reason(other && other.why));
  row("right missed", right, "ring", "Right answer", ...told);
};
