import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { change, phoneNumber } from '../testing/callbacks.ts'
import { casesSeen, CONTACT, emptyCases, handed, handing, onCase, reached } from '../testing/cases.ts'
import { act, listed, waiting } from '../testing/desk.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let agent: Awaited<ReturnType<typeof staff>>
let supervisor: Awaited<ReturnType<typeof staff>>
let worker: Awaited<ReturnType<typeof staff>>
beforeAll(async () => {
  app = await createTestApp({ limited: false })
  agent = await staff(app, { name: 'Ada' })
  supervisor = await staff(app, { name: 'Sara', role: 'SUPERVISOR' })
  worker = await staff(app, { name: 'Paul', role: 'PARTNER', organization: 'rwlp' })
  const { id: organizationId } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'relais-sociaux' } })
  await app.db.partner.create({ data: { organizationId, needCodes: ['food'] } })
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await app.db.partner.updateMany({ data: { accepting: true, capacity: 40 } })
  await emptyCases(app)
})

const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
const row = (id: string) => app.db.callbackRequest.findUniqueOrThrow({ where: { id } })
const actions = async (subjectId: string) =>
  (await app.db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(({ action }) => action)
const escalate = (id: string, overrides: object = {}, headers = agent.headers) =>
  onCase(app, headers, 'escalateCallback', { id, input: handing({ ...overrides }) })
const LETTER = { need: 'housing', postalCode: '4000', name: 'Jeanne', email: 'jeanne@example.org', message: 'Je dois partir.' }

describe('handing a request to a partner', () => {
  test('gives it a case, with the agreement, and nobody of the line holds the request', async () => {
    const { id, reference } = await reached(app, agent, LETTER)
    const made = await escalate(id, { agreement: { way: 'SPOKEN', anyone: true } })
    expect(made).toMatchObject({
      state: 'REQUESTED',
      version: 1,
      urgency: 'INFO',
      need: { code: 'housing' },
      commune: { nisCode: '62063' },
      partner: { slug: 'rwlp' },
      line: { slug: 'liege-solidaire' },
      request: { id, reference, status: 'ESCALATED' },
      object: 'Une menace d’expulsion : chercher un logement.',
      shares: ['NAME', 'PLACE'],
      agreement: { way: 'SPOKEN', version: '2026-11-22+NAME+PLACE', language: 'FR', at: NOW.toISOString(), by: 'Ada', anyone: true },
      requestedAt: NOW.toISOString(),
      receivedAt: null,
      outcomeDueAt: null,
      overdue: false,
      ageMinutes: 0,
      steps: [{ version: 1, at: NOW.toISOString(), actorName: 'Ada', state: 'REQUESTED', note: null }],
    })
    expect(await row(id)).toMatchObject({ status: 'ESCALATED', claimedById: null, claimedUntil: null, closedAt: null, outcome: null })
    expect(await actions(made.id)).toEqual(['escalation.requested'])
    expect(await actions(id)).toContain('callback.escalated')
    const events = await app.db.outboxEvent.findMany({ where: { subjectId: made.id } })
    expect(events.map(({ type }) => type)).toEqual(['escalation.requested'])
    const stored = await app.db.escalation.findUniqueOrThrow({ where: { id: made.id } })
    expect(stored.objectSealed).not.toContain('expulsion')
  })

  test('is seen at the desk with its state and its age', async () => {
    const { requestId } = await handed(app, agent)
    app.setTime(minutes(90))
    const { data } = await app.ask(
      'query ($id: ID!) { callbackRequest(id: $id) { status escalations { state ageMinutes partner { slug } } } }',
      { id: requestId },
      agent.headers,
    )
    expect(data.callbackRequest).toEqual({
      status: 'ESCALATED',
      escalations: [{ state: 'REQUESTED', ageMinutes: 90, partner: { slug: 'rwlp' } }],
    })
    expect((await listed(app, agent.headers)).totalCount).toBe(0)
  })

  test('needs that somebody has spoken with her', async () => {
    const { id } = await waiting(app)
    await act(app, agent.headers, 'claimCallback', { id })
    expect(await escalate(id)).toMatchObject({ __typename: 'Conflict', code: 'not_reached' })
    expect(await app.db.escalation.count()).toBe(0)
  })

  test('needs to hold it: not a colleague, not a supervisor, not somebody elsewhere', async () => {
    const { id } = await reached(app, agent)
    const colleague = await staff(app)
    const elsewhere = await staff(app, { organization: 'service-public-de-wallonie' })
    expect(await escalate(id, {}, colleague.headers)).toMatchObject({ code: 'not_holding', holderName: 'Ada' })
    expect(await escalate(id, {}, supervisor.headers)).toMatchObject({ code: 'not_holding' })
    expect(await escalate(id, {}, elsewhere.headers)).toMatchObject({ __typename: 'NotFound' })
    app.setTime(minutes(16))
    expect(await escalate(id)).toMatchObject({ code: 'lease_ended' })
  })

  test.each([
    ['no text', { object: '  ' }, 'required', ['input', 'object']],
    ['a text that is too long', { object: 'x'.repeat(1_001) }, 'too_long', ['input', 'object']],
    ['an organization that does not exist', { partner: 'nobody' }, 'unknown', ['input', 'partner']],
    ['an organization that is no partner', { partner: 'swcs' }, 'unknown', ['input', 'partner']],
    ['an agreement to a text that there is not', { agreement: { version: '1999-01-01' } }, 'unknown', ['input', 'agreement', 'version']],
    [
      'more to share than what was read to her',
      { shares: ['NAME', 'MESSAGE'], agreement: { version: '2026-11-22+NAME' } },
      'unknown',
      ['input', 'agreement', 'version'],
    ],
  ])('is refused with %s', async (_what, overrides, code, path) => {
    const { id } = await reached(app, agent)
    expect(await escalate(id, overrides)).toMatchObject({ problems: [{ code, path }] })
    expect(await row(id)).toMatchObject({ status: 'REACHED', claimedById: agent.viewer.id })
  })

  test('takes register and account numbers out of what is asked', async () => {
    const { id } = await reached(app, agent)
    const made = await escalate(id, { object: 'Dossier 85.07.30-033.28, compte BE68 5390 0754 7034.' })
    expect(made.object).toBe('Dossier •••, compte •••.')
  })

  test('clicked twice is once, to another partner it is another thing', async () => {
    const { id } = await reached(app, agent)
    const [one, two] = await Promise.all([escalate(id), escalate(id)])
    expect(one.id).toBe(two.id)
    expect(await escalate(id)).toMatchObject({ id: one.id })
    expect(await escalate(id, { partner: 'relais-sociaux' })).toMatchObject({ code: 'callback_over' })
    expect(await app.db.escalation.count()).toBe(1)
    expect(await actions(one.id)).toEqual(['escalation.requested'])
  })

  test('not to one that takes nothing; of two at once one gets its last place', async () => {
    const other = await staff(app)
    const [one, two] = [await reached(app, agent), await reached(app, other, { phone: phoneNumber(2) })]
    await app.db.partner.updateMany({ data: { accepting: false } })
    expect(await escalate(one.id)).toMatchObject({ code: 'partner_full' })
    await app.db.partner.updateMany({ data: { accepting: true, capacity: 1 } })
    const answers = await Promise.all([escalate(one.id), escalate(two.id, {}, other.headers)])
    expect(answers.map((answer) => answer.code ?? answer.state).sort()).toEqual(['REQUESTED', 'partner_full'])
    expect(await app.db.escalation.count()).toBe(1)
  })

  test('ends what the same phone asked besides, as closing does', async () => {
    const { id } = await reached(app, agent)
    const repeat = await waiting(app)
    await escalate(id)
    expect(await row(repeat.id)).toMatchObject({ status: 'CLOSED', outcome: null, closedAt: NOW, repeatOfId: id })
  })

  test('goes to a token as to anybody', async () => {
    const { id } = await handed(app, agent)
    app.viewers.set('token', { ...worker.viewer, kind: 'token', actor: 'token:none', scopes: ['READ'] })
    const { errors } = await app.ask('mutation ($id: ID!) { acceptEscalation(id: $id) { __typename } }', { id }, { 'test-viewer': 'token' })
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    app.viewers.set('token', { ...worker.viewer, kind: 'token', actor: 'token:none' })
    expect(await onCase(app, { 'test-viewer': 'token' }, 'acceptEscalation', { id })).toMatchObject({ state: 'ACCEPTED' })
    expect((await app.db.escalationStep.findMany({ orderBy: { version: 'asc' } })).at(-1)).toMatchObject({ actor: 'token:none' })
  })
})

describe('choosing a partner', () => {
  const offers = async (id: string, headers = agent.headers) =>
    (
      await app.ask(
        'query ($id: ID!) { escalationPartners(callback: $id) { fits reasons partner { organization { slug } openCases capacity email } } }',
        { id },
        { ...headers, 'accept-language': 'fr' },
      )
    ).data.escalationPartners

  test('offers who fits first, and says why, in her language', async () => {
    await handed(app, agent, { request: { phone: phoneNumber(9) } })
    const { id } = await reached(app, agent, LETTER)
    const [first, second] = await offers(id)
    expect(first).toEqual({
      fits: true,
      reasons: [
        'Prend de nouveaux dossiers.',
        'Dossiers en cours : 1 sur 40.',
        'Travaille sur tous les sujets.',
        'Travaille là où vit la personne : Liège.',
        'Parle sa langue : français.',
      ],
      partner: { organization: { slug: 'rwlp' }, openCases: 1, capacity: 40, email: null },
    })
    expect(second).toMatchObject({ fits: false, partner: { organization: { slug: 'relais-sociaux' } } })
    expect(second.reasons.join(' ')).toMatch(/Ne travaille pas sur ce sujet : [^.]+\./)
  })

  test('says of one whose system is paused that it cannot be told', async () => {
    const { id } = await reached(app, agent, LETTER)
    const { id: organizationId } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'rwlp' } })
    const { handOver } = await app.db.partner.findUniqueOrThrow({ where: { organizationId } })
    await app.db.partner.update({ where: { organizationId }, data: { handOver: 'WEBHOOK' } })
    const data = { organizationId, url: 'https://partner.example.be/', checkedAt: NOW, pausedAt: NOW, pausedWhy: 'gone' }
    await app.db.partnerEndpoint.create({ data })
    const rwlp = async () =>
      (await offers(id)).find(({ partner }: { partner: { organization: { slug: string } } }) => partner.organization.slug === 'rwlp')
    expect(await rwlp()).toMatchObject({
      fits: false,
      reasons: expect.arrayContaining(['Son système ne peut pas être informé des dossiers pour l’instant : les messages attendent.']),
    })
    await app.db.partnerEndpoint.update({ where: { organizationId }, data: { pausedAt: null, pausedWhy: null } })
    expect(await rwlp()).toMatchObject({ fits: true })
    await app.db.partnerEndpoint.deleteMany()
    expect(await rwlp()).toMatchObject({ fits: false })
    await app.db.partner.update({ where: { organizationId }, data: { handOver } })
  })

  test('of a request of others there is nothing to choose', async () => {
    const { id } = await reached(app, agent)
    const elsewhere = await staff(app, { organization: 'service-public-de-wallonie' })
    expect(await offers(id, elsewhere.headers)).toBeNull()
  })

  test.each(['FR', 'DE', 'NL', 'EN'])('there is a text to read aloud, in %s', async (language) => {
    const { data } = await app.ask(
      'query ($language: LanguageCode!) { escalationText(partner: "rwlp", language: $language) { version text anyone } }',
      { language },
      agent.headers,
    )
    expect(data.escalationText.version).toBe('2026-11-22')
    expect(data.escalationText.text).toContain('RWLP')
    expect(data.escalationText.anyone).toMatch(/\?$/)
  })

  test.each([
    ['FR', 'mot pour mot', 'adresse e-mail', 'votre nom', 'où vous habitez'],
    ['DE', 'Wort für Wort', 'E-Mail-Adresse', 'Ihr Name', 'Wohnort'],
    ['NL', 'woord voor woord', 'e-mailadres', 'uw naam', 'waar u woont'],
    ['EN', 'word for word', 'e-mail address', 'your name', 'where you live'],
  ])('it names what goes along besides, and nothing else, in %s', async (language, message, email, name, place) => {
    const read = async (shares: string[]) => {
      const { data } = await app.ask(
        `query ($language: LanguageCode!, $shares: [SharedDetail!]!) {
          escalationText(partner: "rwlp", language: $language, shares: $shares) { version text } }`,
        { language, shares },
        agent.headers,
      )
      return data.escalationText
    }
    const said = ({ text }: { text: string }) => [name, email, place, message].map((words) => text.includes(words))
    const nothing = await read([])
    expect(said(nothing)).toEqual([false, false, false, false])
    const some = await read(['MESSAGE', 'NAME'])
    expect(some.version).toBe('2026-11-22+NAME+MESSAGE')
    expect(said(some)).toEqual([true, false, false, true])
    expect(said(await read(['NAME', 'EMAIL', 'PLACE', 'MESSAGE']))).toEqual([true, true, true, true])
    for (const { text } of [nothing, some]) expect(text).not.toMatch(/ {2}| \n|undefined/)
  })
})

