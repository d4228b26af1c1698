// What depends on passkeys is shown where the browser has them; a ceremony that fails is said on the page.
(function () {
  const show = (selector) => document.querySelectorAll(selector).forEach((part) => { part.hidden = false })
  if (window.PublicKeyCredential) show('[data-needs-passkey]')
  document.addEventListener('allauth.error', () => show('[data-passkey-error]'))
})()
