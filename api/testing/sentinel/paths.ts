import { request } from 'node:http'
import { connect } from 'node:net'

/** What must be found nowhere: said by a person, or typed by her where it does not belong. Found nowhere else in the world. */
export const MARK = {
  phone: '+32470998877',
  phoneSpaced: '0470 99 88 77',
  phoneWritten: '0470/99.88.77',
  name: 'Zzqsentinella Vörmark',
  email: 'qxsentinel@marke.example',
  message: 'Qxvgeheim: mon frigo est vide',
  note: 'Qxvnotiz le soir',
  words: 'Qxvsuchwort',
  register: '85.07.30-033.28',
  iban: 'BE68 5390 0754 7034',
} as const

/** Each also as its parts, and without what separates them: a piece of it is a hit as well. */
export const MARKS: readonly string[] = [
  ...Object.values(MARK),
  '470998877',
  '0470998877',
  '470 99 88 77',
  'Zzqsentinella',
  'qxsentinel',
  'Qxvgeheim',
  'Qxvnotiz',
  '85073003328',
  'BE68539007547034',
]

/**
 * Answers that may say again to whoever asked what stood in the place of a code, of a name in a query or of an address: an unknown need is
 * named, a page that is not there links to itself in other languages. None of these places is for what people say of themselves.
 */
export const SAID_BACK: Readonly<Record<string, readonly string[]>> = {
  'bad input: line': [MARK.phone],
  'bad input: need': [MARK.name],
  'bad input: service': [MARK.phoneSpaced],
  'bad input: question': [MARK.words],
  'bad input: postal code': [MARK.phone],
  'literal: unknown field': [MARK.words],
  'literal: unknown argument': [MARK.words],
  'literal: unknown type': [MARK.words],
  'literal: alias': [MARK.words],
  'a service': [MARK.words, MARK.phone],
  'a question': [MARK.name],
  'findAid, other shape': [MARK.words, MARK.name, MARK.phone],
  after: [`${MARK.words} ${MARK.phone}`],
  'suggestCorrection of nothing': [MARK.words, MARK.phone],
}

/** What the server answered: to what, and all of it that can be read. */
export type Answered = { what: string; status: number; text: string }

/** Sends one after the other, and keeps every answer. */
export class Visitor {
  readonly answers: Answered[] = []
  readonly #address: () => string

  constructor(address: () => string) {
    this.#address = address
  }

