// The question card. Choosing happens here, in the browser; one message carries the answer with the question it
// belongs to, and is sent again until the server has told what it stored.
const GRACE_MS = 400;   // Next ignores presses this long: the pointer still rests where Check was
const SLOW_MS = 8000;
const WARNED_MS = 10000;
const CARDS = new WeakMap();

const draw = (card, elsewhere = false) => {
  const { root, data } = card;
  root.className = `card ${data.size}${data.preview ? ` preview${data.feedback ? " tried" : ""}` : ""}`;
  const at = (name) => root.querySelector(name);
  const widget = WIDGETS[data.kind];
  const fresh = card.item !== data.item;
  const told = !!data.feedback;
  const justTold = told && !(card.told && !fresh);
  if (fresh) { card.given = data.given; card.dirty = false; card.shownAt = performance.now(); card.ending = false; card.handing = false; }
  if (elsewhere) card.given = data.given;
  // an answer that another tab has stored takes the place of the one that stands here
  const overtaken = !fresh && !!data.exam && !card.pending && !card.dirty && data.given !== null
    && JSON.stringify(data.given) !== JSON.stringify(card.given);
  if (overtaken) card.given = data.given;
  card.item = data.item;
  card.told = told;

  at(".place").textContent = data.endless ? `${data.answered} answered` : `${data.position} of ${data.total}`;
  const bar = at(".progress");
  bar.hidden = data.endless;
  bar.setAttribute("aria-valuemax", data.total);
  bar.setAttribute("aria-valuenow", data.answered);
  bar.firstElementChild.style.width = `${(100 * data.answered) / data.total}%`;
  at(".flag").setAttribute("aria-pressed", String(data.flagged));
  at(".flag").setAttribute("aria-label", data.flagged ? "Flagged: take the flag away" : "Flag this question");
  at(".flag .wide").textContent = data.flagged ? "Flagged" : "Flag";
  at(".skip").hidden = told || !!data.exam;
  drawExam(card, fresh);
  at(".end").hidden = data.ended;
  const howFar = data.endless ? `${data.answered} answered` : `${data.answered} of ${data.total} answered`;
  at(".end").textContent = data.exam ? "Hand in" : card.ending ? `Yes, end with ${howFar}` : "End here";
  at(".more").hidden = told && data.ended;
  if (!data.exam || (fresh && !card.timeUp && performance.now() - card.warnedAt > WARNED_MS)) card.warning = "";
  notify(card);

  if (fresh || justTold || elsewhere) {
    drawStory(card);
    showPicture(at(".shown"), data.picture);
    at(".stem").innerHTML = data.stem;
    at(".how").textContent = told ? "" : widget.how(data.view);
    const head = at(".headline");
    head.hidden = !told;
    at(".after").replaceChildren();
    if (told) {
      head.replaceWith(headline(data.feedback));
      widget.review(at(".answers"), data.feedback.review);
      at(".after").append(...[practiceBox(data.feedback), explained(data.feedback), complains(card)].filter(Boolean));
    } else {
      head.className = "headline";
      head.replaceChildren();
      widget.ask(at(".answers"), data.view, card.given, (given) => { card.given = given; save(card); buttons(card); });
      widget.lock(at(".answers"), !!data.closed || !!card.timeUp);
    }
  }
  buttons(card);
  if (fresh && !told) {
    at(".spoken").textContent = "";
    if (card.drawn && !data.preview) { at(".stem").focus({ preventScroll: true }); root.scrollIntoView({ block: "start" }); }
  }
  if (justTold) {
    card.toldAt = performance.now();
    if (card.drawn && !data.preview) {
      at(".spoken").textContent = data.feedback.headline;
      at(".actions .main").focus({ preventScroll: true });
      at(".headline").scrollIntoView({ block: "nearest" });
    }
  }
  card.drawn = true;
};

