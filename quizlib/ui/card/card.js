// The question card. Choosing happens here, in the browser; one message carries the answer with the question it
// belongs to, and is sent again until the server has told what it stored.
const GRACE_MS = 400;   // Next ignores presses this long: the pointer still rests where Check was
const RESEND_MS = 3000;
const CARDS = new WeakMap();

const connected = () => {
  const app = document.querySelector('[data-testid="stApp"]');
  return !app || app.getAttribute("data-test-connection-state") === "CONNECTED";
};

const draw = (card) => {
  const { root, data } = card;
  const at = (name) => root.querySelector(name);
  const widget = WIDGETS[data.kind];
  const fresh = card.item !== data.item;
  const told = !!data.feedback;
  const justTold = told && !(card.told && !fresh);
  if (fresh) { card.given = null; card.shownAt = performance.now(); card.ending = false; }
  card.item = data.item;
  card.told = told;

  at(".place").textContent = `${data.position} of ${data.total}`;
  const bar = at(".progress");
  bar.setAttribute("aria-valuemax", data.total);
  bar.setAttribute("aria-valuenow", data.answered);
  bar.firstElementChild.style.width = `${(100 * data.answered) / data.total}%`;
  at(".flag").setAttribute("aria-pressed", String(data.flagged));
  at(".flag").setAttribute("aria-label", data.flagged ? "Flagged: take the flag away" : "Flag this question");
  at(".flag .wide").textContent = data.flagged ? "Flagged" : "Flag";
  at(".skip").hidden = told;
  at(".end").hidden = data.ended;
  at(".end").textContent = card.ending ? `Yes, end with ${data.answered} of ${data.total} answered` : "End here";
  at(".more").hidden = told && data.ended;
  at(".notice").hidden = !data.notice;
  at(".notice").textContent = data.notice || "";

  if (fresh || justTold) {
    at(".vignette").innerHTML = data.vignette;
    at(".stem").innerHTML = data.stem;
    at(".how").textContent = told ? "" : widget.how(data.view);
    const head = at(".headline");
    head.hidden = !told;
    at(".after").replaceChildren();
    if (told) {
      head.replaceWith(headline(data.feedback));
      widget.review(at(".answers"), data.feedback.review);
      at(".after").append(...[practiceBox(data.feedback), explained(data.feedback)].filter(Boolean));
    } else {
      head.className = "headline";
      head.replaceChildren();
      widget.ask(at(".answers"), data.view, card.given, (given) => { card.given = given; buttons(card); });
    }
  }
  buttons(card);
  if (fresh && !told) {
    at(".spoken").textContent = "";
    if (card.drawn) { at(".stem").focus({ preventScroll: true }); root.scrollIntoView({ block: "start" }); }
  }
  if (justTold) {
    card.toldAt = performance.now();
    if (card.drawn) {
      at(".spoken").textContent = data.feedback.headline;
      at(".buttons .main").focus({ preventScroll: true });
      at(".headline").scrollIntoView({ block: "nearest" });
    }
  }
  card.drawn = true;
};

const buttons = (card) => {
  const { root, data } = card;
  const place = root.querySelector(".buttons");
  const waiting = !!card.pending;
  const ready = data.feedback || card.given !== null;
  let wanted;
  if (data.feedback) wanted = [["next", data.last ? "See the result" : "Next"]];
  else if (data.asks) wanted = [["guess", "Guess"], ["think_so", "Think so"], ["sure", "Sure"]];
  else wanted = [["check", "Check"]];
  while (place.children.length > wanted.length) place.lastElementChild.remove();
  wanted.forEach(([name, label], i) => {
    let button = place.children[i];
    if (!button) { button = make("button", { type: "button", class: "main" }); place.append(button); button.addEventListener("click", () => pressMain(card, button.dataset.name)); }
    button.dataset.name = name;
    button.textContent = waiting && card.slow && card.pending.name === name ? "Sending …" : label;
    button.setAttribute("aria-disabled", String(!ready || waiting));
  });
  const widget = WIDGETS[data.kind];
  widget.lock(root.querySelector(".answers"), waiting);
  root.querySelector(".keys").textContent = data.feedback
    ? `Enter: ${data.last ? "result" : "next question"}`
    : `${widget.keys(data.view)}, Enter checks` + (data.asks ? " without saying how sure" : "");
};

const pressMain = (card, name) => {
  if (card.pending) return;
  if (name === "next") {
    if (performance.now() - card.toldAt < GRACE_MS) return;
    send(card, "next", {}, name);
    return;
  }
  if (card.given === null) {
    card.root.querySelector(".spoken").textContent = "Choose an option first.";
    return;
  }
  const elapsed = Math.round(performance.now() - card.shownAt);
  send(card, "check", { given: card.given, confidence: name === "check" ? null : name, elapsed }, name);
};

