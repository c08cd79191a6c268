import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openDemonstration } from '../access/actions/demonstration.ts'
import { DEMONSTRATION_PASSWORD } from '../access/rules/demonstration.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { Visitor } from '../testing/browser.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp({ limited: false })
  await openDemonstration(app.db, NOW)
})
afterAll(() => app.close())

async function enter(email = 'eva@liege.example', language = ''): Promise<Visitor> {
  const visitor = new Visitor(app)
  await visitor.post(`/sign-in${language && `?lang=${language}`}`, { email, password: DEMONSTRATION_PASSWORD })
  return visitor
}
let made = 0
const fields = (more: Record<string, string> = {}) => ({
  act: 'create',
  organization: 'ville-de-liege',
  name: `Page ${++made}`,
  origins: `https://page-${made}.example`,
  languages: 'FR',
  ...more,
})
/** The text of a snippet as a browser shows it. */
const snippetOf = (page: string, id: string): string =>
  (new RegExp(`<textarea id="${id}"[^>]*>\\n([\\s\\S]*?)</textarea>`).exec(page)?.[1] ?? '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
const look = (version: number, more: Record<string, string> = {}) => ({
  act: 'look',
  version: String(version),
  languages: 'FR',
  defaultLanguage: 'FR',
  theme: 'PAGE',
  colours: 'own',
  accent: '#7a1f5c',
  onAccent: '#ffffff',
  background: '#ffffff',
  text: '#20282c',
  radius: '4',
  ...more,
})

describe('without a script', () => {
  test('a site is made, its snippet is there, its look is changed, and its key is revoked after asking', async () => {
    const eva = await enter()
    const empty = await eva.get('/edit/sites')
    expect([empty.status, /Vous n’avez pas encore de site/.test(empty.page)]).toEqual([200, true])

    const created = await eva.post(
      '/edit/sites',
      fields({ name: 'Commune de Rivage', origins: 'https://www.rivage.example/\nhttps://rivage.example' }),
    )
    expect([created.status, created.path]).toEqual([200, '/edit/sites/commune-de-rivage?done=made'])
    expect(snippetOf(created.page, 'plain')).toMatch(
      /^<script type="module" src="http:\/\/127\.0\.0\.1:4000\/widgets\/v1\/passerelle\.js"><\/script>\n\n<passerelle-finder site="commune-de-rivage" lang="fr">/,
    )
    expect(snippetOf(created.page, 'plain')).toContain('<passerelle-callback site="commune-de-rivage" line="liege-solidaire" lang="fr">')

    const path = '/edit/sites/commune-de-rivage'
    const looks = await eva.post(path, look(1))
    expect(looks.path).toBe(`${path}?done=savedLook`)
    expect(snippetOf(looks.page, 'plain')).toContain('--passerelle-accent: #7a1f5c;')
    expect(looks.page).toContain('bien visible')
    const moved = await eva.post(path, { act: 'addresses', version: '2', name: 'Rivage', origins: 'https://www.rivage.example' })
    expect(moved.path).toBe(`${path}?done=saved`)
    expect(moved.page).toContain('<h1>Rivage</h1>')

    const asked = await eva.get(`${path}?revoke=ask`)
    expect(asked.page).toContain('Révoquer la clé de « Rivage » ?')
    expect((await app.db.site.findUniqueOrThrow({ where: { key: 'commune-de-rivage' } })).revokedAt).toBeNull()
    const revoked = await eva.post(path, { act: 'revoke' })
    expect(revoked.page).toContain('Clé révoquée le')
    expect(revoked.page).not.toContain('<textarea')
    expect((await eva.get('/edit/sites')).page).toContain('Clé révoquée le')
  })

  test('the snippet follows what the page shows, its language and its line', async () => {
    const eva = await enter()
    const { path } = await eva.post('/edit/sites', fields({ name: 'Choices' }))
    const key = path.split('?')[0] as string
    await eva.post(key, { ...look(1, { colours: 'widget', radius: '' }), languages: 'DE', defaultLanguage: 'DE' })
    const german = await eva.get(`${key}?shown=callback&for=DE`)
    expect(snippetOf(german.page, 'plain')).toContain('<passerelle-callback site="choices" line="1719" lang="de">')
    expect(snippetOf(german.page, 'plain')).not.toContain('passerelle-finder')
    // A language that the site does not have is as if it had not been asked for.
    const other = await eva.get(`${key}?shown=nonsense&for=NL&line=liege-solidaire`)
    expect(snippetOf(other.page, 'plain')).toContain('line="liege-solidaire" lang="de"')
    expect(snippetOf(other.page, 'wordpress-plugin')).toContain("'de' => <<<'HTML'")
    for (const id of ['drupal-library', 'drupal-format', 'plone-valid', 'frame', 'policy']) expect(snippetOf(other.page, id)).not.toBe('')
  })

  test('what is wrong is told beside its field, and what was typed is still there', async () => {
    const eva = await enter()
    const refused = await eva.post('/edit/sites', fields({ name: '', origins: 'rivage.be\nhttps://a.be/x' }))
    expect(refused.status).toBe(422)
    expect(refused.page).toContain('<a href="#name">')
    expect(refused.page).toContain('« rivage.be » n’est pas l’adresse d’un site')
    expect(refused.page).toContain('donnez seulement https://a.be')
    expect(refused.page).toContain('rivage.be\nhttps://a.be/x</textarea>')

    const { path } = await eva.post('/edit/sites', fields({ name: 'Pale' }))
    const key = path.split('?')[0] as string
    const pale = await eva.post(key, look(1, { accent: '#cccccc', radius: 'round' }))
    expect(pale.status).toBe(422)
    expect(pale.page).toMatch(/id="onAccent-error">Sur la couleur principale, le texte des boutons se lit mal : contraste de 1,6 : 1/)
    expect(pale.page).toContain('value="#cccccc"')
    expect(pale.page).toContain('href="#radius"')
    // Nothing of it stands in the snippet.
    expect(snippetOf(pale.page, 'plain')).not.toContain('#cccccc')
  })

  test('a second editor’s stale form changes nothing, and tells who was faster', async () => {
    const [eva, ada] = [await enter(), await enter('ada@liege.example')]
    const { path } = await eva.post('/edit/sites', fields({ name: 'Race' }))
    const key = path.split('?')[0] as string
    await ada.post(key, look(1))
    const stale = await eva.post(key, look(1, { radius: '9' }))
    expect(stale.status).toBe(409)
    expect(stale.page).toContain('Changé par Ada Schmitz.')
    expect((await app.db.site.findUniqueOrThrow({ where: { key: 'race' } })).radius).toBe(4)
    // What she typed is still there, to be sent again or not.
    expect(stale.page).toMatch(/name="radius"[^>]* value="9"/)
    const [, version] = /name="version" value="(\d+)"/.exec(stale.page) ?? []
    expect((await eva.post(key, look(Number(version), { radius: '9' }))).path).toContain('done=savedLook')
  })
})

describe('the preview', () => {
  test('has the real widgets in the look that the form has now, and no key', async () => {
    const eva = await enter()
    const { path } = await eva.post('/edit/sites', fields({ name: 'Looks' }))
    const key = path.split('?')[0] as string
    const seen = await eva.get(`${key}/preview?${new URLSearchParams({ ...look(1, { accent: '#005500' }), for: 'FR', shown: 'finder' })}`)
    expect(seen.page).toContain('--passerelle-accent: #005500;')
    expect(seen.page).toContain('<passerelle-finder lang="fr" theme="light">')
    expect(seen.page).not.toContain('site=')
    const policy = seen.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("frame-ancestors 'self'")
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(seen.page) ?? []
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    // Looking changes nothing.
    expect((await app.db.site.findUniqueOrThrow({ where: { key: 'looks' } })).accent).toBeNull()
    const evil = await eva.get(`${key}/preview?theme=LIGHT&colours=own&accent=${encodeURIComponent('red}</style><script>')}`)
    expect(evil.page).not.toContain('red}')
  })
})

describe('who comes here', () => {
  test('whoever has not signed in is led to where one does, and back', async () => {
    const nobody = new Visitor(app)
    expect((await nobody.get('/edit/sites')).path).toBe('/sign-in?next=%2Fedit%2Fsites')
    expect((await nobody.get('/edit/sites/demo')).path).toBe('/sign-in?next=%2Fedit%2Fsites%2Fdemo')
    const seen = await nobody.post('/sign-in', { email: 'ada@liege.example', password: DEMONSTRATION_PASSWORD, next: '/edit/sites' })
    expect(seen.path).toBe('/edit/sites')
  })

  test('an agent is led to her desk; an editor finds the way from her account', async () => {
    expect((await (await enter('ana@liege.example')).get('/edit/sites')).path).toBe('/desk')
    expect((await (await enter('ada@liege.example')).get('/account')).page).toContain('href="/edit/sites"')
  })

  test('a site of others is not there, nor is one that does not exist, in the same words', async () => {
    const [eva, nora] = [await enter(), await enter('nora@wallonie.example')]
    await eva.post('/edit/sites', fields({ name: 'Ours' }))
    const [theirs, none] = [await nora.get('/edit/sites/ours'), await nora.get('/edit/sites/nothing')]
    expect([theirs.status, none.status]).toEqual([404, 404])
    expect(theirs.page).toBe(none.page)
    expect((await nora.post('/edit/sites/ours', { act: 'revoke' })).status).toBe(404)
    expect((await app.db.site.findUniqueOrThrow({ where: { key: 'ours' } })).revokedAt).toBeNull()
  })

  test('a form of another page changes nothing', async () => {
    const eva = await enter()
    const answer = await eva.post('/edit/sites', fields({ name: 'Foreign' }), {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    })
    expect(answer.status).toBe(403)
    expect(await app.db.site.count({ where: { name: 'Foreign' } })).toBe(0)
  })

  test('the page runs our script and shows our preview, and nothing else', async () => {
    const eva = await enter()
    const { page, headers } = await eva.get('/edit/sites')
    const policy = headers.get('content-security-policy') ?? ''
    const [, script = ''] = /<script type="module">([\s\S]*?)<\/script>/.exec(page) ?? []
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; style-src`)
    for (const [, style = ''] of page.matchAll(/<style>([\s\S]*?)<\/style>/g)) {
      expect(policy).toContain(createHash('sha256').update(style).digest('base64'))
    }
    expect(policy).toContain("frame-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

test.each([
  ['fr', 'Vos sites', 'Créer un site'],
  ['de', 'Ihre Websites', 'Website anlegen'],
  ['nl', 'Uw sites', 'Een site maken'],
  ['en', 'Your sites', 'Make a site'],
])('in %s', async (language, title, make) => {
  const eva = await enter('eva@liege.example', language)
  const { page } = await eva.get(`/edit/sites?lang=${language}`)
  expect(page).toContain(`<h1>${title}</h1>`)
  expect(page).toContain(`<h2>${make}</h2>`)
  // The language stays through what is sent.
  const done = await eva.post(`/edit/sites?lang=${language}`, fields())
  expect(done.path).toMatch(new RegExp(`done=made&lang=${language}$`))
})

test('a site that is made on the page is good for the widgets a moment later', async () => {
  const eva = await enter()
  await eva.post('/edit/sites', fields({ name: 'Quick', origins: 'https://quick.example' }))
  await vi.waitFor(async () => {
    const answer = await app.fetch('/graphql?query={about{demonstration}}', { headers: { origin: 'https://quick.example' } })
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://quick.example')
  }, 15_000)
})