const buttons = (card) => {
  const { root, data } = card;
  const place = root.querySelector(".actions .buttons");
  const waiting = !!card.pending;
  const ready = data.feedback || data.exam || card.given !== null;
  let wanted;
  if (data.exam) wanted = [["on", data.exam.closes ? "Close this part and go on" : data.position < data.total ? "Next" : "Hand in"]];
  else if (data.feedback) wanted = [["next", data.last ? "See the result" : "Next"]];
  else if (data.asks) wanted = [["guess", "Guess"], ["think_so", "Think so"], ["sure", "Sure"]];
  else wanted = [["check", "Check"]];
  while (place.children.length > wanted.length) place.lastElementChild.remove();
  wanted.forEach(([name, label], i) => {
    let button = place.children[i];
    if (!button) { button = make("button", { type: "button", class: "main" }); place.append(button); button.addEventListener("click", () => pressMain(card, button.dataset.name)); }
    button.dataset.name = name;
    button.textContent = waiting && card.slow && card.pending.name === name ? "Sending …" : label;
    button.setAttribute("aria-disabled", String(!ready || (waiting && !data.exam)));
  });
  const widget = WIDGETS[data.kind];
  if (!data.exam) widget.lock(root.querySelector(".answers"), waiting);
  root.querySelector(".keys").hidden = !data.keys;
  root.querySelector(".keys").textContent = data.exam ? `${widget.keys(data.view)}, Enter goes on` : data.feedback
    ? `Enter: ${data.last ? "result" : "next question"}`
    : `${widget.keys(data.view)}, Enter checks` + (data.asks ? " without saying how sure" : "");
};

const pressMain = (card, name) => {
  if (card.data.exam) { goOn(card); return; }
  if (card.pending) return;
  if (name === "next") {
    if (performance.now() - card.toldAt < GRACE_MS) return;
    send(card, "next", {}, name);
    return;
  }
  if (card.given === null) {
    card.root.querySelector(".spoken").textContent = "Answer first.";
    return;
  }
  const elapsed = Math.round(performance.now() - card.shownAt);
  send(card, "check", { given: card.given, confidence: name === "check" ? null : name, elapsed }, name);
};

const send = (card, act, more, name = act) => {
  if (card.pending) return;
  const { item, seen, position } = card.data;
  card.nonce = (card.nonce || 0) + 1;
  card.pending = { name, since: performance.now(), message: { act, item, seen, position, nonce: card.nonce, ...more } };
  card.slow = false;
  deliver(card);
  buttons(card);
};

// Not in a preview, which is no quiz.
const complains = (card) => {
  const { quiz, item } = card.data;
  const sending = (said) => {
    if (card.data.item !== item) return;
    if (card.pending) setTimeout(() => sending(said), 200);
    else send(card, "complain", said);
  };
  card.complaint = quiz && complaint(sending);
  return card.complaint && card.complaint.node;
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
  const slow = !lost && card.pending && performance.now() - card.pending.since > SLOW_MS;
  if (slow) {
    const words = "The server is slow to answer. This is sent again by itself, and counted once.";
    if (line.textContent !== words) line.textContent = words;
  }
  if (show) {
    const timed = !!card.data.exam && card.data.exam.seconds !== null;
    const late = card.timeUp ? "The time is up; what was not sent before then does not count."
      : `${card.pending ? "this one is sent" : "what you choose is sent"} when you are back${timed ? ", and counts if that is before the time is up" : ""}.`;
    const saved = card.data.answered ? `Your ${card.data.answered === 1 ? "answer is" : `${card.data.answered} answers are`} saved` : "Nothing is lost";
    const words = `No connection. ${saved}${card.timeUp ? "." : ";"} ${late}`;
    if (line.textContent !== words) line.textContent = words;
  }
  line.hidden = !show && !slow;
};

// The database is away: what is on the screen stays, and what was sent is sent again until it is stored.
const tellTrouble = (card, words) => {
  const line = card.root.querySelector(".notice");
  const more = card.pending ? " This is sent again by itself." : "";
  if (line.textContent !== words + more) line.textContent = words + more;
  line.hidden = false;
  if (card.data) return;
  card.root.className = "card empty";
  const again = make("button", { type: "button", class: "main", text: "Try again" });
  again.addEventListener("click", () => location.reload());
  card.root.querySelector(".actions .buttons").replaceChildren(again);
};

