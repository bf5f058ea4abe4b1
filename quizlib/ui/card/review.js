// The questions of a finished quiz, each a line that opens the full feedback.
const fill = (inside, line) => {
  if (inside.childElementCount) return;
  const answers = make("div", {});
  inside.append(...[
    line.vignette && make("div", { class: "vignette prose", html: line.vignette }),
    make("p", { class: "stem", html: line.stem }), headline(line.feedback), answers,
    practiceBox(line.feedback), explained(line.feedback)].filter(Boolean));
  WIDGETS[line.kind].review(answers, line.feedback.review);
};

export default function ({ data: packed, parentElement }) {
  const data = unpacked(packed);
  const root = parentElement.querySelector(".review");
  const signature = JSON.stringify(data);
  if (root.dataset.signature === signature) return;  // an unrelated run must not close what is open
  root.dataset.signature = signature;
  root.replaceChildren();
  for (const part of data.parts) {
    root.append(make("h2", { text: part.title }));
    for (const line of part.lines) {
      const inside = make("div", { class: "inside" });
      const verdict = line.feedback.verdict;
      const mark = make("span", { class: `mark ${verdict}` }, icon(verdict));
      const what = make("span", { class: "what" }, make("b", { text: line.title }), make("span", { text: line.said }));
      const details = make("details", { class: "line" }, make("summary", {}, mark, what), inside);
      details.addEventListener("toggle", () => { if (details.open) fill(inside, line); });
      root.append(details);
    }
  }
}
