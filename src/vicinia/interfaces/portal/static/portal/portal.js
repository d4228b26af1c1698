// Small helps of the residents' form; every one of them can be missing.
const form = document.querySelector("form[data-draft]");

for (const area of document.querySelectorAll("[data-counter]")) count(area);
for (const button of document.querySelectorAll("[data-own-position]")) ownPosition(button);
for (const button of document.querySelectorAll("[data-copy]")) copy(button);
for (const details of document.querySelectorAll("[data-map-details]")) map(details);

function count(area) {
  const most = Number(area.dataset.counter);
  const said = Object.assign(document.createElement("p"), { className: "field-counter", ariaLive: "off" });
  const show = () => { said.textContent = `${area.value.length} / ${most}`; };
  area.after(said);
  area.addEventListener("input", show);
  show();
}

function ownPosition(button) {
  if (!navigator.geolocation) return;
  const said = document.querySelector("[data-own-position-said]");
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = button.dataset.finding;
    navigator.geolocation.getCurrentPosition(
      async ({ coords }) => {
        point(coords.latitude, coords.longitude);
        await nameIt(coords);
        said.textContent = button.dataset.found;
      },
      () => { said.textContent = button.dataset.failed; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}

// The address next to a point, so that one can read whether it is right.
async function nameIt({ latitude, longitude }) {
  const url = document.querySelector("[data-own-position]").dataset.hereUrl;
  if (!url) return;
  try {
    const answer = await fetch(`${url}?lat=${latitude}&lon=${longitude}`, { headers: { Accept: "application/json" } });
    const here = answer.ok ? await answer.json() : {};
    if (here.address) form.elements.address.value = here.address;
  } catch {
    // Without a name the point alone is good enough.
  }
}

function point(lat, lon) {
  form.elements.civic_number_id.value = "";
  form.elements.lat.value = lat.toFixed(6);
  form.elements.lon.value = lon.toFixed(6);
  form.elements.lat.dispatchEvent(new Event("change", { bubbles: true }));
}

function map(details) {
  details.hidden = false;
  const forget = details.querySelector("[data-forget-point]");
  const address = form.elements.address;
  const show = () => { forget.hidden = !form.elements.lat.value; };
  details.addEventListener("map:chosen", (event) => {
    form.elements.civic_number_id.value = "";
    nameIt({ latitude: event.detail.lat, longitude: event.detail.lng });
    show();
  });
  forget.addEventListener("click", () => {
    form.elements.lat.value = form.elements.lon.value = "";
    forget.hidden = true;
  });
  // Words typed anew are no longer the point that was chosen before.
  address.addEventListener("input", () => {
    form.elements.lat.value = form.elements.lon.value = "";
    show();
  });
  show();
}

function copy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("span").textContent = button.dataset.copied;
  });
}
