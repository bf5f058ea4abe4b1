// The questions of a finished quiz, each a line that opens the full feedback.
const REVIEWS = new WeakMap();

const fill = (review, inside, line) => {
  if (inside.childElementCount) return;
  const answers = make("div", {});
  inside.append(...[
    line.vignette && make("div", { class: "vignette prose", html: line.vignette }),
    line.picture && pictured(line.picture),
    make("p", { class: "stem", html: line.stem }), headline(line.feedback), answers,
    practiceBox(line.feedback), explained(line.feedback), line.item && complains(review, line.item)].filter(Boolean));
  WIDGETS[line.kind].review(answers, line.feedback.review);
};

// One message after the other, each until the server has heard it.
const complains = (review, item) => {
  const made = complaint((said) => {
    review.nonce += 1;
    review.sending.push({ made, message: { act: "complain", item, nonce: review.nonce, ...said } });
    if (review.sending.length === 1) deliver(review);
  });
  return made.node;
};
const deliver = (review) => {
  clearTimeout(review.timer);
  if (!review.sending.length || !review.root.isConnected) return;
  if (connected()) review.trigger("act", review.sending[0].message);
  review.timer = setTimeout(() => deliver(review), RESEND_MS);
};
const hear = (review, heard) => {
  if (!heard || !review.sending.length || heard.nonce !== review.sending[0].message.nonce) return;
  review.sending.shift().made.heard(heard.thanks, heard.refusal);
  deliver(review);
};

export default function ({ data: packed, parentElement, setTriggerValue }) {
  const data = unpacked(packed);
  const root = parentElement.querySelector(".review");
  if (!REVIEWS.has(root)) REVIEWS.set(root, { root, nonce: 0, sending: [] });
  const review = REVIEWS.get(root);
  review.trigger = setTriggerValue;
  hear(review, data.heard);
  const signature = JSON.stringify(data.parts);
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
      details.addEventListener("toggle", () => { if (details.open) fill(review, inside, line); });
      root.append(details);
    }
  }
}
