import { hasRole, type Viewer } from '../../access/rules/viewer.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { tagOf } from '../../directory/language.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import type { SiteDoor, SiteRecord } from '../../site/rules/door.ts'
import { themeOf } from '../../site/rules/look.ts'
import { stringsFor } from '../../strings/strings.ts'
import { html, styleElement } from '../html.ts'
import { languageOf } from '../layout.ts'
import { go, homeOf, type StaffAnswer, type StaffAsked, staffLink, staffPage, withNext } from '../staff/asked.ts'
import { editorsWay } from '../staff/editors.ts'
import { previewPolicy, SITES_HEAD, SITES_POLICY } from './head.ts'
import { insteadOf, lineFor, linesNow } from './pieces.ts'
import { addressesOf, EMPTY, type Filled, filledOf, lookOf, problemsOf, readFilled, readWanted, shownLook, type Wanted } from './read.ts'
import { elements, type Piece, scriptUrl, styleRules } from './snippets.ts'
import { listView, pathOf, revokeView, type Said, SITES_PATH, siteView } from './views.ts'
import { sitesWords } from './words.ts'

const PATH = /^\/edit\/sites(?:\/([a-z0-9-]{2,60})(\/preview)?)?$/

/** What was done, as the address of the next page says it. */
const DONE = ['made', 'saved', 'savedLook'] as const

/** `/edit/sites` and below: where editors and administrators look after the websites of their organizations. Null for other addresses. */
export async function sitePages(asked: StaffAsked): Promise<StaffAnswer | null> {
  const { path, body, cookie, access, query, reader } = asked
  const [, key, preview] = PATH.exec(path) ?? []
  if (!PATH.test(path)) return path.startsWith(SITES_PATH) ? missing(asked) : null
  const { viewer, half } = await access.known(cookie)
  if (!viewer)
    return half ? go(asked, '/account/second-factor') : go(asked, withNext('/sign-in', preview ? pathOf({ key: key as string }) : path))
  if (!hasRole(viewer, ['EDITOR', 'ADMINISTRATOR'])) return go(asked, homeOf(viewer))
  const door = asked.sitesOf(viewer)
  if (body) await access.touch(viewer, reader.now)
  if (key === undefined) return body ? create(asked, door, viewer, body) : list(asked, door, viewer, fresh(asked), {}, 200)
  const site = await door.find(key)
  if (!site) return missing(asked)
  if (preview) return previewOf(asked, site)
  if (body) return change(asked, door, site, body)
  if (query.get('revoke') === 'ask' && !site.revokedAt) {
    return answered(asked, pathOf(site), sitesWords(reader).revokeSure(site.name), revokeView(site, reader), 200)
  }
  const done = DONE.find((one) => one === query.get('done'))
  return show(asked, site, filledOf(site), { news: done && sitesWords(reader)[done] }, 200)
}

/** A new site begins with the language of who makes it. */
const fresh = ({ reader }: StaffAsked): Filled => ({ ...EMPTY, languages: [languageOf(reader)] })

const answered = ({ reader }: StaffAsked, path: string, title: string, main: ReturnType<typeof html>, status: number): StaffAnswer => ({
  page: { ...staffPage(path, title, main, status >= 400, reader), head: SITES_HEAD },
  status,
  policy: SITES_POLICY,
})

function missing(asked: StaffAsked): StaffAnswer {
  const words = sitesWords(asked.reader)
  const back = html`<p><a class="step" href="${staffLink(asked.reader, SITES_PATH)}">${words.back}</a></p>`
  return answered(asked, SITES_PATH, words.missing, html`<p class="lead">${words.missingText}</p>\n${back}`, 404)
}

async function list(asked: StaffAsked, door: SiteDoor, viewer: Viewer, filled: Filled, said: Said, status: number): Promise<StaffAnswer> {
  const { reader } = asked
  const known = new Map([...reader.directory.organizationsBySlug.values()].map((one) => [one.id, one]))
  const organizations = (await door.organizations()).map((id) => known.get(id)).filter((one) => one !== undefined)
  const main = html`${editorsWay(SITES_PATH, viewer, reader)}
${listView(await door.list(), organizations, filled, said, reader)}`
  return answered(asked, SITES_PATH, sitesWords(reader).title, main, status)
}