describe('what the partner sees', () => {
  const SEEN = {
    name: 'Jeanne',
    email: 'jeanne@example.org',
    postalCode: '4000',
    message: 'Je dois partir.',
    language: 'FR',
    safe: { voicemail: false, sms: null, sayWhoCalls: null, note: 'pas le soir' },
  }
  const request = { ...LETTER, safeContact: { voicemail: false, note: 'pas le soir' } }
  const preview = (id: string, input: object, headers = agent.headers) =>
    app.ask(
      `query ($id: ID!, $input: EscalateCallbackInput!) { escalationPreview(id: $id, input: $input) {
        partner { slug } object shares maskedPhone urgency need { code } commune { nisCode } ${CONTACT.replace('phone tel ', '')} } }`,
      { id, input },
      headers,
    )
  const reveal = (id: string, headers = worker.headers, reason = 'premier appel') => onCase(app, headers, 'revealCase', { id, reason })

  test.each([
    ['everything', ['NAME', 'EMAIL', 'PLACE', 'MESSAGE'], {}],
    ['her name and her place', ['NAME', 'PLACE'], { email: null, message: null }],
    ['nothing but the number and her wishes', [], { name: null, email: null, postalCode: null, message: null }],
  ])('is what was shown before: %s', async (_what, shares, less) => {
    const { id } = await reached(app, agent, request)
    // Said by a second request of the same phone: a no counts for both.
    await waiting(app, { safeContact: { voicemail: true, sms: false } })
    await act(app, agent.headers, 'addCallNote', { id, input: { text: 'Elle a peur de son voisin.' } })
    const input = handing({ shares, object: '  Compte BE68 5390 0754 7034.  ' })
    const { data } = await preview(id, input)
    const { partner, object, maskedPhone, shares: shown, urgency, need, commune, ...contact } = data.escalationPreview
    const expected = { ...SEEN, safe: { ...SEEN.safe, sms: false }, ...less }
    expect(contact).toEqual(expected)
    expect({ partner, object, maskedPhone, shown }).toEqual({
      partner: { slug: 'rwlp' },
      object: 'Compte •••.',
      maskedPhone: '+32 4•• •• •• 56',
      shown: shares,
    })
    expect(await actions(id)).toContain('escalation.previewed')

    const { id: caseId } = await onCase(app, agent.headers, 'escalateCallback', { id, input })
    const { __typename, phone, tel, words, ...revealed } = await reveal(caseId)
    expect({ ...revealed, message: words }).toEqual(contact)
    expect(phone).toBe('+32470123456')
    const [seen] = (await casesSeen(app, worker.headers)).nodes
    expect({ object: seen.object, shares: seen.shares, urgency: seen.urgency, need: seen.need, commune: seen.commune }).toEqual({
      object,
      shares,
      urgency,
      need,
      commune,
    })
    expect(JSON.stringify(seen)).not.toMatch(/voisin|470123456/)
  })

  test('the preview is for who holds the request', async () => {
    const { id } = await reached(app, agent, request)
    const { errors, data } = await preview(id, handing(), supervisor.headers)
    expect(errors?.[0]?.extensions.code).toBe('CONFLICT')
    expect(JSON.stringify(data)).not.toContain('Jeanne')
  })

  test('the preview is not asked for by an address, which would hold what is written about her', async () => {
    const { id } = await reached(app, agent, request)
    const query = 'query ($id: ID!, $input: EscalateCallbackInput!) { escalationPreview(id: $id, input: $input) { object } }'
    const asked = new URLSearchParams({ query, variables: JSON.stringify({ id, input: handing() }) })
    const response = await app.fetch(`/graphql?${asked}`, { headers: agent.headers })
    expect(await response.text()).toContain('POST_REQUIRED')
  })

  test('looking is stored before anything is shown, and receives the case', async () => {
    const { id, requestId } = await handed(app, agent, { request })
    expect(await reveal(id)).toMatchObject({ phone: '+32470123456', tel: 'tel:+32470123456', name: 'Jeanne' })
    expect(await actions(id)).toEqual(['escalation.requested', 'escalation.contact_revealed', 'escalation.received'])
    const [stored] = await app.db.contactReveal.findMany({ where: { requestId } })
    expect(stored).toMatchObject({ actor: worker.viewer.actor, at: NOW })
    expect(stored?.reasonSealed).not.toContain('premier')
    expect((await casesSeen(app, worker.headers)).nodes).toMatchObject([{ state: 'RECEIVED', version: 2, receivedAt: NOW.toISOString() }])
  })

  test('nothing is shown when it cannot be stored', async () => {
    const { id } = await handed(app, agent, { request })
    await app.db.$executeRaw`ALTER TABLE "contact_reveal" ADD CONSTRAINT "none" CHECK (false) NOT VALID`
    try {
      const answer = await app.ask(
        'mutation ($id: ID!) { revealCase(id: $id, reason: "appel") { ... on CaseContact { phone name } } }',
        { id },
        worker.headers,
      )
      expect(JSON.stringify(answer)).not.toMatch(/470123456|Jeanne/)
      expect(answer.errors).toHaveLength(1)
    } finally {
      await app.db.$executeRaw`ALTER TABLE "contact_reveal" DROP CONSTRAINT "none"`
      app.errors.length = 0
    }
    expect(await actions(id)).toEqual(['escalation.requested'])
  })

  test.each([
    ['', 'required'],
    ['x'.repeat(201), 'too_long'],
  ])('looking needs a reason: "%s"', async (reason, code) => {
    const { id } = await handed(app, agent)
    expect(await reveal(id, worker.headers, reason)).toMatchObject({ problems: [{ path: ['reason'], code }] })
  })

  const gone = async (id: string) => {
    expect(await reveal(id)).toMatchObject({ __typename: 'Conflict', code: 'case_over' })
    const [seen] = (await casesSeen(app, worker.headers)).nodes
    expect(seen).toMatchObject({ object: null, safeContact: null })
    expect(seen.steps.map(({ note }: { note: unknown }) => note).filter(Boolean)).toEqual([])
  }

  test('all of it is gone when the case is not its own any more', async () => {
    const rejected = await handed(app, agent, { request })
    await onCase(app, worker.headers, 'rejectEscalation', { id: rejected.id, input: { reason: 'OTHER', note: 'un mot' } })
    await gone(rejected.id)
    // The line still sees why.
    expect((await casesSeen(app, agent.headers)).nodes).toMatchObject([{ object: expect.any(String), steps: [{}, { note: 'un mot' }] }])
  })

  test('seven days after the outcome', async () => {
    const { id } = await handed(app, agent, { request })
    await onCase(app, worker.headers, 'acceptEscalation', { id })
    await onCase(app, worker.headers, 'completeEscalation', { id, input: { outcome: 'RESOLVED', note: 'logée' } })
    app.setTime(minutes(7 * 1_440 - 1))
    expect(await reveal(id)).toMatchObject({ phone: '+32470123456' })
    app.setTime(minutes(7 * 1_440))
    await gone(id)
  })

  test('when she withdraws her agreement, and when she erases her request', async () => {
    const withdrawn = await handed(app, agent, { request })
    await change(app, 'withdrawAgreement', { reference: withdrawn.reference, phone: '0470 12 34 56' })
    await gone(withdrawn.id)
    await emptyCases(app)
    const erased = await handed(app, agent, { request })
    await onCase(app, worker.headers, 'acceptEscalation', { id: erased.id })
    await onCase(app, worker.headers, 'holdEscalation', { id: erased.id, input: { note: 'attend le bailleur' } })
    await change(app, 'eraseCallback', { reference: erased.reference, phone: '0470 12 34 56' })
    await gone(erased.id)
    expect((await casesSeen(app, agent.headers)).nodes).toMatchObject([
      { state: 'CANCELLED', cancelReason: 'ERASED', object: null, erasureWanted: true, request: { status: 'CANCELLED', reference: null } },
    ])
    const stored = await app.db.escalation.findUniqueOrThrow({ where: { id: erased.id }, include: { steps: true } })
    expect(stored.objectSealed).toBeNull()
    expect(stored.steps.map(({ noteSealed }) => noteSealed)).toEqual([null, null, null, null])
    expect(stored.steps.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4])
    expect(await actions(erased.id)).toEqual([
      'escalation.requested',
      'escalation.accepted',
      'escalation.held',
      'escalation.cancelled',
      'escalation.erasure_wanted',
    ])
    // The partner says that it did, once.
    expect(await onCase(app, worker.headers, 'confirmErasure', { id: erased.id })).toMatchObject({
      erasureWanted: false,
      erasureConfirmedAt: NOW.toISOString(),
    })
    await onCase(app, worker.headers, 'confirmErasure', { id: erased.id })
    expect((await actions(erased.id)).filter((action) => action === 'escalation.erasure_confirmed')).toHaveLength(1)
  })

  test('what is asked, noted and given as a reason stands nowhere in clear', async () => {
    const words = ['Zwölfprimel', 'Klatschmohn', 'Wiesenknopf', 'Hahnenfuss']
    const [object, note, reason, back] = words as [string, string, string, string]
    const { id, requestId } = await handed(app, agent, { object, request })
    await reveal(id, worker.headers, reason)
    await onCase(app, worker.headers, 'acceptEscalation', { id })
    await onCase(app, worker.headers, 'progressEscalation', { id, input: { note } })
    await onCase(app, agent.headers, 'takeBackEscalation', { id, input: { note: back } })
    const tables = await app.sql.query<{ name: string }>(
      `SELECT table_name AS "name" FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    )
    const texts: string[] = []
    for (const { name } of tables.rows) {
      const { rows } = await app.sql.query<{ text: string }>(`SELECT t::text AS "text" FROM "${name}" AS t`)
      texts.push(...rows.map(({ text }) => text))
    }
    const all = texts.join('\n')
    expect(all).toContain(requestId)
    for (const word of [...words, 'Jeanne', 'jeanne@example.org', '470123456', 'pas le soir']) expect(all).not.toContain(word)
    const steps = (await casesSeen(app, agent.headers)).nodes[0].steps.map((step: any) => step.note)
    expect(steps.filter(Boolean)).toEqual([note, back])
  })
})
