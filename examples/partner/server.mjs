/**
 * The system of a partner, as small as it can be: it is told of cases by signed messages, looks each one up, accepts it, works on it, and says what
 * came of it. Of others' code it uses the public library `standardwebhooks`, and nothing of Passerelle.
 *
 *     ENDPOINT=… SECRET=whsec_… TOKEN=psl_… node examples/partner/server.mjs
 *
 * PORT (4100), PASSERELLE (http://127.0.0.1:4000); WORK_MS says how long it works on a case, in milliseconds.
 */
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const { ENDPOINT = '', SECRET = '', TOKEN = '', PASSERELLE = 'http://127.0.0.1:4000', PORT = '4100', WORK_MS = '3000' } = process.env
const webhook = new Webhook(SECRET)

/** Longest message taken, in bytes: those of Passerelle have some hundreds. */
const LONGEST = 65_536

/**
 * What came, by its id: a message may come twice, and is acted on once. A real system keeps this, and its cases, in a database, and writes both in
 * one transaction before it answers.
 */
const seen = new Set()
const cases = new Map()

const server = createServer(async (request, response) => {
  const answer = (status) => response.writeHead(status).end()
  if (request.method !== 'POST' || request.url !== '/hook') return answer(404)
  let body = ''
  for await (const chunk of request) {
    body += chunk
    if (body.length > LONGEST) return answer(413)
  }
  let message
  try {
    message = webhook.verify(body, request.headers)
  } catch {
    return answer(401)
  }
  // First the answer, then the work: who waits for it longer than 15 seconds takes it for lost.
  answer(204)
  const id = request.headers['webhook-id']
  if (seen.has(id)) return
  seen.add(id)
  work(message).catch((error) => console.error(error.message))
})

/** Does what a message asks for. It says only that something happened: what is true now is asked for. */
async function work({ type, data }) {
  if (type === 'endpoint.test') return console.log('The test has arrived.')
  if (type === 'escalation.requested' || type === 'escalation.reminded') return takeOver(data)
  if (type === 'escalation.cancelled') cases.delete(data.id)
  if (type === 'escalation.erasure_wanted') {
    cases.delete(data.id)
    await say('erasure_confirmed', { id: data.id, version: data.version })
    console.log(`${data.id}: erased`)
  }
}

async function takeOver({ id, version }) {
  if (cases.has(id)) return
  const { escalation } = await ask('query ($id: ID!) { escalation(id: $id) { state object need { label } answerDueAt } }', { id })
  if (!escalation || !['REQUESTED', 'RECEIVED'].includes(escalation.state)) return
  cases.set(id, { object: escalation.object })
  console.log(`${id}: ${escalation.need?.label ?? 'no need told'}, to be answered by ${escalation.answerDueAt}`)
  const accepted = await say('accept', { id, version })
  if (accepted.stale) return

  // Only now is it shown whom to call, and that it was is stored. Somebody calls her, and heeds how she wants to be reached.
  const { revealCase } = await ask(
    `mutation ($id: ID!) { revealCase(id: $id, reason: "first call") {
      ... on CaseContact { phone name safe { voicemail sms sayWhoCalls note } } ... on UserError { problem: message } } }`,
    { id },
  )
  if (revealCase.problem) return console.log(`${id}: ${revealCase.problem}`)
  const progressed = await say('progress', { id, version: accepted.version, note: 'Called, an appointment is made.' })
  await new Promise((resolve) => setTimeout(resolve, Number(WORK_MS)))
  const done = await say('complete', { id, version: progressed.version, outcome: 'RESOLVED', note: 'She has what she needed.' })
  console.log(`${id}: ${done.state}`)
}

/** Tells Passerelle what is done with a case. The id stays the same when it is sent again, so that it counts once. */
async function say(what, data, id = `msg_${crypto.randomUUID()}`, attempt = 1) {
  const at = new Date()
  const body = JSON.stringify({ type: `escalation.${what}`, timestamp: at.toISOString(), data })
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': webhook.sign(id, at, body),
  }
  const response = await fetch(`${PASSERELLE}/partner-events/${ENDPOINT}`, { method: 'POST', headers, body }).catch(() => null)
  if (response?.ok) return response.json()
  if ((!response || response.status >= 500 || response.status === 429) && attempt < 5) {
    await new Promise((resolve) => setTimeout(resolve, 1_000 * 2 ** attempt))
    return say(what, data, id, attempt + 1)
  }
  throw new Error(`${what} of ${data.id}: ${response ? `${response.status} ${await response.text()}` : 'nobody answers'}`)
}

async function ask(query, variables) {
  const response = await fetch(`${PASSERELLE}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await response.json()
  if (errors) throw new Error(errors[0].message)
  return data
}

server.listen(Number(PORT), '127.0.0.1', () => console.log(`Waiting for cases at http://127.0.0.1:${server.address().port}/hook`))