// A mock exam: each change of choice is sent at once, the last one wins; what comes after waits for it.
const save = (card) => {
  if (!card.data.exam || card.data.closed) return;
  card.dirty = true;
  clearTimeout(card.saving);
  // a half-typed number is no answer yet; a chosen option is
  card.saving = setTimeout(() => flush(card), ["short_text", "numeric", "cloze"].includes(card.data.kind) ? 900 : 150);
  told_saved(card);
};
const flush = (card) => {
  clearTimeout(card.saving);
  if (card.pending) return;
  if (card.dirty && card.given !== null) {
    card.dirty = false;
    send(card, "save", { given: card.given });
  } else if (card.waiting) {
    const then = card.waiting;
    card.waiting = null;
    then();
  }
  told_saved(card);
};
const afterSaving = (card, then) => { card.waiting = then; flush(card); };
const told_saved = (card) => {
  const saving = card.dirty || (card.pending && card.pending.name === "save");
  card.root.querySelector(".saved").textContent = !card.data.exam || card.data.closed ? "" : saving ? "Saving …" : card.given !== null ? "Saved" : "";
};
const jump = (card, position) => afterSaving(card, () => send(card, "go", { wanted_position: position }));
const goOn = (card) => {
  if (performance.now() - (card.movedAt || 0) < 250) return;
  card.movedAt = performance.now();
  if (card.data.position < card.data.total) jump(card, card.data.position + 1);
  else askHandIn(card);
};
const askHandIn = (card) => {
  card.handing = true;
  const { places } = card.data.exam;
  const open = places.filter((one) => !one.given && one.position !== card.data.position).length + (card.given === null ? 1 : 0);
  const flagged = places.filter((one) => one.flagged).length;
  const said = [open ? `${open} open` : "", flagged ? `${flagged} flagged` : ""].filter(Boolean).join(", ");
  const yes = make("button", { type: "button", class: "main", text: "Hand in now", "aria-describedby": "handing" });
  const no = make("button", { type: "button", class: "back", text: "Not yet" });
  yes.addEventListener("click", () => afterSaving(card, () => send(card, "end", {})));
  no.addEventListener("click", () => {
    card.handing = false;
    card.root.querySelector(".after").replaceChildren();
    card.root.querySelector(".actions .main").focus({ preventScroll: true });
  });
  const box = make("div", { class: "handing", role: "group", "aria-label": "Hand in" },
    make("p", { id: "handing", text: said ? `${said}. After handing in nothing can be changed.` : "All answered. After handing in nothing can be changed." }),
    make("div", { class: "choices" }, yes, no));
  card.root.querySelector(".after").replaceChildren(box);
  yes.focus({ preventScroll: true });
  box.scrollIntoView({ block: "center" });
};
const drawExam = (card, fresh) => {
  const { root, data } = card;
  const exam = data.exam;
  const at = (name) => root.querySelector(name);
  at(".overview").hidden = !exam;
  at(".clock").hidden = !exam || exam.seconds === null;
  if (!exam) return;
  if (exam.seconds !== null && exam.seconds !== card.seconds) {
    // only what the server has just said: drawn again from what it said before, the clock would go back
    card.seconds = exam.seconds;
    card.dueAt = Date.now() + exam.seconds * 1000;
    // it was this computer's clock that had jumped ahead
    if (exam.seconds > 0 && card.timeUp) { card.timeUp = false; card.warning = ""; WIDGETS[data.kind].lock(at(".answers"), !!data.closed); }
  }
  if (fresh && !card.drawn) at(".overview").open = wide();
  const nav = at(".overview nav");
  while (nav.children.length > exam.places.length) nav.lastElementChild.remove();
  exam.places.forEach((one, i) => {
    let chip = nav.children[i];  // stays in the page, and keeps the focus
    if (!chip) {
      chip = make("button", { type: "button" });
      chip.addEventListener("click", () => { if (!chip.hasAttribute("aria-current")) jump(card, i + 1); });
      nav.append(chip);
    }
    const words = [`Question ${one.position}`, one.closed ? "closed" : one.given ? "answered" : "open", one.flagged ? "flagged" : ""].filter(Boolean).join(", ");
    chip.className = `chip ${one.given ? "given" : ""} ${one.flagged ? "flagged" : ""} ${one.closed ? "shut" : ""}`;
    chip.textContent = one.position;
    chip.setAttribute("aria-label", words);
    if (one.position === data.position) chip.setAttribute("aria-current", "true"); else chip.removeAttribute("aria-current");
  });
  told_saved(card);
};
// What the clock says stays through what is saved meanwhile, until a question that comes after a while.
const warn = (card, words) => { card.warning = words; card.warnedAt = performance.now(); notify(card); };
const notify = (card) => {
  const line = card.root.querySelector(".notice");
  const words = card.data.notice || card.warning || "";
  line.hidden = !words;
  if (line.textContent !== words) line.textContent = words;
};
const tick = (card) => {
  if (!card.data.exam || card.data.exam.seconds === null || card.data.ended) return;
  const left = Math.max(0, Math.ceil((card.dueAt - Date.now()) / 1000));
  const clock = card.root.querySelector(".clock");
  const text = card.hideClock ? "Show time" : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (clock.textContent !== text) clock.textContent = text;
  const minutes = Math.ceil(left / 60);
  const said = `${minutes} ${minutes === 1 ? "minute" : "minutes"} left.`;
  clock.setAttribute("aria-label", card.hideClock ? "Show the time left" : `${said} Press to hide.`);
  // a laptop that slept and a tab in the background come late to a mark
  if (left > 0 && [5, 1].some((mark) => card.leftBefore > mark * 60 && left <= mark * 60)) warn(card, said);
  card.leftBefore = left;
  if (left === 0 && !card.timeUp) {
    card.timeUp = true;
    flush(card);
    WIDGETS[card.data.kind].lock(card.root.querySelector(".answers"), true);
    warn(card, "Time is up. What you chose is being handed in.");
    // the server takes saves until five seconds after the end, and closes then
    setTimeout(() => afterSaving(card, () => send(card, "time", {})), 6000);
  }
};

