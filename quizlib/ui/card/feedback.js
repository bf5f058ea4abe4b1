// What is told after an answer, in the card and in the result.
const headline = (feedback) => make("div", { class: `headline ${feedback.verdict}` }, icon(feedback.verdict), make("span", { text: feedback.headline }));

const practiceBox = (feedback) => feedback.practice && make("div", { class: `practice ${feedback.alarming ? "" : "calm"}` },
  make("b", { text: feedback.practice }), feedback.safety && make("small", { text: feedback.safety }));

const explained = (feedback) => make("div", { class: "told" },
  feedback.again && make("div", { class: "again" }, make("h3", { text: "Marked again" }), make("p", { text: feedback.again })),
  make("div", { class: "takeaway" }, make("h3", { text: "Take away" }), make("p", { html: feedback.takeaway })),
  make("div", {}, make("h3", { text: "Explanation" }), make("div", { class: "prose", html: feedback.explanation })),
  feedback.often_said && make("div", { class: "both" },
    make("div", {}, make("h3", { text: "Often said" }), make("div", { class: "prose", html: feedback.often_said })),
    make("div", {}, make("h3", { text: "What studies show" }), make("div", { class: "prose", html: feedback.studies_show }))),
  make("div", { class: "sources" }, make("h3", { text: feedback.sources.length > 1 ? "Sources" : "Source" }),
    make("ul", {}, ...feedback.sources.map((text) => make("li", { text }))),
    make("p", { text: feedback.checked })));
