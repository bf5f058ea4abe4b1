// Matching: a list to choose from for each line.
WIDGETS.matching = {
  how: () => "Choose what goes with each.",
  keys: () => "Arrow keys choose, Tab goes on and to the button",

  ask(root, view, given, changed) {
    const told = () => changed(WIDGETS.matching.given(root));
    const list = make("fieldset", { class: "ask pairs", "aria-label": "Pairs" }, ...view.lefts.map((text, place) => make("div", { class: "pair" },
      make("label", { class: "left", for: `left-${place}`, text }), dropDown(view.rights, { id: `left-${place}` }, given && given[place], told))));
    root.replaceChildren(list);
  },

  given(root) {
    const places = [...root.querySelectorAll("select")].map((select) => (select.value === "" ? null : Number(select.value)));
    return places.some((place) => place !== null) ? places : null;
  },

  lock: hold,
  press: () => false,

  review(root, view) {
    const said = (kind, text, mark, word) => make("div", { class: `said ${kind}` }, make("span", { class: "text", text }), sign(mark, word));
    const list = make("ul", { class: "options told-options plain told-pairs" }, ...view.pairs.map((pair) => {
      const answered = pair.yours != null;
      const kind = pair.correct ? "right chosen" : answered ? "wrong chosen" : "right missed";
      const lines = pair.correct ? [said("right", pair.right, "right", "Your answer, right")]
        : [answered && said("wrong", pair.yours, "wrong", "Your answer"), said("right", pair.right, "ring", "Right answer")];
      return make("li", { class: `option ${kind}` }, make("div", { class: "row" }, make("span", { class: "left", text: pair.left }), make("div", { class: "lines" }, ...lines)), reason(pair.why));
    }), ...view.extra.map((extra) => make("li", { class: "option" },
      make("div", { class: "row" }, make("span", { class: "text", text: extra.text }), make("span", { class: "sign soft", text: "Goes with none" })), reason(extra.why))));
    root.replaceChildren(list);
  },
};
