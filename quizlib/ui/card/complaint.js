// At the end of what is told after an answer a learner says what is wrong with the question. `send` gives it to the
// server until it is heard; `heard` then shows the thanks, or why it was refused. Nothing is built before it is opened.
const COMPLAINTS = { key: "Right answer", unclear: "Unclear", typo: "Typing error", source: "Source", other: "Something else" };
const LATE_MS = 2500;

const complaint = (send) => {
  const node = make("details", { class: "complaint" }, make("summary", { text: "Is something wrong with this question?" }));
  const made = { node, heard: () => {} };
  node.addEventListener("toggle", () => {
    if (!node.open || node.childElementCount > 1) return;
    const refused = make("p", { class: "refused", role: "alert", hidden: true });
    const name = make("span", { class: "name" });
    const text = make("textarea", { class: "field", rows: 3, maxlength: 1000 });
    const button = make("button", { class: "send", text: "Send" });
    const about = () => (form.querySelector("input:checked") || {}).value;
    const say = (words) => { refused.textContent = words; refused.hidden = !words; };
    const needed = () => {
      name.textContent = about() === "other" ? "In your words" : "In your words (may stay empty)";
      text.required = about() === "other";
    };
    const form = keepKeys(make("form", { novalidate: true },
      make("fieldset", { class: "abouts" }, make("legend", { class: "name", text: "What is wrong?" }),
        ...Object.entries(COMPLAINTS).map(([value, label]) => make("label", {}, make("input", { type: "radio", name: "about", value }), label))),
      make("label", {}, name, text), refused, button));
    const wait = (late) => {
      made.late = late && setTimeout(() => say("This has not arrived yet. It is sent again by itself."), LATE_MS);
      button.textContent = late ? "Sending …" : "Send";
      button.setAttribute("aria-disabled", String(late));
      text.readOnly = late;
    };
    form.addEventListener("change", needed);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (text.readOnly) return;
      if (!about()) { say("Choose what is wrong."); form.querySelector("input").focus(); return; }
      if (text.required && !text.value.trim()) { say("Say in a few words what is wrong."); text.focus(); return; }
      say("");
      wait(true);
      send({ about: about(), text: text.value });
    });
    made.heard = (thanks, refusal) => {
      clearTimeout(made.late);
      wait(false);
      say(refusal || "");
      if (!thanks) return;
      const done = make("p", { class: "thanks", tabindex: "-1", text: thanks });
      node.replaceWith(done);
      done.focus();
    };
    needed();
    node.append(form);
    node.scrollIntoView({ block: "nearest" });
  });
  return made;
};
