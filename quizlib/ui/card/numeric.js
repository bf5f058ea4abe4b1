// Numeric: a field for a number, its unit beside it.
WIDGETS.numeric = {
  how(view) {
    const units = [view.unit, ...view.units].filter(Boolean);
    const listed = units.length > 1 ? `${units.slice(0, -1).join(", ")} or ${units[units.length - 1]}` : units[0];
    if (view.unit_required) return `Write the number with its unit: ${listed}.`;
    return view.units.length ? `You may write the unit too: ${listed}.` : "";
  },
  keys: () => "Type the number",

  ask(root, view, given, changed) {
    const beside = view.unit_required ? "" : view.unit;
    // A keypad of digits has no letters for units; nor has it always a minus, hence the button.
    const letters = view.units.length || view.unit_required;
    const input = textField({ id: "number", maxlength: 60, placeholder: " ", inputmode: letters ? "text" : "decimal" }, given, () => changed(WIDGETS.numeric.given(root)));
    const turn = make("button", { type: "button", class: "turn", "aria-label": "Change the sign", text: "±" });
    turn.addEventListener("click", () => {
      input.value = /^\s*[-−]/.test(input.value) ? input.value.replace(/^\s*[-−]\s*/, "") : `-${input.value.trimStart()}`;
      input.focus();
      changed(WIDGETS.numeric.given(root));
    });
    root.replaceChildren(make("div", { class: "ask number" },
      make("label", { class: "name", for: "number", text: beside ? `Your answer in ${beside}` : "Your answer" }),
      make("div", { class: "measure" }, turn, input, beside && make("span", { class: "unit", text: beside, "aria-hidden": "true" }))));
  },

  given: (root) => root.querySelector("input").value.trim() || null,
  lock: hold,
  press: (root, key) => /^[0-9.,+\-−]$/.test(key) && typeInto(root.querySelector("input"), key),

  review(root, view) {
    const list = make("ul", { class: "options told-options plain" });
    toldAnswer(list, { ...view, notes: view.accepted && view.yours !== view.right ? [`Right answer: ${view.right}`] : [] });
    root.replaceChildren(list);
  },
};
