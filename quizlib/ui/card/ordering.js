// Ordering: rows that move by their buttons, by dragging, by pressing a row and then its place, or by keys.
WIDGETS.ordering = {
  how: () => "Put these in order.",
  keys: () => "Space picks up, arrow keys move",

  ask(root, view, given, changed) {
    const list = make("ol", { class: "steps", "aria-label": "Your order" });
    const spoken = make("p", { class: "spoken", role: "status" });
    const keep = make("button", { type: "button", class: "keep", text: "It is in order already" });
    const rows = () => [...list.children];
    const lifted = () => list.querySelector(".lifted");
    let from = null;

    const number = () => rows().forEach((row, place, all) => {
      row.querySelector(".letter").textContent = place + 1;
      row.querySelector(".up").setAttribute("aria-disabled", String(place === 0));
      row.querySelector(".down").setAttribute("aria-disabled", String(place === all.length - 1));
    });
    const touch = () => {
      list.dataset.touched = "yes";
      keep.style.visibility = "hidden";
      changed(WIDGETS.ordering.given(root));
    };
    const lift = (row) => {
      const before = lifted();
      if (before) mark(before, false);
      from = row && rows().indexOf(row);
      if (row) mark(row, true);
    };
    const mark = (row, up) => {
      row.classList.toggle("lifted", up);
      const handle = row.querySelector(".handle");
      handle.setAttribute("aria-pressed", String(up));
      handle.toggleAttribute("data-enter", !up);
    };
    // The others make way and the row itself stays in the page: it keeps the focus and the pointer.
    const place = (row, to) => {
      const all = rows();
      const at = all.indexOf(row);
      if (to < 0 || to >= all.length || to === at) return false;
      const tops = all.map((other) => other.offsetTop);
      if (to > at) row.before(...all.slice(at + 1, to + 1));
      else row.after(...all.slice(to, at));
      if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) all.forEach((other, i) => {
        const by = tops[i] - other.offsetTop;
        if (by) other.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 130, easing: "ease-out" });
      });
      number();
      touch();
      spoken.textContent = `${row.querySelector(".text").textContent}: place ${to + 1} of ${all.length}`;
      return true;
    };

    const build = (item) => {
      const row = make("li", { class: "step", "data-place": item });
      const handle = make("button", { type: "button", class: "handle", "aria-pressed": "false", "aria-describedby": "steps-how", "data-enter": true },
        make("span", { class: "grip", "aria-hidden": "true" }), make("span", { class: "letter" }), make("span", { class: "text", text: view.items[item] }));
      const arrow = (name, by) => {
        const button = make("button", { type: "button", class: name, tabindex: "-1", "aria-label": `Move ${name}: ${view.items[item]}` });
        button.addEventListener("click", () => { lift(null); place(row, rows().indexOf(row) + by); });
        return button;
      };
      let dragged = null;
      handle.addEventListener("click", () => {
        if (dragged === "moved") { dragged = null; return; }
        const other = lifted();
        if (other && other !== row) { place(other, rows().indexOf(row)); lift(null); other.querySelector(".handle").focus(); return; }
        if (other) { lift(null); touch(); spoken.textContent = "Put down"; return; }
        lift(row);
        spoken.textContent = "Picked up. Arrow keys move it, Space puts it down, Escape puts it back.";
      });
      handle.addEventListener("pointerdown", (event) => {
        const held = event.pointerType === "mouse" ? event.button === 0 : event.target.closest(".grip");
        dragged = held && event.isPrimary ? "held" : null;
        if (dragged) { handle.setPointerCapture(event.pointerId); row.dataset.from = event.clientY; }
      });
      handle.addEventListener("pointermove", (event) => {
        if (!dragged || handle.disabled || !event.buttons) return;
        if (dragged === "held" && Math.abs(event.clientY - row.dataset.from) < 6) return;
        if (dragged === "held") { lift(null); dragged = "moved"; row.classList.add("dragged"); }
        const y = event.clientY - list.getBoundingClientRect().top;
        const all = rows();
        const at = all.indexOf(row);
        const middle = (other) => other.offsetTop + other.offsetHeight / 2;
        let to = at;
        while (to + 1 < all.length && y > middle(all[to + 1])) to += 1;
        while (to > 0 && y < middle(all[to - 1])) to -= 1;
        place(row, to);
      });
      const end = () => { row.classList.remove("dragged"); if (dragged === "moved") { touch(); setTimeout(() => { dragged = null; }); } else dragged = null; };
      handle.addEventListener("pointerup", end);
      handle.addEventListener("pointercancel", end);
      row.append(handle, arrow("up", -1), arrow("down", 1));
      return row;
    };

    list.append(...(given || view.items.map((_, item) => item)).map(build));
    list.addEventListener("keydown", (event) => {
      if (keep.disabled) return;  // the focus leaves a locked button a moment late
      const row = event.target.closest(".step");
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (event.key === "Escape" && lifted()) { const back = lifted(); place(back, from); lift(null); spoken.textContent = "Put back"; return; }
      if (!row || !by || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (event.altKey || row === lifted()) { place(row, rows().indexOf(row) + by); row.scrollIntoView({ block: "nearest" }); return; }
      const next = by < 0 ? row.previousElementSibling : row.nextElementSibling;
      if (next) next.querySelector(".handle").focus();
    });
    keep.addEventListener("click", () => { list.querySelector(".handle").focus(); touch(); });
    number();
    if (given) { list.dataset.touched = "yes"; keep.style.visibility = "hidden"; }
    root.replaceChildren(make("div", { class: "ask order" },
      view.first && make("p", { class: "end first", text: view.first }), list, view.last && make("p", { class: "end last", text: view.last }), keep, spoken,
      make("p", { id: "steps-how", hidden: true, text: "Space picks up, arrow keys then move. Alt with an arrow key moves at once." })));
  },

  given(root) {
    const list = root.querySelector(".steps");
    return list.dataset.touched ? [...list.children].map((row) => Number(row.dataset.place)) : null;
  },

  lock: hold,
  press: () => false,

  review(root, view) {
    const nth = (place) => `${place}${["th", "st", "nd", "rd"][place] || "th"}`;
    const list = make("ol", { class: "options told-options" }, ...view.items.map((item) => {
      const answered = item.yours != null;
      const said = answered && (item.correct ? sign("right", "Your place, right") : sign("wrong", `You had it ${nth(item.yours)}`));
      return make("li", { class: `option ${answered ? (item.correct ? "right chosen" : "wrong chosen") : ""}` },
        make("div", { class: "row" }, make("span", { class: "letter", text: item.place }), make("span", { class: "text", text: item.text }), said), reason(item.why));
    }));
    root.replaceChildren(...[list, view.why && make("div", { class: "order-why prose", html: view.why })].filter(Boolean));
  },
};