  /** A request whose answer is kept; null when the server went away meanwhile. */
  async fetch(what: string, path: string, init: RequestInit = {}): Promise<any> {
    const given = { 'passerelle-site': 'demo', origin: this.#address(), ...(init.headers as Record<string, string>) }
    const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
    try {
      const response = await fetch(`${this.#address()}${path}`, { redirect: 'manual', ...init, headers })
      const body = await response.text()
      this.answers.push({ what, status: response.status, text: `${[...response.headers].join('\n')}\n\n${body}` })
      return body.startsWith('{') ? JSON.parse(body) : body
    } catch {
      return null
    }
  }

  ask(what: string, query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<any> {
    const body = JSON.stringify({ query, variables })
    return this.fetch(what, '/graphql', { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
  }

  /** Bytes as they are, to the first answer or the end. */
  raw(what: string, bytes: string): Promise<void> {
    const { hostname, port } = new URL(this.#address())
    return new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes))
      let text = ''
      const done = () => {
        this.answers.push({ what, status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text })
        socket.destroy()
        resolve()
      }
      socket.on('data', (chunk) => (text += chunk))
      socket.once('data', () => setTimeout(done, 100))
      socket.once('error', done)
      socket.once('close', done)
      socket.setTimeout(5_000, done)
    })
  }

  /** A body that is announced and cut off. */
  cutOff(what: string, body: string): Promise<void> {
    const { hostname, port } = new URL(this.#address())
    return new Promise((resolve) => {
      const sending = request({
        hostname,
        port,
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 5_000 },
      })
      sending.on('error', () => resolve())
      sending.on('close', () => resolve())
      sending.write(body, () => setTimeout(() => sending.destroy(), 100))
      this.answers.push({ what, status: 0, text: '' })
    })
  }
}

const RECEIPT = `__typename ... on CallbackReceipt { reference status expected { label } slot { id } } ... on UserError { message }
  ... on InvalidInput { problems { path code message } } ... on SlotTaken { slots { id } }`
export const REQUEST = `mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { ${RECEIPT} ... on ChallengeRequired { challenge number } } }`
export const FOLLOW = 'query ($reference: String!, $phone: String!) { callback(reference: $reference, phone: $phone) { reference status } }'
export const CANCEL = `mutation ($reference: String!, $phone: String!) {
  cancelCallback(reference: $reference, phone: $phone) { __typename ... on UserError { message } } }`
export const MOVE = `mutation ($reference: String!, $phone: String!, $slot: ID) {
  rescheduleCallback(reference: $reference, phone: $phone, slot: $slot) { ${RECEIPT} } }`
export const ERASE = `mutation ($reference: String!, $phone: String!) {
  eraseCallback(reference: $reference, phone: $phone) { __typename ... on UserError { message } } }`
const SUGGEST = `mutation ($input: SuggestCorrectionInput!) {
  suggestCorrection(input: $input) { __typename ... on UserError { message } ... on InvalidInput { problems { path code message } } } }`

/** A whole request, with everything a person may say. */
export const said = (overrides: object = {}) => ({
  idempotencyKey: crypto.randomUUID(),
  line: '1718',
  phone: MARK.phoneSpaced,
  name: MARK.name,
  email: MARK.email,
  message: `${MARK.message}, mon numéro ${MARK.register}, mon compte ${MARK.iban}`,
  need: 'food',
  safeContact: { voicemail: false, sms: true, note: MARK.note },
  language: 'FR',
  noticeVersion: '1',
  ...overrides,
})

/** Everything that can go wrong on the way in: what people mistype, what programs get wrong, what strangers try. */
export async function sendBadly(visitor: Visitor): Promise<void> {
  const { phone, phoneSpaced, name, words, email } = MARK
  const bad = (what: string, overrides: object) => visitor.ask(`bad input: ${what}`, REQUEST, { input: said(overrides) })
  await bad('line', { line: phone })
  await bad('need', { need: name })
  await bad('service', { service: phoneSpaced })
  await bad('question', { faqEntry: words })
  await bad('postal code', { postalCode: phone })
  await bad('slot', { slot: `1718@${phone}` })
  await bad('language', { language: name })
  await bad('key', { idempotencyKey: `${phone} ${name}` })
  await bad('long message', { message: words.repeat(900) })
  await bad('long name', { name: name.repeat(40) })
  await bad('e-mail', { email: `${email} ${phone}` })
  await bad('phone', { phone: `${phone}00000` })
  await bad('challenge', { challenge: `${phone} ${name}` })
  await bad('honeypot', { website: `https://${words}.example/${phone}` })
  await bad('NUL', { name: `${name}\0${phone}` })
  await bad('half a surrogate', { message: `${words}\ud800` })

  const wrong = (what: string, overrides: object) => visitor.ask(`wrong type: ${what}`, REQUEST, { input: said(overrides) })
  await wrong('a number for a phone', { phone: 470998877 })
  await wrong('a list for a phone', { phone: [phone, phone] })
  await wrong('an object for a name', { name: { first: name } })
  await wrong('a text for a boolean', { safeContact: { voicemail: phone } })
  await wrong('an unknown field', { [words]: phone })
  await wrong('a field that looks like it', { telephone: phone })
  const literal = (what: string, query: string) => visitor.ask(`literal: ${what}`, query)
  await literal('enum', `mutation { requestCallback(input: { language: ${words}, phone: "${phone}" }) { __typename } }`)
  await literal('number', '{ callback(reference: 470998877, phone: 470998877) { status } }')
  await literal('unknown field', `{ ${words}(phone: "${phone}") }`)
  await literal('unknown argument', `{ lines(${words}: "${phone}") { slug } }`)
  await literal('unknown type', `query ($a: ${words}) { lines(phone: $a) { slug } }`)
  await literal('unfinished', `mutation { requestCallback(input: { phone: "${phone}", name: "${name}`)
  await literal('comment', `{ lines { slug } } # ${phone} ${name}`)
  await literal('alias', `{ ${words}: lines { slug } }`)
  await literal('operation', `query ${words} { lines { slug } }`)
  await literal('deep', `{ lines(a: ${'['.repeat(300)}"${phone}"${']'.repeat(300)}) { slug } }`)
  await visitor.ask('an unknown variable', FOLLOW, { reference: '333-333-333', phone, [words]: phone })

  const post = (what: string, body: string, type = 'application/json') =>
    visitor.fetch(what, '/graphql', { method: 'POST', body, headers: { 'content-type': type } })
  await post('malformed JSON', `{"query": "{ lines { slug } }", "variables": {"phone": "${phone}", "name": "${name}"`)
  await post('no JSON at all', `${phone} ${name}`)
  await post('JSON of another shape', JSON.stringify([phone, { name }]))
  await post('variables of another shape', JSON.stringify({ query: '{ lines { slug } }', variables: phone }))
  await post('an operation that is not there', JSON.stringify({ query: '{ lines { slug } }', operationName: words }))
  await post('extensions', JSON.stringify({ query: '{ lines { slug } }', extensions: { persistedQuery: { sha256Hash: phone } } }))
  await post('a body that is too long', JSON.stringify({ query: `# ${`${phone} `.repeat(6_000)}` }))
  await post('a form', new URLSearchParams({ query: REQUEST, phone, name }).toString(), 'application/x-www-form-urlencoded')
  await post('text', `${phone} ${name}`, 'text/plain')
  await post('another charset', JSON.stringify({ query: `{ lines(a: "${phone}") { slug } }` }), `application/json; charset=${words}`)
  await visitor.cutOff('a body that is cut off', `{"variables": {"phone": "${phone}", "name": "${name}", "message": "`)

  const get = (what: string, path: string, headers: Record<string, string> = {}) => visitor.fetch(what, path, { headers })
  await get('GET: callback', `/graphql?query=${encodeURIComponent(`{ callback(reference: "x", phone: "${phone}") { status } }`)}`)
  await get('GET: variables', `/graphql?${new URLSearchParams({ query: FOLLOW, variables: JSON.stringify({ reference: 'x', phone }) })}`)
  await get('GET: mutation', `/graphql?${new URLSearchParams({ query: REQUEST, variables: JSON.stringify({ input: said() }) })}`)
  await get('GET: no query', `/graphql?phone=${encodeURIComponent(phone)}`)
  await get('GET: escape cut off', `/graphql?query=${encodeURIComponent(phone)}%E0%A4%A`)
  await get('a path', `/${encodeURIComponent(phone)}/${words}`)
  await get('a file', `/widgets/v1/${words}-${phone}.js`)
  await get('a service', `/services/${words}${encodeURIComponent(phone)}?phone=${encodeURIComponent(phoneSpaced)}`)
  await get('a question', `/questions/${encodeURIComponent(name)}`)
  await get('a header', '/graphql?query={lines{slug}}', { 'user-agent': phone, referer: `https://x.example/?${words}`, cookie: phone })
  await get('a language', '/services/x', { 'accept-language': `fr;q=${phone}, ${words}` })
  await get('a forwarded address', '/ready', { 'x-forwarded-for': phone, 'x-request-id': phone, traceparent: words })
  await visitor.ask('a site', '{ lines { slug } }', {}, { 'passerelle-site': phone })
  await visitor.ask('an unknown site', REQUEST, { input: said() }, { 'passerelle-site': `x${phone}` })
  await visitor.ask('another origin', REQUEST, { input: said() }, { origin: `https://${words.toLowerCase()}.example` })
  await visitor.fetch('another method', `/graphql?${phone}`, { method: 'DELETE', body: phone })
  await visitor.raw('no HTTP', `CALL ${phone} ${name}\r\n\r\n`)
  await visitor.raw('a header too long', `GET /?${phone} HTTP/1.1\r\nhost: x\r\nx-words: ${words.repeat(3_000)}\r\n\r\n`)
  await visitor.raw('a header that is none', `GET /${words} HTTP/1.1\r\nhost: x\r\n${phone}\r\n\r\n`)
}

/** The doors that read only, with words where words may be typed. */
export async function readWithWords(visitor: Visitor): Promise<void> {
  const { phone, words, message, name } = MARK
  const text = `${words} ${message} ${phone}`
  await visitor.ask('findAid', 'query ($s: SituationInput!) { findAid(situation: $s) { matchCount line { slug } faqEntries { slug } } }', {
    s: { text, postalCode: '4000', age: 45 },
  })
  await visitor.ask('findAid, other shape', 'query ($s: SituationInput!) { findAid(situation: $s) { __typename } }', {
    s: { text, needs: [words], audiences: [name], postalCode: phone },
  })
  await visitor.ask(
    'search',
    'query ($s: String!) { services(filter: { search: $s }) { totalCount } faqEntries(filter: { search: $s }) { totalCount } }',
    { s: text },
  )
  await visitor.ask('communes', 'query ($s: String!) { communes(search: $s) { name } }', { s: `${words} ${phone}` })
  await visitor.ask('after', 'query ($s: String!) { services(after: $s) { totalCount } }', { s: `${words} ${phone}` })
  await visitor.ask('a slug', 'query ($s: String!) { service(slug: $s) { slug } line(slug: $s) { slug } faqEntry(slug: $s) { slug } }', {
    s: phone,
  })
  for (const input of [
    { service: words, topic: 'OTHER', message: text },
    { faqEntry: phone, topic: 'TEXT', message: text.repeat(100) },
  ]) {
    await visitor.ask('suggestCorrection of nothing', SUGGEST, { input })
  }
  const first = await visitor.ask('services', '{ services(first: 1) { edges { node { slug } } } }')
  const service = first.data.services.edges[0].node.slug
  const suggestion = { service, topic: 'CONTACT', message: `${text}, ${name}, ${MARK.register}` }
  for (const what of ['suggestCorrection', 'suggestCorrection again']) await visitor.ask(what, SUGGEST, { input: suggestion })
  const query = new URLSearchParams({ search: words, taxonomy_term_id: phone, postal_code: phone, page: phone, per_page: name })
  for (const path of ['services', 'organizations', `services/${words}`, 'taxonomy_terms', phone]) {
    await visitor.fetch('/hsds', `/hsds/${path}?${query}`)
  }
  await visitor.fetch(
    '/embed/finder by GET',
    `/embed/finder?${new URLSearchParams({ words, place: phone, need: name, commune: phone, site: words })}`,
  )
  await visitor.fetch('/embed, another', `/embed/${words}?${phone}`)
}