const drawStory = (card) => {
  const { root, data } = card;
  const at = (name) => root.querySelector(name);
  const later = data.part > 1;
  const story = at(".story");
  story.hidden = !later;
  at(".vignette").innerHTML = later ? data.discloses : data.vignette + data.discloses;
  if (!later) return;
  story.open = wide();
  story.querySelector("summary").textContent = `The case so far (part ${data.part} of ${data.parts})`;
  story.querySelector(".told-before").replaceChildren(
    make("div", { class: "prose", html: data.vignette }),
    ...data.earlier.map((one) => make("p", { class: "before" }, make("b", { text: one.stem }), one.answer && make("span", { text: ` ${one.answer}` }))));
};

const onKey = (card, event) => {
  if (!card.data || card.data.preview || card.root.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const target = event.composedPath()[0];
  if (target.closest && target.closest(".complaint")) return;
  const enters = event.key === "Enter" && checksOnEnter(target);
  if (!enters && target.matches && target.matches('textarea, select, [contenteditable="true"], input:not([type=radio]):not([type=checkbox])')) return;
  if (event.key === "Enter") {
    if (event.repeat) { event.preventDefault(); return; }
    const main = target.matches && target.matches(".actions .main");  // "Hand in now" looks like it, and is pressed as any button
    if (!enters && !main && target.matches && target.matches("a, summary, button")) return;
    event.preventDefault();
    event.stopPropagation();
    if (main && !card.data.feedback) pressMain(card, target.dataset.name);
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
  const card = { root };
  const on = (name, act) => root.querySelector(name).addEventListener("click", () => act());
  on(".leave", () => send(card, "leave", {}));
  on(".flag", () => send(card, "flag", { wanted: !card.data.flagged }));
  on(".skip", () => { root.querySelector(".more").open = false; send(card, "skip", {}); });
  on(".end", () => {
    if (card.data.exam) { root.querySelector(".more").open = false; askHandIn(card); return; }
    if (!card.ending) { card.ending = true; draw(card); return; }
    root.querySelector(".more").open = false;
    send(card, "end", {});
  });
  root.querySelector(".more").addEventListener("toggle", (event) => { if (!event.target.open) { card.ending = false; draw(card); } });
  on(".clock", () => { card.hideClock = !card.hideClock; tick(card); });
  const key = (event) => onKey(card, event);
  const outside = (event) => { if (!event.composedPath().includes(root.querySelector(".more"))) root.querySelector(".more").open = false; };
  document.addEventListener("keydown", key, true);
  document.addEventListener("pointerdown", outside, true);
  const ticking = setInterval(() => { if (card.data) { tellConnection(card); tick(card); } }, 500);
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
  if (!data.preview) dress();
  if (!card) { card = mount(root); CARDS.set(root, card); }
  card.trigger = setTriggerValue;
  const done = () => { if (!root.isConnected) card.unmount(); };
  if (data.trouble) { tellTrouble(card, data.trouble); return done; }
  card.data = data;
  const answered = card.pending && data.echo === card.pending.message.nonce ? card.pending.name : "";
  if (answered) { card.pending = null; card.slow = false; clearTimeout(card.timer); }
  if (answered === "complain" && card.complaint.node.isConnected) { card.complaint.heard(data.thanks, data.notice); data.notice = null; }
  // an exam may be open in another tab: what was saved there is shown, unless something is being changed here
  const stored = JSON.stringify(data.given);
  const elsewhere = !!data.exam && card.item === data.item && card.stored !== stored && answered !== "save" && !card.dirty && !card.pending;
  card.stored = stored;
  draw(card, elsewhere);
  if (data.exam && !card.pending) flush(card);
  return done;
}
