import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'
import { requestCallback } from '../testing/callbacks.ts'
import { editing, LINE_CONTENT, ORGANIZATION_CONTENT } from '../testing/editing.ts'
import { ownLinesOf } from '../desk/rules/scope.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let eva: { headers: Record<string, string> }
let nora: { headers: Record<string, string> }
let rita: { headers: Record<string, string> }
let edit: ReturnType<typeof editing>
beforeAll(async () => {
  app = await createTestApp()
  eva = await staff(app, { role: 'EDITOR', name: 'Eva Peeters' })
  nora = await staff(app, { role: 'EDITOR', organization: 'service-public-de-wallonie', name: 'Nora Jacquet' })
  rita = await staff(app, { role: 'EDITOR', organization: 'rwlp', name: 'Rita Noël' })
  edit = editing(app)
})
afterAll(() => app.close())

const codesOf = ({ problems }: any) => problems.map(({ path, code }: any) => `${path.join('.')} ${code}`)
const organizationId = async (slug: string) => (await app.db.organization.findUniqueOrThrow({ where: { slug } })).id
const lineId = async (slug: string) => (await app.db.line.findUniqueOrThrow({ where: { slug } })).id
const service = (slug: string, more: object = {}) => ({
  slug,
  organization: 'ville-de-liege',
  status: 'ACTIVE',
  languages: ['FR'],
  needs: ['housing'],
  source: 'liege.be',
  url: 'https://www.liege.be',
  texts: [{ language: 'FR', name: slug, description: 'Un service.' }],
  ...more,
})
const line = (slug: string, more: object = {}) => ({
  slug,
  number: '0800/11 222',
  lineKind: 'SOCIAL',
  organization: 'ville-de-liege',
  languages: ['FR'],
  source: 'liege.be',
  texts: [{ language: 'FR', name: slug }],
  ...more,
})
const published = async (save: 'saveService' | 'saveLine', content: object, who = eva) => {
  const { id, version } = await edit[save]({ content }, who.headers)
  return edit.publish({ id, version }, who.headers)
}

describe('what holds for everybody is decided by a region’s editors', () => {
  test.each([
    ['the CPAS of a commune', { organizationKind: 'CPAS', commune: '92094' }],
    ['a region', { organizationKind: 'REGION' }],
  ])('nobody makes her organization %s', async (_what, more) => {
    const { id, version, content } = await edit.record(await organizationId('rwlp'), rita.headers, ORGANIZATION_CONTENT)
    const refused = await edit.saveOrganization({ id, version, content: { ...content, ...more } }, rita.headers)
    expect(codesOf(refused)).toEqual(['content.organizationKind region_only'])
    expect(refused.problems[0].message).toBe('Cela vaut pour tout le monde : seule la Région peut le décider.')
    const other = { ...content, slug: 'un-autre', keeper: null, ...more }
    expect(codesOf(await edit.saveOrganization({ content: other }, rita.headers))).toEqual(['content.organizationKind region_only'])
  })

  test('a commune has one CPAS, for a region as well', async () => {
    const texts = [{ language: 'FR', name: 'Un autre CPAS' }]
    const content = { slug: 'autre-cpas', organizationKind: 'CPAS', commune: '92094', source: 'namur.be', phones: [], texts }
    const made = await edit.saveOrganization({ content }, nora.headers)
    expect(codesOf(made)).toEqual(['content.commune cpas_twice'])
    expect(made.problems[0].message).toContain('cpas-namur')
  })

  test('nor does she add a number to those that everybody in danger is shown', async () => {
    const refused = await edit.saveLine({ content: line('secours', { organization: 'rwlp', lineKind: 'EMERGENCY' }) }, rita.headers)
    expect(codesOf(refused)).toEqual(['content.lineKind region_only'])
    const made = await edit.saveLine({ content: line('ecoute', { organization: 'rwlp' }) }, rita.headers)
    const changed = { id: made.id, version: 1, content: line('ecoute', { organization: 'rwlp', lineKind: 'EMERGENCY' }) }
    expect(codesOf(await edit.saveLine(changed, rita.headers))).toEqual(['content.lineKind region_only'])
  })

  test('and who answers an emergency number does not take it away', async () => {
    const helper = await staff(app, { role: 'EDITOR', organization: 'services-de-secours' })
    const { id, version } = await edit.record(await lineId('112'), helper.headers)
    expect(codesOf(await edit.retire({ id, version }, helper.headers))).toEqual(['content.lineKind region_only'])
    expect(codesOf(await edit.confirm({ id, version }, helper.headers))).toEqual(['content.lineKind region_only'])
  })

  test('nobody in need is sent to a premium number', async () => {
    const made = await edit.saveLine({ content: line('payante', { number: '0900 12 345' }) }, eva.headers)
    expect(codesOf(made)).toEqual(['content.number number_premium'])
    expect((await edit.publish({ id: made.id, version: 1 }, eva.headers)).__typename).toBe('InvalidInput')
    const abroad = await edit.saveService(
      { content: service('payant', { phones: [{ number: '+32 903 12 34 56' }, { number: '04 903 12 34' }] }) },
      eva.headers,
    )
    expect(codesOf(abroad)).toEqual([])
    const same = await edit.saveService({ content: service('payant-2', { phones: [{ number: '+32 903 12 345' }] }) }, eva.headers)
    expect(codesOf(same)).toEqual(['content.phones.0.number number_premium'])
  })
})

