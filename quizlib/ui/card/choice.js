// Choice: one option or several, whole rows to press, letters as keys.
const LETTERS = "ABCDEFGHI";

WIDGETS.choice = {
  how: (view) => (view.choose === "several" ? "Choose all that apply." : ""),
  keys: (view) => `A-${LETTERS[view.options.length - 1]} choose`,

  ask(root, view, given, changed) {
    const several = view.choose === "several";
    const list = make("fieldset", { class: `options ${view.choose}`, "aria-label": several ? "Options, several may be right" : "Options" });
    view.options.forEach((text, place) => {
      const input = make("input", { type: several ? "checkbox" : "radio", name: "option", value: place });
      input.checked = (given || []).includes(place);
      input.addEventListener("change", () => changed(WIDGETS.choice.given(root)));
      const row = make("label", { class: "row" }, input, make("span", { class: "letter", text: LETTERS[place], "aria-hidden": "true" }), make("span", { class: "text", text }));
      list.append(make("div", { class: "option" }, row));
    });
    root.replaceChildren(list);
  },

  given(root) {
    const chosen = [...root.querySelectorAll("input:checked")].map((input) => Number(input.value));
    return chosen.length ? chosen : null;
  },

  lock(root, locked) {
    root.querySelectorAll("input").forEach((input) => { input.disabled = locked; });
  },

  press(root, key) {
    const inputs = [...root.querySelectorAll("input")];
    const place = /^[1-9]$/.test(key) ? Number(key) - 1 : LETTERS.indexOf(key.toUpperCase());
    const input = inputs[place];
    if (place < 0 || !input || input.disabled) return false;
    if (input.type === "checkbox") input.checked = !input.checked;
    else input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  },

  review(root, view) {
    const list = make("ol", { class: `options told-options ${view.choose}` });
    view.options.forEach((option, place) => {
      const sign = make("span", { class: "sign" });
      let kind = "";
      if (option.chosen && option.right) { kind = "right chosen"; sign.append(icon("right"), "Your answer, right"); }
      else if (option.chosen) { kind = "wrong chosen"; sign.append(icon("wrong"), "Your answer"); }
      else if (option.right) { kind = "right missed"; sign.append(icon("ring"), "Right answer"); }
      const row = make("div", { class: "row" }, make("span", { class: "letter", text: LETTERS[place], "aria-hidden": "true" }), make("span", { class: "text", text: option.text }), kind && sign);
      const item = make("li", { class: `option ${kind}` }, row);
      if (kind || wide()) item.append(make("div", { class: "why prose", html: option.why }));
      else item.append(make("details", { class: "why" }, make("summary", { text: `Why not ${LETTERS[place]}?` }), make("div", { class: "prose", html: option.why })));
      list.append(item);
    });
    root.replaceChildren(list);
  },
};
