// Cloze: a text with gaps to type in or to choose for.
const STOPS = /^[.,;:!?)\]’”"]+/;  // stay on the line of their gap

WIDGETS.cloze = {
  how: (view) => (view.gaps.length > 1 ? "Fill the gaps." : "Fill the gap."),
  keys: (view) => (view.gaps.every((gap) => gap.options) ? "Arrow keys choose, Tab goes on and to the button" : "Tab to the next gap"),

  ask(root, view, given, changed) {
    const told = () => changed(WIDGETS.cloze.given(root));
    root.replaceChildren(make("div", { class: "ask cloze", role: "group", "aria-label": "Text with gaps" }, ...view.parts.map((part, at) => {
      if (typeof part === "string") return at ? part.replace(STOPS, "") : part;
      const gap = view.gaps[part];
      const name = { "aria-label": `Gap ${part + 1} of ${view.gaps.length}`, "data-gap": part };
      const field = gap.options ? dropDown(gap.options, name, given && given[part], told) : textField({ ...name, maxlength: gap.longest, placeholder: " " }, given && given[part], told);
      const next = view.parts[at + 1];
      return make("span", { class: "gap" }, field, typeof next === "string" && (next.match(STOPS) || [""])[0]);
    })));
  },

  given(root) {
    const gaps = [];
    root.querySelectorAll(".field").forEach((field) => {
      gaps[field.dataset.gap] = field.value.trim() === "" ? null : field.localName === "select" ? Number(field.value) : field.value.trim();
    });
    return gaps.some((gap) => gap !== null) ? gaps : null;
  },

  lock: hold,
  press(root, key) {
    const next = [...root.querySelectorAll(".field")].find((field) => !field.value.trim());
    return !!next && next.localName === "input" && typeInto(next, key);
  },

  review(root, view) {
    const kind = (gap) => (gap.correct ? "right" : gap.yours == null ? "none" : "wrong");
    const list = make("ol", { class: "options told-options" });
    view.gaps.forEach((gap, place) => toldAnswer(list, { ...gap, lead: place + 1, accepted: gap.correct }));
    root.replaceChildren(make("p", { class: "cloze" }, ...view.parts.map((part) => (typeof part === "string" ? part
      : make("span", { class: `filled ${kind(view.gaps[part])}` }, make("small", { text: part + 1 }), view.gaps[part].right)))), list);
  },
};