describe('whose a record is', () => {
  test('an earlier version in the name of others is neither taken up nor published', async () => {
    const both = await staff(app, { role: 'EDITOR' })
    const rwlp = await organizationId('rwlp')
    const viewer = app.viewers.get(both.viewer.id)
    if (viewer)
      app.viewers.set(both.viewer.id, { ...viewer, memberships: [...viewer.memberships, { organizationId: rwlp, role: 'EDITOR' }] })
    const first = await published('saveService', service('change-de-main', { organization: 'rwlp' }), both)
    const moved = await edit.saveService({ id: first.id, version: first.version, content: service('change-de-main') }, both.headers)
    const now = await edit.publish({ id: first.id, version: moved.version }, both.headers)
    const refused = await edit.revert({ id: first.id, version: now.version, to: 1 }, eva.headers)
    expect(codesOf(refused)).toEqual(['content.organization out_of_reach'])
    expect(await edit.revert({ id: first.id, version: now.version, to: 1 }, both.headers)).toMatchObject({ state: 'CHANGED' })
    const again = { id: first.id, version: now.version + 1 }
    expect(codesOf(await edit.publish(again, eva.headers))).toEqual(['content.organization out_of_reach'])
  })

  test('is no draft of an organization: that is published first', async () => {
    const texts = [{ language: 'FR', name: 'ASBL neuve' }]
    await edit.saveOrganization(
      { content: { slug: 'asbl-neuve', organizationKind: 'ASSOCIATION', source: 'x', phones: [], texts } },
      eva.headers,
    )
    const refused = await edit.saveService({ content: service('premier-service', { organization: 'asbl-neuve' }) }, eva.headers)
    expect(codesOf(refused)).toEqual(['input.content.organization target_unpublished'])
    expect(refused.problems[0].message).toContain('publiez-le d’abord')
  })

  test('a line stays with its organization while it has what people asked of it', async () => {
    const both = await staff(app, { role: 'EDITOR' })
    const viewer = app.viewers.get(both.viewer.id)
    const organization = await organizationId('rwlp')
    if (viewer)
      app.viewers.set(both.viewer.id, { ...viewer, memberships: [...viewer.memberships, { organizationId: organization, role: 'EDITOR' }] })
    await requestCallback(app, { phone: '0470 66 77 88' })
    const { id, version, content } = await edit.record(await lineId('liege-solidaire'), both.headers, LINE_CONTENT)
    const moved = await edit.saveLine({ id, version, content: { ...content, organization: 'rwlp' } }, both.headers)
    expect(codesOf(await edit.publish({ id, version: moved.version }, both.headers))).toEqual(['content.organization requests_stay'])
    await edit.discard({ id, version: moved.version }, both.headers)
  })

  test('who looks after it, said on the console, stays so whatever the versions say', async () => {
    const id = await organizationId('rwlp')
    const before = await edit.record(id, rita.headers)
    expect(await edit.confirm({ id, version: before.version }, rita.headers)).toMatchObject({ state: 'PUBLISHED' })
    await app.db
      .$executeRaw`UPDATE organization SET keeper_id = (SELECT id FROM organization WHERE slug = 'ville-de-liege') WHERE slug = 'rwlp'`
    const kept = await edit.record(id, eva.headers, ORGANIZATION_CONTENT)
    expect(kept.content.keeper).toBe('ville-de-liege')
    expect(await edit.confirm({ id, version: kept.version }, eva.headers)).toMatchObject({ state: 'PUBLISHED' })
    expect((await edit.record(id, eva.headers, ORGANIZATION_CONTENT)).content.keeper).toBe('ville-de-liege')
    await app.db.$executeRaw`UPDATE organization SET keeper_id = NULL WHERE slug = 'rwlp'`
  })
})

