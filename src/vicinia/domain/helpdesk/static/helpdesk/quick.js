// A contact is never lost for want of a network: the page asks first whether the town answers, and otherwise keeps
// what was typed and tries again by itself. Sent twice it is one: the form carries a token.
const EVERY = 5000;

for (const form of document.querySelectorAll("form[data-quick]")) guard(form);

function guard(form) {
  const status = form.querySelector("[data-quick-status]");
  let isReady = false;
  let waiting = null;
  form.addEventListener("submit", async (event) => {
    if (isReady) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    clearTimeout(waiting);
    if (await answers()) {
      isReady = true;
      form.requestSubmit(button);
      return;
    }
    status.textContent = form.dataset.wordsOffline;
    waiting = setTimeout(() => form.requestSubmit(button), EVERY);
  }, true);
}

async function answers() {
  try {
    return (await fetch(window.location.href, { method: "HEAD", cache: "no-store" })).status < 500;
  } catch {
    return false;
  }
}
