import { Agent, request as send } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../bench/data/random.ts'

/** What one person sent, and what she was told. Moments in milliseconds of one clock. */
export type Sent = {
  key: string
  phone: string
  input: Record<string, unknown>
  /** First sent at. */
  sentAt: number
  /** When the receipt came; null: it never did, and the request may be stored or not. */
  ackedAt: number | null
  reference: string | null
  /** What was done with it afterwards. `maybe`: sent, and never answered. */
  moved: 'no' | 'yes' | 'maybe'
  cancelled: 'no' | 'yes' | 'maybe'
  erased: 'no' | 'yes' | 'maybe'
}

export type Load = {
  sent: Sent[]
  /** Answers of each kind. */
  answers: Record<'receipt' | 'unavailable' | 'no connection', number>
  /** What should never be answered. */
  wrong: string[]
  stop(): Promise<void>
}

const REQUEST =
  'mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { __typename ... on CallbackReceipt { reference } } }'
const change = (name: string, more = '', arg = '') =>
  `mutation ($reference: String!, $phone: String!${more}) { ${name}(reference: $reference, phone: $phone${arg}) { __typename } }`
const CANCEL = change('cancelCallback')
const MOVE = change('rescheduleCallback', ', $slot: ID', ', slot: $slot')
const ERASE = change('eraseCallback')
const SLOTS = '{ callbackSlots(line: "1718") { id } }'

/** How long a person waits for an answer before she sends once more, in milliseconds. */
const PATIENCE = 20_000
const MOST_WRONG = 20

/** People who ask for calls, withdraw, move and erase, each one thing after the other, and send again what was not answered. */
export function startLoad(port: number, clients: number, random: Random): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const sent: Sent[] = []
  const answers = { receipt: 0, unavailable: 0, 'no connection': 0 }
  const wrong: string[] = []
  let over = false
  let phones = random.between(0, 9_000_000)
  let slots: string[] = []

  const post = (query: string, variables: object): Promise<{ status: number; retryAfter?: string; body: string } | null> =>
    new Promise((resolve) => {
      const body = JSON.stringify({ query, variables })
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'passerelle-site': 'demo' }
      const outgoing = send({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', agent, headers }, (answer) => {
        let text = ''
        answer.on('data', (chunk) => (text += chunk))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'], body: text }))
        answer.on('error', () => resolve(null))
      })
      outgoing.setTimeout(PATIENCE, () => outgoing.destroy())
      outgoing.on('error', () => resolve(null))
      outgoing.end(body)
    })

  /** The answer's data; null when there was none and one may send again. */
  const ask = async (query: string, variables: object): Promise<Record<string, unknown> | null> => {
    const answer = await post(query, variables)
    if (!answer) {
      answers['no connection']++
      return null
    }
    if (answer.status === 503 && answer.retryAfter) {
      answers.unavailable++
      return null
    }
    const { data, errors } = parse(answer.body)
    if (answer.status === 200 && data && !errors) return data
    if (wrong.length < MOST_WRONG) wrong.push(`${answer.status} ${answer.body.slice(0, 300)}`)
    return null
  }

  /** Sends until it is answered; false when she gives up, or the test is over. */
  const insist = async (
    query: string,
    variables: object,
    name: string,
    good: readonly string[],
  ): Promise<Record<string, string> | null> => {
    while (!over) {
      const answer = (await ask(query, variables))?.[name] as Record<string, string> | undefined
      if (answer) {
        if (good.includes(answer.__typename ?? '')) return answer
        if (wrong.length < MOST_WRONG) wrong.push(`${name}: ${JSON.stringify(answer)}`)
        return null
      }
      if (random.chance(0.03)) return null
      await sleep(random.between(20, 120))
    }
    return null
  }

  const phone = () => `+3247${String(10_000_000 + (phones++ % 9_000_000)).slice(1)}`.slice(0, 12)

  async function askForCall(mine: Sent[]): Promise<void> {
    // Some numbers are those of a household or a desk: several people ask for them, and withdraw, at the same time.
    const again =
      sent.length > 0 && random.chance(0.15) ? random.pick(random.chance(0.5) ? sent.slice(-40) : mine.length > 0 ? mine : sent) : null
    const key = random.uuid()
    const one: Sent = {
      key,
      phone: again?.phone ?? phone(),
      input: {},
      sentAt: performance.now(),
      ackedAt: null,
      reference: null,
      moved: 'no',
      cancelled: 'no',
      erased: 'no',
    }
    one.input = {
      idempotencyKey: key,
      line: '1718',
      phone: one.phone,
      language: 'FR',
      noticeVersion: '1',
      name: 'Ada',
      message: 'Une lettre de l’huissier est arrivée, je ne sais pas quoi faire.',
      ...(random.chance(0.3) ? { email: 'ada@exemple.be' } : {}),
      ...(slots.length > 0 && random.chance(0.25) ? { slot: random.pick(slots) } : {}),
    }
    sent.push(one)
    mine.push(one)
    const receipt = await insist(REQUEST, { input: one.input }, 'requestCallback', ['CallbackReceipt', 'SlotTaken'])
    if (receipt?.__typename !== 'CallbackReceipt') return
    answers.receipt++
    one.ackedAt = performance.now()
    one.reference = receipt.reference ?? null
  }

  async function changeOne(mine: Sent[]): Promise<void> {
    const one = random.pick(mine)
    if (one.reference === null || one.erased !== 'no') return
    const claim = { reference: one.reference, phone: one.phone }
    const kind = random.next()
    if (kind < 0.4) {
      const same = await insist(REQUEST, { input: one.input }, 'requestCallback', ['CallbackReceipt'])
      if (same && same.reference !== one.reference) wrong.push(`another reference for the same key: ${one.key}`)
    } else if (kind < 0.65) {
      one.moved = 'maybe'
      const slot = slots.length > 0 && random.chance(0.7) ? random.pick(slots) : null
      const answer = await insist(MOVE, { ...claim, slot }, 'rescheduleCallback', ['CallbackReceipt', 'SlotTaken', 'Conflict'])
      if (answer?.__typename === 'CallbackReceipt') one.moved = 'yes'
    } else if (kind < 0.85) {
      if (one.cancelled === 'no') one.cancelled = 'maybe'
      const answer = await insist(CANCEL, claim, 'cancelCallback', ['CallbackReceipt'])
      if (answer) one.cancelled = 'yes'
    } else {
      one.erased = 'maybe'
      // Not found: the first one was done, and its answer lost.
      const answer = await insist(ERASE, claim, 'eraseCallback', ['CallbackErased', 'NotFound'])
      if (answer) one.erased = 'yes'
    }
  }

  async function person(): Promise<void> {
    const mine: Sent[] = []
    while (!over) {
      if (slots.length === 0 || random.chance(0.02)) {
        const told = (await ask(SLOTS, {})) as { callbackSlots: { id: string }[] } | null
        slots = told?.callbackSlots.map(({ id }) => id) ?? slots
        if (!told) await sleep(random.between(20, 120))
      }
      if (mine.length === 0 || random.chance(0.75)) await askForCall(mine)
      else await changeOne(mine)
    }
  }

  const people = Array.from({ length: clients }, person)
  return {
    sent,
    answers,
    wrong,
    stop: async () => {
      over = true
      await Promise.all(people)
      agent.destroy()
    },
  }
}

function parse(body: string): { data?: Record<string, unknown>; errors?: unknown } {
  try {
    return JSON.parse(body)
  } catch {
    return {}
  }
}
