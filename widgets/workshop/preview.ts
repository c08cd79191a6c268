/**
 * What makes the public's finder show a draft, on the page `/edit/preview/<id>` only: its questions go with the record's id and the editor's session, and
 * it opens where the record is found. It runs before the finder's own script.
 */
const [, record = ''] = /^\/edit\/preview\/([\w-]+)$/.exec(location.pathname) ?? []
const plain = fetch

window.fetch = (address, init) => {
  const headers = new Headers(init?.headers)
  headers.set('passerelle-preview', record)
  return plain(address, { ...init, headers, credentials: 'same-origin' })
}

const QUERY = `query Preview($id: ID!) { contentRecord(id: $id) { slug kind title content {
  ... on ServiceContent { needs areas { kind code } } ... on QuestionContent { needs } ... on LineContent { needs } } } }`

/** The need under which the record is found, a commune where it is offered, and which service is open. */
async function open(): Promise<void> {
  const finder = document.createElement('passerelle-finder')
  try {
    const body = JSON.stringify({ query: QUERY, variables: { id: record } })
    const headers = { accept: 'application/json', 'content-type': 'application/json', 'accept-language': document.documentElement.lang }
    const answer = await plain('/graphql', { method: 'POST', headers, body, credentials: 'same-origin' })
    const { slug, kind, title, content } = (await answer.json()).data.contentRecord
    const [need] = content?.needs ?? []
    const near = content?.areas?.find((area: { kind: string }) => area.kind === 'COMMUNE')?.code ?? ''
    // The finder scrolls nowhere by itself; here one came for this record.
    const bring = () =>
      requestAnimationFrame(() => {
        const asked = [...(finder.shadowRoot?.querySelectorAll('summary') ?? [])].find(({ textContent }) => textContent === title)
        if (kind === 'QUESTION') asked?.click()
        ;(kind === 'QUESTION' ? asked : finder.shadowRoot?.getElementById(`s-${slug}`))?.scrollIntoView()
      })
    finder.addEventListener('passerelle-results', bring, { once: true })
    if (need) location.hash = `#passerelle=${need},${near},${kind === 'SERVICE' ? slug : ''}`
  } catch {
    // Then the finder begins with its subjects, as for everybody.
  }
  document.getElementById('waiting')?.remove()
  document.body.append(finder)
}

open()

export {}