const send = (card, act, more, name = act) => {
  if (card.pending) return;
  const { item, seen, position } = card.data;
  card.nonce = (card.nonce || 0) + 1;
  card.pending = { name, message: { act, item, seen, position, nonce: card.nonce, ...more } };
  card.slow = false;
  deliver(card);
  buttons(card);
};

const deliver = (card) => {
  const pending = card.pending;
  if (!pending) return;
  if (connected()) { pending.sentAt = performance.now(); card.trigger("act", pending.message); }
  clearTimeout(card.timer);
  card.timer = setTimeout(() => {
    if (card.pending !== pending) return;
    card.slow = true;
    buttons(card);
    tellConnection(card);
    card.timer = setTimeout(() => deliver(card), RESEND_MS - 400);
  }, 400);
};

const tellConnection = (card) => {
  const line = card.root.querySelector(".offline");
  const lost = !connected();
  if (lost && !card.lostSince) card.lostSince = performance.now();
  if (!lost) card.lostSince = 0;
  const show = lost && performance.now() - card.lostSince > 700;
  if (show && line.hidden) {
    const saved = card.data.answered ? `Your ${card.data.answered === 1 ? "answer is" : `${card.data.answered} answers are`} saved` : "Nothing is lost";
    line.textContent = `No connection. ${saved}; ${card.pending ? "this one is sent" : "what you choose is sent"} when you are back.`;
  }
  line.hidden = !show;
};

const onKey = (card, event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const target = event.composedPath()[0];
  if (target.matches && target.matches('textarea, select, [contenteditable="true"], input:not([type=radio]):not([type=checkbox])')) return;
  if (event.key === "Enter") {
    if (event.repeat) { event.preventDefault(); return; }
    if (target.matches && target.matches("a, summary, button:not(.main)")) return;
    event.preventDefault();
    event.stopPropagation();
    if (target.matches && target.matches("button.main") && !card.data.feedback) pressMain(card, target.dataset.name);
    else pressMain(card, card.data.feedback ? "next" : "check");
    return;
  }
  if (event.key === "Escape") { card.root.querySelector(".more").open = false; return; }
  if (!card.data.feedback && !card.pending && !event.repeat && event.key.length === 1
      && WIDGETS[card.data.kind].press(card.root.querySelector(".answers"), event.key)) {
    event.preventDefault();
    event.stopPropagation();  // Streamlit has shortcuts of its own on C and R
  }
};

// A page of ours needs Streamlit's header out of the way. From here it costs nothing; an element of its own would be
// sent with every run.
const dress = () => {
  if (document.getElementById("quiz-page")) return;
  document.head.append(make("style", { id: "quiz-page", text: PAGE_STYLE }));
};

const mount = (root) => {
  dress();
  const card = { root };
  const on = (name, act) => root.querySelector(name).addEventListener("click", () => act());
  on(".leave", () => send(card, "leave", {}));
  on(".flag", () => send(card, "flag", { wanted: !card.data.flagged }));
  on(".skip", () => { root.querySelector(".more").open = false; send(card, "skip", {}); });
  on(".end", () => {
    if (!card.ending) { card.ending = true; draw(card); return; }
    root.querySelector(".more").open = false;
    send(card, "end", {});
  });
  root.querySelector(".more").addEventListener("toggle", (event) => { if (!event.target.open) { card.ending = false; draw(card); } });
  const key = (event) => onKey(card, event);
  const outside = (event) => { if (!event.composedPath().includes(root.querySelector(".more"))) root.querySelector(".more").open = false; };
  document.addEventListener("keydown", key, true);
  document.addEventListener("pointerdown", outside, true);
  const ticking = setInterval(() => tellConnection(card), 500);
  card.unmount = () => {
    document.removeEventListener("keydown", key, true);
    document.removeEventListener("pointerdown", outside, true);
    clearInterval(ticking);
    clearTimeout(card.timer);
    CARDS.delete(root);
  };
  return card;
};

export default function ({ data: packed, parentElement, setTriggerValue }) {
  const data = unpacked(packed);
  const root = parentElement.querySelector(".card");
  let card = CARDS.get(root);
  if (!card) { card = mount(root); CARDS.set(root, card); }
  card.trigger = setTriggerValue;
  card.data = data;
  if (card.pending && data.echo === card.pending.message.nonce) { card.pending = null; card.slow = false; clearTimeout(card.timer); }
  draw(card);
  return () => { if (!root.isConnected) card.unmount(); };
}
