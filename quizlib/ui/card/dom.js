// Small pieces for building pages. Text of people goes in as text; `html` takes only what the server has cleaned.
const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "html") node.innerHTML = value;
    else if (name === "text") node.textContent = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter(Boolean));
  return node;
};
const icon = (name) => {
  const paths = {
    right: '<circle cx="12" cy="12" r="10" fill="currentColor" stroke="none"/><path d="M7 12.5l3.2 3.2L17 9" stroke="var(--card)"/>',
    ring: '<circle cx="12" cy="12" r="9"/><path d="M7.5 12.3l3 3L16.5 9"/>',
    wrong: '<path d="M6 6l12 12M18 6L6 18"/>',
    part: '<circle cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 0 0 18z" fill="currentColor"/>',
    none: '<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>',
  };
  const svg = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`;
  return make("span", { html: svg, style: "display:contents" });
};
const unpacked = (data) => JSON.parse(new TextDecoder().decode(data));
const WIDGETS = {};
const wide = () => window.matchMedia("(min-width: 641px)").matches;
const connected = () => {
  const app = document.querySelector('[data-testid="stApp"]');
  return !app || app.getAttribute("data-test-connection-state") === "CONNECTED";
};
const RESEND_MS = 3000;
