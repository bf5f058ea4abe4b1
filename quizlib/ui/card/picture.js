// A picture between story and question. It has its place before it is there, and its words where it never comes.
const FIRST_RETRY_MS = 2000;
const MOST_RETRIES = 5;

const imageOf = (picture) => make("img", {
  src: picture.address, alt: picture.description, width: picture.width, height: picture.height, decoding: "async",
  style: `--width: ${picture.width}; --ratio: ${picture.width / picture.height}`,
});

const pictured = (picture) => {
  const image = imageOf(picture);
  const words = make("figcaption", { text: `The picture could not be loaded. It shows: ${picture.description}`, hidden: true });
  const open = make("button", { type: "button", class: "enlarge", "aria-haspopup": "dialog", text: "Enlarge" });
  const figure = make("figure", { class: "picture" }, image, words, open);
  let tries = 0;
  const loaded = (here) => { words.hidden = here; image.hidden = open.hidden = !here; };
  image.addEventListener("load", () => loaded(true));
  image.addEventListener("error", () => {
    loaded(false);
    if (tries++ < MOST_RETRIES) setTimeout(() => { if (image.isConnected) image.src = picture.address; }, FIRST_RETRY_MS * 2 ** tries);
  });
  open.addEventListener("click", () => enlarge(figure, picture));
  image.addEventListener("click", () => enlarge(figure, picture));
  return figure;
};

const enlarge = (figure, picture) => {
  const close = make("button", { type: "button", class: "close", text: "Close" });
  const dialog = make("dialog", { class: "enlarged", "aria-label": "The picture, enlarged" }, close, imageOf(picture));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { dialog.remove(); figure.querySelector(".enlarge").focus({ preventScroll: true }); });
  figure.append(dialog);
  dialog.showModal();
  dialog.scrollLeft = (dialog.scrollWidth - dialog.clientWidth) / 2;
};

const showPicture = (place, picture) => {
  const signature = picture ? JSON.stringify(picture) : "";
  if ((place.dataset.signature || "") === signature) return;  // told, or drawn again: it stays, and does not flicker
  place.dataset.signature = signature;
  place.replaceChildren(...(picture ? [pictured(picture)] : []));
};
