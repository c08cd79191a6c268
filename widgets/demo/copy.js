// "For partners": puts this server's address in the snippet, and lets one copy it.
const copied = { fr: 'Copié', de: 'Kopiert', nl: 'Gekopieerd', en: 'Copied' }

for (const place of document.querySelectorAll('[data-origin]')) place.textContent = location.origin

const button = document.querySelector('[data-copy]')
if (navigator.clipboard) {
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent)
    document.querySelector('[data-copied]').textContent = copied[document.documentElement.lang]
  })
}
