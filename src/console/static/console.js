// What pages need of the browser: times in the viewer's zone, the link behind the `#`, and questions before a write.
const zone = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

function showTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    if (time.dataset.shown === time.dateTime) continue;
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    time.title = time.dateTime;
    time.textContent = zone.format(at);
    time.dataset.shown = time.dateTime;
  }
}

function takeLink() {
  const input = document.querySelector("[data-link-form] input[name=link]");
  if (input === null || location.hash.length < 2) return;
  input.value = location.hash.slice(1);
  // The address bar and the history forget it.
  history.replaceState(null, "", location.pathname);
  input.form.querySelector("button[type=submit]").focus();
}

/** `data-ask="Credit ₹100.00 to Shop?"` on a form: nothing is sent before a yes. */
document.addEventListener("submit", (event) => {
  const question = event.target.dataset?.ask;
  if (question !== undefined && !window.confirm(question)) event.preventDefault();
});

/** `data-busy="…"` on a form whose work is long: it is said, and the button waits, so that it is sent once. */
document.addEventListener("submit", (event) => {
  const { busy } = event.target.dataset ?? {};
  if (busy === undefined || event.defaultPrevented) return;
  const status = event.target.querySelector(".busy");
  if (status !== null) status.textContent = busy;
  for (const button of event.target.querySelectorAll("button[type=submit]"))
    setTimeout(() => button.setAttribute("disabled", ""));
});

document.addEventListener("htmx:after:swap", () => showTimes(document));
showTimes(document);
takeLink();

/** Signs in by a passkey, or adds one: asks for the options, the device, and brings its answer. */
async function usePasskey(button) {
  const { startAuthentication, startRegistration } = window.SimpleWebAuthnBrowser;
  const path = button.dataset.passkey;
  const isNew = !path.includes("sign-in");
  const optionsJSON = await post(path.replace(/passkeys?$/, "passkey-options"), {});
  const answer = await (isNew ? startRegistration({ optionsJSON }) : startAuthentication({ optionsJSON }));
  await post(path, answer);
  location.assign(isNew ? location.pathname : "/console");
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail);
  return said;
}

/** A row of `data-order` is drawn by its grip, with mouse or finger; where it is let go the page shows that order, as its buttons do. */
document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-order] .grip");
  if (grip === null || grip === undefined || event.button !== 0) return;
  event.preventDefault();
  const list = grip.closest("[data-order]");
  const row = grip.closest("[data-id]");
  const idsOf = () => Array.from(list.querySelectorAll("[data-id]"), (one) => one.dataset.id).join(",");
  const before = idsOf();
  row.classList.add("drawn");
  const move = ({ clientY }) => {
    const over = [...list.children].find((one) => one !== row && clientY < middleOf(one)) ?? null;
    if (row.nextElementSibling !== over) list.insertBefore(row, over);
  };
  const end = ({ type }) => {
    document.removeEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) document.removeEventListener(name, end);
    row.classList.remove("drawn");
    const after = idsOf();
    if (type === "pointerup" && after !== before) location.assign(list.dataset.order + encodeURIComponent(after));
  };
  document.addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, end);
});

function middleOf(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-passkey]");
  if (button === null || button === undefined) return;
  const said = button.parentElement.querySelector("[data-passkey-said]");
  usePasskey(button).catch((fault) => {
    said.textContent = ` ${fault.message}`;
  });
});
