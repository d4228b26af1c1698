// The queue of a help desk, shown anew every fifteen seconds. Without this script there is a link that does it.
const EVERY = 15000;

async function renew() {
  const shown = document.querySelector("[data-queue]");
  try {
    const answer = await fetch(window.location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-queue]");
    if (answer.ok && fresh && fresh.textContent !== shown.textContent) shown.replaceWith(fresh);
  } catch {
    // No network for a moment: the numbers stay as they were.
  }
}

setInterval(renew, EVERY);
