// Short text: one field to type in.
WIDGETS.short_text = {
  how: () => "",
  keys: () => "Type the answer",

  ask(root, view, given, changed) {
    const input = textField({ maxlength: view.longest, placeholder: " " }, given, () => changed(WIDGETS.short_text.given(root)));
    root.replaceChildren(make("label", { class: "ask written" }, make("span", { class: "name", text: "Your answer" }), input));
  },

  given: (root) => root.querySelector("input").value.trim() || null,
  lock: hold,
  press: (root, key) => typeInto(root.querySelector("input"), key),

  review(root, view) {
    const same = (text) => view.yours != null && text.toLowerCase() === view.yours.toLowerCase();
    const others = (view.accepted ? [view.right, ...view.others] : view.others).filter((text) => !same(text) && text !== view.spelt);
    const notes = [view.spelt && make("b", { text: `It is spelt ${view.spelt}.` }), others.length && `Also right: ${others.join(", ")}`].filter(Boolean);
    const list = make("ul", { class: "options told-options plain" });
    toldAnswer(list, { ...view, notes });
    root.replaceChildren(list);
  },
};
