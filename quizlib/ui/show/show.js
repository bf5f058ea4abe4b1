// A question on a wall. Nothing of its answer is here before Reveal was pressed: the server sends it only then.
const SHOWS = new WeakMap();

const draw = (show) => {
  const { root, data } = show;
  const at = (name) => root.querySelector(name);
  const fresh = show.question !== data.question;
  const justTold = !!data.told && (fresh || !show.told);
  const again = !data.told && show.told;
  show.question = data.question;
  show.told = !!data.told;
  at(".place").textContent = `${data.title}: question ${data.number} of ${data.total}`;
  at(".number").textContent = [data.answered, data.told ? "" : data.waiting].filter(Boolean).join(" ");
  if (fresh || again || justTold) {
    at(".vignette").innerHTML = data.vignette;
    showPicture(at(".shown"), data.picture);
    at(".stem").innerHTML = data.stem;
    at(".how").textContent = data.told ? "" : WIDGETS[data.kind].how(data.view);
    at(".after").replaceChildren();
    if (data.told) reveal(show);
    else {
      WIDGETS[data.kind].ask(at(".answers"), data.view, null, () => {});
      WIDGETS[data.kind].lock(at(".answers"), true);
      at(".answers").append(...unfolded(at(".answers")));
    }
  }
  const last = data.number === data.total;
  at(".back").setAttribute("aria-disabled", String(data.number === 1));
  at(".on").hidden = !!data.told;
  at(".on").setAttribute("aria-disabled", String(last));
  const main = at(".main");
  main.textContent = data.told ? (last ? "Back to the assignment" : "Next question") : "Reveal";
  if (fresh && !data.told) {
    at(".spoken").textContent = "";
    if (show.drawn) { at(".stem").focus({ preventScroll: true }); root.scrollIntoView({ block: "start" }); }
  }
  if (justTold && show.drawn) at(".spoken").textContent = data.told.answer;
  show.drawn = true;
};

// Nobody in a class can open a list on the wall: what stands in it is written out, once where several hold the same.
const unfolded = (root) => {
  const lists = [...root.querySelectorAll("select")];
  const texts = lists.map((list) => [...list.options].filter((one) => one.value !== "").map((one) => one.text));
  const alike = texts.every((one) => one.join("\n") === texts[0].join("\n"));
  lists.forEach((list, number) => list.replaceChildren(make("option", { value: "", text: alike ? "?" : `${number + 1} ?` })));
  return (alike ? texts.slice(0, 1) : texts).map((each, number) => make("p", { class: "choices" },
    make("b", { text: alike ? "To choose from:" : `${number + 1}:` }), make("span", { text: ` ${each.join(" · ")}` })));
};

const reveal = (show) => {
  const { root, data } = show;
  const { told } = data;
  const answers = root.querySelector(".answers");
  const solved = make("div", {});
  if (told.bars) answers.replaceChildren(bars(told));
  else answers.replaceChildren();
  if (!told.bars || !told.of_options) WIDGETS[data.kind].review(solved, told.review);
  const more = [
    !told.bars && make("p", { class: "few", text: told.few }),
    told.rest && make("p", { class: "rest", text: told.rest }),
    solved.childElementCount && solved,
    make("h2", { class: "unseen", text: "What is right, and why" }),
    practiceBox(told),
    explained(told),
  ];
  root.querySelector(".after").append(...more.filter(Boolean));
};

const bars = (told) => make("ol", { class: "bars", "aria-label": "How many answered what" }, ...told.bars.map((bar) => make("li", { class: bar.right ? "right" : "" },
  make("div", { class: "line" },
    bar.letter && make("span", { class: "letter", text: bar.letter, "aria-hidden": "true" }),
    make("span", { class: "text", text: bar.text }),
    bar.right && make("span", { class: "sign" }, icon("ring"), make("span", { text: "Right answer" })),
    make("span", { class: "count", text: bar.said })),
  make("span", { class: "track", "aria-hidden": "true" }, make("i", { style: `width: ${100 * bar.share}%` })))));

const send = (show, act) => {
  if (show.pending) return;
  show.nonce = (show.nonce || 0) + 1;
  show.pending = { act, question: show.data.question, nonce: show.nonce };
  deliver(show);
};
const deliver = (show) => {
  const pending = show.pending;
  if (!pending || !show.root.isConnected) return;
  if (connected()) show.trigger("act", pending);
  clearTimeout(show.timer);
  show.timer = setTimeout(() => { if (show.pending === pending) deliver(show); }, RESEND_MS);
};

const back = (show) => { if (show.data.number > 1) send(show, "back"); };
const skip = (show) => { if (show.data.number < show.data.total) send(show, "on"); };
const on = (show) => {
  if (!show.data.told) send(show, "reveal");
  else if (show.data.number < show.data.total) send(show, "on");
};
const pressMain = (show) => { if (show.data.told && show.data.number === show.data.total) send(show, "leave"); else on(show); };

// What sends pages to a wall sends page up and page down.
// what does not fit on the wall is below
const scroll = (show, by) => {
  for (let one = show.root; one; one = one.parentElement ?? one.getRootNode().host) {
    if (one.scrollHeight > one.clientHeight + 8 && /auto|scroll/.test(getComputedStyle(one).overflowY)) {
      one.scrollBy({ top: by });
      return;
    }
  }
};
const KEYS = { ArrowDown: (show) => scroll(show, 160), ArrowUp: (show) => scroll(show, -160), ArrowRight: on, PageDown: on, ArrowLeft: back, PageUp: back };
const onKey = (show, event) => {
  if (!show.data || event.ctrlKey || event.metaKey || event.altKey || event.repeat || show.root.querySelector("dialog[open]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act(show);
};

const dress = () => {
  if (document.getElementById("quiz-show-page")) return;
  document.head.append(make("style", { id: "quiz-show-page", text: PAGE_STYLE }));
};

const mount = (root) => {
  const show = { root };
  const press = (name, act) => root.querySelector(name).addEventListener("click", act);
  press(".leave", () => send(show, "leave"));
  press(".back", () => back(show));
  press(".on", () => skip(show));
  press(".main", () => pressMain(show));
  press(".full", () => { if (document.fullscreenElement) document.exitFullscreen(); else root.requestFullscreen(); });
  root.querySelector(".full").hidden = !document.fullscreenEnabled;
  const key = (event) => onKey(show, event);
  document.addEventListener("keydown", key, true);
  show.unmount = () => { document.removeEventListener("keydown", key, true); clearTimeout(show.timer); SHOWS.delete(root); };
  return show;
};

export default function ({ data: packed, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".show");
  dress();
  let show = SHOWS.get(root);
  if (!show) { show = mount(root); SHOWS.set(root, show); }
  show.trigger = setTriggerValue;
  show.data = unpacked(packed);
  if (show.pending && show.data.echo === show.pending.nonce) { show.pending = null; clearTimeout(show.timer); }
  draw(show);
  return () => { if (!root.isConnected) show.unmount(); };
}