async function create(asked: StaffAsked, door: SiteDoor, viewer: Viewer, body: URLSearchParams): Promise<StaffAnswer> {
  const filled = readFilled(body, EMPTY)
  try {
    const { languages } = filled
    const site = await door.create({ ...addressesOf(filled), languages, organization: filled.organization })
    return go(asked, `${pathOf(site)}?done=made`)
  } catch (error) {
    return list(asked, door, viewer, filled, { problems: problemsOf(error, asked.reader) }, 422)
  }
}

async function change(asked: StaffAsked, door: SiteDoor, site: SiteRecord, body: URLSearchParams): Promise<StaffAnswer> {
  const { reader } = asked
  const version = Number(body.get('version'))
  const filled = readFilled(body, filledOf(site))
  try {
    switch (body.get('act')) {
      case 'revoke':
        await door.revoke(site.key)
        return go(asked, pathOf(site))
      case 'addresses':
        await door.change(site.key, version, addressesOf(filled))
        return go(asked, `${pathOf(site)}?done=saved`)
      case 'look':
        await door.change(site.key, version, lookOf(filled))
        return go(asked, `${pathOf(site)}?done=savedLook`)
      default:
        return show(asked, site, filledOf(site), {}, 422)
    }
  } catch (error) {
    if (error instanceof NotFound) return missing(asked)
    if (error instanceof Conflict) {
      const by = error.holderName === null ? '' : ` ${sitesWords(reader).by(error.holderName)}`
      const failure = `${stringsFor(reader.languages).conflicts[error.conflict]}${by}`
      // What she typed stays in its fields: she sees whose change it would replace, and sends it again or not.
      return show(asked, site, filled, { failure }, 409)
    }
    if (!(error instanceof InvalidInput)) throw error
    return show(asked, site, filled, { problems: problemsOf(error, reader) }, 422)
  }
}

function show(asked: StaffAsked, site: SiteRecord, filled: Filled, said: Said, status: number): StaffAnswer {
  const { query, reader } = asked
  const wanted = readWanted(query, site)
  const lines = linesNow(reader.directory, reader.now)
  const pieces = site.languages.map((language) => pieceOf(asked, site, { ...wanted, language }, filledOf(site), reader.origin))
  return answered(asked, pathOf(site), site.name, siteView(site, filled, { wanted, pieces, lines }, said, reader), status)
}

function pieceOf({ reader }: StaffAsked, site: SiteRecord, { shown, language, line }: Wanted, filled: Filled, server: string): Piece {
  const found = lineFor(linesNow(reader.directory, reader.now), language, site.organizationId, line)
  const instead = found && insteadOf(found, language, reader.now)
  return { server, key: site.key, language, shown, look: shownLook(filled), line: instead }
}

/** The ground of the preview, for a widget that is as its page is, or always light or dark. */
const GROUND = { light: '#f4f2ee', dark: '#14191b' } as const

/**
 * The real widgets as the site shows them, or as it would with what stands in the form now. They have no key: what a person would send is refused,
 * what the public may read is there.
 */
function previewOf(asked: StaffAsked, site: SiteRecord): StaffAnswer {
  const { query } = asked
  const filled = readFilled(query, filledOf(site))
  const wanted = readWanted(query, { ...filled, languages: Object.values(filled.languages) })
  const piece: Piece = { ...pieceOf(asked, site, wanted, filled, ''), key: null }
  const theme = themeOf(piece.look) ?? 'light'
  const style = `
:root { color-scheme: ${theme}; background: ${GROUND[theme]}; }
body { margin: 1rem; font: 100%/1.5 system-ui, sans-serif; color: ${theme === 'dark' ? '#ece8e0' : '#20282c'}; }
passerelle-callback { margin-top: 1rem; }
${styleRules(piece)}
`
  const frame = html`<!doctype html>
<html lang="${tagOf(wanted.language satisfies LanguageCode)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${sitesWords(asked.reader).preview}</title>
${styleElement(style)}
<script type="module" src="${scriptUrl('', wanted.shown)}"></script>
</head>
<body>
${elements(piece)}
</body>
</html>
`
  return { frame, policy: previewPolicy(style) }
}
