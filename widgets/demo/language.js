// The demonstration page carries its texts in four languages; the style sheet shows those of <html lang>. A classic script in the head, so that
// the language is set before anything is drawn.
;(() => {
  const asked = new URLSearchParams(location.search).get('lang')
  if (!['de', 'nl', 'en'].includes(asked)) return
  document.documentElement.lang = asked
  document.title = document.querySelector('title').dataset[asked]
  document.addEventListener('DOMContentLoaded', () => {
    const callback = document.querySelector('passerelle-callback')
    if (asked === 'de') callback.setAttribute('line', callback.dataset.lineDe)
    for (const link of document.querySelectorAll('.languages a')) {
      if (link.lang === asked) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  })
})()