describe('two editors at once', () => {
  const outcomes = (results: any[]) => results.map(({ __typename }) => __typename).sort()

  test.each([1, 2, 3, 4])(
    'a menu is published while the service that it leads to is retired: one of them waits and is refused (%i)',
    async (n) => {
      const to = await published('saveService', service(`menu-vers-${n}`))
      const menu = [{ key: 1, kind: 'SERVICE', service: `menu-vers-${n}`, label: [{ language: 'FR', text: 'Un' }] }]
      const draft = await edit.saveLine({ content: line(`menu-de-${n}`, { menu }) }, eva.headers)
      const results = await Promise.all([
        edit.publish({ id: draft.id, version: 1 }, eva.headers),
        edit.retire({ id: to.id, version: to.version }, eva.headers),
      ])
      expect(outcomes(results)).toEqual(['ContentRecord', 'InvalidInput'])
    },
  )

  test.each([1, 2, 3, 4])('two lines that would send callers to each other: one is refused (%i)', async (n) => {
    const [a, b] = [await published('saveLine', line(`ronde-a-${n}`)), await published('saveLine', line(`ronde-b-${n}`))]
    const drafts = [
      await edit.saveLine({ id: a.id, version: a.version, content: line(`ronde-a-${n}`, { fallback: `ronde-b-${n}` }) }, eva.headers),
      await edit.saveLine({ id: b.id, version: b.version, content: line(`ronde-b-${n}`, { fallback: `ronde-a-${n}` }) }, eva.headers),
    ]
    const results = await Promise.all(drafts.map(({ id, version }) => edit.publish({ id, version }, eva.headers)))
    expect(outcomes(results)).toEqual(['ContentRecord', 'InvalidInput'])
  })

  test('while something long is being published, a change is refused with what is so, and a draft is saved', async () => {
    const draft = await edit.saveService({ content: service('patience') }, eva.headers)
    const refused = await app.db.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended('content published', 0))) AS "locked"`
        const more = { id: draft.id, version: 1, content: service('patience', { url: 'https://www.liege.be/patience' }) }
        expect(await edit.saveService(more, eva.headers)).toMatchObject({ version: 2 })
        return edit.publish({ id: draft.id, version: 2 }, eva.headers)
      },
      { timeout: 20_000 },
    )
    expect(refused).toMatchObject({ __typename: 'Conflict', code: 'content_busy' })
    expect(refused.message).toContain('rien n’est perdu')
    expect(await edit.publish({ id: draft.id, version: 2 }, eva.headers)).toMatchObject({ state: 'PUBLISHED' })
  })
})

describe('what is retired', () => {
  test('is still what an open request is about: nothing is sent to a phone where being seen is a risk', async () => {
    const about = await published('saveService', service('abri-discret', { needs: ['violence.partner'] }))
    const question = {
      slug: 'partir-sans-risque',
      organization: 'ville-de-liege',
      urgency: 'CRISIS',
      needs: ['violence.partner'],
      services: [],
      related: [],
      source: 'x',
      texts: [{ language: 'FR', question: 'Partir ?', answer: 'Oui.' }],
    }
    const asked = await edit.saveQuestion({ content: question }, eva.headers)
    const shown = await edit.publish({ id: asked.id, version: asked.version }, eva.headers)
    await app.directory.refresh()
    const reference = await requestCallback(app, {
      phone: '0470 55 44 33',
      service: 'abri-discret',
      faqEntry: 'partir-sans-risque',
      safeContact: { sms: true },
    })
    const agent = await staff(app, { role: 'AGENT' })
    const read = async () => {
      const query = '{ callbackRequests(first: 50) { edges { node { reference urgency canSend service { slug } faqEntry { slug } } } } }'
      const { data } = await app.ask(query, {}, agent.headers)
      return data.callbackRequests.edges.map(({ node }: any) => node).find((node: any) => node.reference === reference)
    }
    const before = await read()
    expect(before).toMatchObject({ urgency: 'CRISIS', canSend: [], service: { slug: 'abri-discret' } })
    await edit.retire({ id: about.id, version: about.version }, eva.headers)
    await edit.retire({ id: shown.id, version: shown.version }, eva.headers)
    await app.directory.refresh()
    expect((await app.ask('{ service(slug: "abri-discret") { id } faqEntry(slug: "partir-sans-risque") { id } }')).data).toEqual({
      service: null,
      faqEntry: null,
    })
    expect(await read()).toEqual(before)
  })

  test('is nobody’s next number: the line that follows it is', async () => {
    const next = await published('saveLine', line('suivante', { number: '0800/33 444' }))
    const old = await published('saveLine', line('ancienne'))
    const from = await published('saveLine', line('premiere'))
    await app.db.line.update({ where: { id: from.id }, data: { fallbackId: old.id } })
    await app.db.line.update({ where: { id: old.id }, data: { retiredAt: new Date(), successorId: next.id } })
    await app.directory.refresh()
    expect(app.directory.current().linesBySlug.get('premiere')?.fallback?.slug).toBe('suivante')
    await app.db.line.update({ where: { id: next.id }, data: { retiredAt: new Date() } })
    await app.directory.refresh()
    expect(app.directory.current().linesBySlug.get('premiere')?.fallback).toBeNull()
  })

  test('an organization with staff says so', async () => {
    const id = await organizationId('rwlp')
    const { version } = await edit.record(id, rita.headers)
    expect(codesOf(await edit.retire({ id, version }, rita.headers))).toEqual(['input.id still_peopled'])
  })

  test('who called for a line only calls for the one that takes over; nobody is left with nothing', async () => {
    const next = await published('saveLine', line('releve', { number: '0800/55 666' }))
    const old = await published('saveLine', line('sortante'))
    const agent = await staff(app, { role: 'AGENT', lineIds: [old.id] })
    await edit.retire({ id: old.id, version: old.version, successor: 'releve' }, eva.headers)
    const { lines } = await app.db.staffMember.findUniqueOrThrow({ where: { id: agent.viewer.id }, include: { lines: true } })
    expect(lines.map(({ lineId }) => lineId).sort()).toEqual([old.id, next.id].sort())
    await app.directory.refresh()
    const own = (lineIds: string[]) => ownLinesOf(app.directory.current(), { ...agent.viewer, lineIds }).map(({ slug }) => slug)
    expect(own([old.id]).length).toBeGreaterThan(2)
    expect(own([old.id, next.id]).sort()).toEqual(['releve', 'sortante'])
  })

  test('another successor than the one that was taken is no double click', async () => {
    const old = await published('saveLine', line('deux-suites'))
    const once = await edit.retire({ id: old.id, version: old.version, successor: '1718' }, eva.headers)
    expect(once).toMatchObject({ state: 'RETIRED' })
    expect(await edit.retire({ id: old.id, version: old.version, successor: '1718' }, eva.headers)).toMatchObject({ state: 'RETIRED' })
    expect((await edit.retire({ id: old.id, version: old.version, successor: '1719' }, eva.headers)).__typename).toBe('Conflict')
  })
})

describe('a preview', () => {
  const shown = (id: string, query: string) => app.ask(query, {}, { ...eva.headers, 'passerelle-preview': id })

  test('leaves out what its draft names and is gone', async () => {
    const given = await edit.saveService({ content: service('renomme') }, eva.headers)
    const menu = [{ key: 1, kind: 'SERVICE', service: 'renomme', label: [{ language: 'FR', text: 'Un' }] }]
    const draft = await edit.saveLine({ content: line('vers-renomme', { menu }) }, eva.headers)
    await edit.saveService({ id: given.id, version: 1, content: service('autre-nom') }, eva.headers)
    const { data } = await shown(draft.id, '{ line(slug: "vers-renomme") { menu { label service { slug } } } }')
    expect(data.line.menu).toEqual([{ label: 'Un', service: null }])
    const foreign = await edit.saveLine({ content: line('chez-rita', { organization: 'rwlp' }) }, rita.headers)
    expect(foreign.state).toBe('DRAFT')
    const other = await edit.saveLine({ content: line('vers-rita', { fallback: 'chez-rita' }) }, eva.headers)
    expect((await shown(other.id, '{ line(slug: "vers-rita") { fallback { slug } } }')).data.line.fallback).toBeNull()
  })

  test('is made one after the other; who asks for too many is told to come back', async () => {
    const drafts = []
    for (let n = 0; n < 8; n++) drafts.push(await edit.saveService({ content: service(`apercu-${n}`) }, eva.headers))
    const answers = await Promise.all(drafts.map(({ id, slug }) => shown(id, `{ service(slug: "${slug}") { slug } }`)))
    const seen = answers.filter(({ data }) => data?.service).length
    const told = answers.filter(({ errors }) => errors?.[0]?.extensions.code === 'CONFLICT').length
    expect([seen > 0, told > 0, seen + told]).toEqual([true, true, 8])
  })
})

test('what agents read aloud is told to who runs the line, and to no other editor', async () => {
  const id = await lineId('liege-solidaire')
  const script = (headers: any) => edit.record(id, headers, LINE_CONTENT).then(({ content }: any) => content.texts[0].script)
  expect(await script(eva.headers)).toBeTruthy()
  expect(await script(rita.headers)).toBeNull()
})

test('who confirms the first text leaves the translations as fresh as they were', async () => {
  const texts = [
    { language: 'FR', name: 'Un', description: 'Un.' },
    { language: 'DE', name: 'Eins', description: 'Eins.' },
  ]
  const made = await edit.saveService({ content: service('confirme', { texts }) }, eva.headers)
  expect(await edit.confirm({ id: made.id, version: 1, languages: ['FR'] } as object, eva.headers)).toMatchObject({ behind: [] })
})

test('a draft may have what is not filled in yet', async () => {
  const empty = { phones: [{ number: '' }], areas: [{ kind: 'COMMUNE', code: '' }], hours: [{ days: ['MO'], opens: '', closes: '' }] }
  const made = await edit.saveService({ content: service('a-completer', { ...empty, eligibility: { age: {} } }) }, eva.headers)
  expect(codesOf(made)).toEqual([
    'content.areas.0.code required',
    'content.phones.0.number required',
    'content.hours.0.opens required',
    'content.hours.0.closes required',
    'content.eligibility.age rule_empty',
  ])
  const place = { organization: 'ville-de-liege', commune: '', texts: [{ language: 'FR', name: 'Quelque part' }] }
  const somewhere = await edit.saveLocation({ content: place }, eva.headers)
  expect(codesOf(somewhere)).toEqual(['content.commune required'])
  const answer = await app.ask('{ lines { slug } }', {}, { ...eva.headers, 'passerelle-preview': somewhere.id })
  expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND')
})

test('a service that nobody could get to is not published', async () => {
  const nowhere = await edit.saveService({ content: { ...service('nulle-part'), url: null } }, eva.headers)
  expect(codesOf(nowhere)).toEqual(['content.phones contact_needed'])
})

test('half a character is left out, and stops nothing', async () => {
  const texts = [{ language: 'FR', name: 'Demi \ud83d', description: 'Un.' }]
  expect(await edit.saveService({ content: service('demi', { texts }) }, eva.headers)).toMatchObject({ title: 'Demi' })
})

test('a transfer leads somewhere', async () => {
  const menu = [{ key: 1, kind: 'TRANSFER', label: [{ language: 'FR', text: 'Un' }] }]
  expect(codesOf(await edit.saveLine({ content: line('sans-suite', { menu }) }, eva.headers))).toEqual([
    'content.menu.0.transferTo required',
  ])
})

test('a rule whose part is called as what every object has is malformed, not an error of ours', async () => {
  for (const name of ['constructor', 'toString', '__proto__']) {
    const eligibility = JSON.parse(`{"${name}": 1}`)
    const refused = await edit.saveService({ content: service('regle-curieuse', { eligibility }) }, eva.headers)
    expect(codesOf(refused), name).toEqual(['input.content.eligibility rule_malformed'])
  }
})
