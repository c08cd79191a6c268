import { LanguageCode, SiteTheme } from '../../db/generated/enums.ts'
import { choose } from '../../directory/language.ts'
import type { Organization } from '../../directory/snapshot.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import type { SiteRecord } from '../../site/rules/door.ts'
import { COLOURS, contrastsOf, WIDEST_RADIUS } from '../../site/rules/look.ts'
import { alert, type Asking, choice, field, group, hidden, inFront, summary } from '../callback/form-parts.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../layout.ts'
import { dayLabel } from '../parts.ts'
import { staffLink } from '../staff/asked.ts'
import { type Filled, shownLook, type Wanted } from './read.ts'
import { snippetSection } from './snippet-views.ts'
import type { Piece } from './snippets.ts'
import { ratioLabel, sitesWords } from './words.ts'

export const SITES_PATH = '/edit/sites'
export const pathOf = ({ key }: Pick<SiteRecord, 'key'>): string => `${SITES_PATH}/${key}`

/** What is said above the forms: that something was done, or why it was not. */
export type Said = { news?: string | undefined; failure?: string | undefined; problems?: ReadonlyMap<string, string> }

const LANGUAGES = Object.values(LanguageCode)

export function listView(
  sites: readonly SiteRecord[],
  organizations: readonly Organization[],
  filled: Filled,
  said: Said,
  reader: Reader,
): Html {
  const words = sitesWords(reader)
  const asking = { problems: said.problems ?? new Map<string, string>(), reader }
  const names = new Map(organizations.map((one) => [one.id, nameOf(one, reader)]))
  return html`${heads(said, asking)}
<p class="lead">${words.intro}</p>
${
  sites.length === 0
    ? html`<p>${words.none}</p>`
    : html`<ul class="sites">${sites.map((site) => card(site, names.get(site.organizationId ?? '') ?? null, reader))}</ul>`
}
<section>
<h2>${words.make}</h2>
<form class="card form" method="post" action="${staffLink(reader, SITES_PATH)}" novalidate>
${hidden('act', 'create')}
${
  organizations.length === 1
    ? hidden('organization', organizations[0]?.slug ?? '')
    : field(
        asking,
        { name: 'organization', label: words.organization, hint: words.organizationHint, required: true },
        (own) =>
          html`<select${own}>${organizations.map(
            (one) => html`<option value="${one.slug}"${one.slug === filled.organization && html` selected`}>${names.get(one.id)}</option>`,
          )}</select>`,
      )
}
${addressFields(asking, filled)}
${languageChoice(asking, filled)}
<p class="actions"><button class="go">${words.makeNow}</button></p>
</form>
</section>`
}

const nameOf = ({ texts }: Organization, reader: Reader): string => choose(texts, reader.languages).text.name

function card(site: SiteRecord, organization: string | null, reader: Reader): Html {
  const words = sitesWords(reader)
  return html`<li class="card${site.revokedAt ? ' off' : ''}">
<h2><a href="${staffLink(reader, pathOf(site))}">${site.name}</a></h2>
<p>${inFront(words.key, reader)} <code>${site.key}</code>${organization !== null && html` · ${organization}`}</p>
<p>${site.revokedAt ? words.revoked(dayLabel(dayIn(site.revokedAt), reader)) : html`${site.origins.join(', ')} · ${site.languages.map((one) => words.language[one]).join(', ')}`}</p>
</li>\n`
}

/** News, a failure, and what is to be put right. */
function heads({ news, failure }: Said, asking: Asking): Html {
  const words = sitesWords(asking.reader)
  const labels = {
    organization: words.organization,
    name: words.name,
    origins: words.origins,
    languages: words.languages,
    defaultLanguage: words.defaultLanguage,
    radius: words.radius,
    ...words.colour,
  }
  const told = Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, inFront(label, asking.reader)]))
  return html`${news && html`<p class="band" role="status">${news}</p>`}${failure && alert(failure, [], asking.reader, false)}${summary(asking, told)}`
}

function addressFields(asking: Asking, { name, origins }: Filled): Html {
  const words = sitesWords(asking.reader)
  return html`${field(
    asking,
    { name: 'name', label: words.name, hint: words.nameHint, required: true },
    (own) => html`<input${own} value="${name}" maxlength="100" autocomplete="off">`,
  )}
${field(
  asking,
  { name: 'origins', label: words.origins, hint: words.originsHint, required: true },
  // A line break after the tag is not part of the text (HTML, 13.1.2.5), one that was typed would be lost without it.
  (own) => html`<textarea${own} rows="3" spellcheck="false" autocomplete="off" inputmode="url">\n${origins}</textarea>`,
)}`
}

function languageChoice(asking: Asking, { languages }: Filled): Html {
  const words = sitesWords(asking.reader)
  return group(
    asking,
    { name: 'languages', label: words.languages, hint: words.languagesHint, required: true },
    html`<div class="inline">${LANGUAGES.map((value, index) =>
      choice(
        { type: 'checkbox', name: 'languages', value, checked: languages.includes(value), ...(index === 0 ? { id: 'languages' } : {}) },
        words.language[value],
      ),
    )}</div>`,
  )
}

/** All about one site. */
export function siteView(
  site: SiteRecord,
  filled: Filled,
  parts: { wanted: Wanted; pieces: readonly Piece[]; lines: readonly { slug: string; number: string }[] },
  said: Said,
  reader: Reader,
): Html {
  const words = sitesWords(reader)
  const asking = { problems: said.problems ?? new Map<string, string>(), reader }
  const home = html`<p><a class="step" href="${staffLink(reader, SITES_PATH)}">${words.back}</a></p>`
  const key = html`<p>${inFront(words.key, reader)} <code>${site.key}</code></p>`
  if (site.revokedAt) {
    return html`${heads(said, asking)}
<div class="card">${key}
<p><strong>${words.revoked(dayLabel(dayIn(site.revokedAt), reader))}</strong></p>
<p>${words.revokedText}</p></div>
${home}`
  }
  return html`${heads(said, asking)}
<div class="card">${key}
<p class="hint">${words.quota(site.callbacksPerHour)}</p></div>
${snippetSection(site, parts, reader)}
${lookSection(site, asking, filled, parts.wanted)}
<section>
<h2>${words.addresses}</h2>
<form class="card form" method="post" action="${staffLink(reader, pathOf(site))}" novalidate>
${hidden('act', 'addresses')}${hidden('version', String(site.version))}
${addressFields(asking, filled)}
<p class="actions"><button class="go">${words.save}</button></p>
</form>
</section>
<section>
<h2>${words.revoke}</h2>
<p>${words.revokeText}</p>
<p><a class="step" href="${staffLink(reader, `${pathOf(site)}?revoke=ask`)}">${words.revokeStep}</a></p>
</section>
${home}`
}

/** Languages and looks, with the preview that this form fills. */
function lookSection(site: SiteRecord, asking: Asking, filled: Filled, wanted: Wanted): Html {
  const { reader } = asking
  const words = sitesWords(reader)
  const preview = `${pathOf(site)}/preview`
  const shown = new URLSearchParams({ shown: wanted.shown, for: wanted.language, ...(wanted.line === null ? {} : { line: wanted.line }) })
  // What was refused is to be seen: it tells more than a number.
  if (asking.problems.size > 0) {
    const { theme, own, colours, radius } = filled
    for (const [name, value] of Object.entries({ theme, colours: own ? 'own' : 'widget', ...colours, radius })) shown.set(name, value)
  }
  return html`<section id="look">
<h2>${words.preview}</h2>
<p>${words.previewText}</p>
<iframe name="preview" title="${words.preview}" src="${preview}?${shown.toString()}"></iframe>
</section>
<section>
<h2>${words.look}</h2>
<form class="card form" method="post" action="${staffLink(reader, pathOf(site))}" novalidate>
${hidden('act', 'look')}${hidden('version', String(site.version))}${hidden('shown', wanted.shown)}${hidden('for', wanted.language)}${wanted.line !== null && hidden('line', wanted.line)}
${languageChoice(asking, filled)}
${field(
  asking,
  { name: 'defaultLanguage', label: words.defaultLanguage, required: true },
  (own) =>
    html`<select${own}>${LANGUAGES.map((one) => html`<option value="${one}"${one === filled.defaultLanguage && html` selected`}>${words.language[one]}</option>`)}</select>`,
)}
${group(
  asking,
  { name: 'theme', label: words.theme, required: true },
  html`<div class="inline">${Object.values(SiteTheme).map((value) => choice({ type: 'radio', name: 'theme', value, checked: filled.theme === value }, words.themes[value]))}</div>`,
)}
${group(
  asking,
  { name: 'colours', label: words.colours, hint: words.coloursHint, required: true },
  html`<div class="inline">${(['widget', 'own'] as const).map((value) => choice({ type: 'radio', name: 'colours', value, checked: filled.own === (value === 'own') }, words.coloursAs[value]))}</div>
<div class="own"><div class="colours">${COLOURS.map((name) =>
    field(
      asking,
      { name, label: words.colour[name], required: true },
      (own) => html`<input type="color"${own} value="${filled.colours[name]}">`,
    ),
  )}</div>
${contrasts(filled, reader)}</div>`,
)}
${field(
  asking,
  { name: 'radius', label: words.radius, hint: words.radiusHint(WIDEST_RADIUS) },
  (own) => html`<input${own} value="${filled.radius}" inputmode="numeric" maxlength="3" autocomplete="off">`,
)}
<p class="actions"><button class="go">${words.save}</button>
<button formaction="${preview}" formmethod="get" formtarget="preview">${words.showPreview}</button></p>
</form>
</section>`
}

function contrasts(filled: Filled, reader: Reader): Html | null {
  const { colours } = shownLook(filled)
  if (!colours) return null
  const words = sitesWords(reader)
  // What cannot be read is told beside its field.
  const told = contrastsOf(colours).filter(({ of, enough }) => enough || of === 'accent')
  return html`<ul class="bullets hint">${told.map(({ of, ratio, enough }) => html`<li>${words.contrastTold(words.contrast[of], ratioLabel(ratio, reader), enough)}</li>\n`)}</ul>`
}

/** Asked once more: a key does not come back. */
export function revokeView(site: SiteRecord, reader: Reader): Html {
  const words = sitesWords(reader)
  return html`<div class="card">
<p>${words.revokeSureText(site.key)}</p>
<form method="post" action="${staffLink(reader, pathOf(site))}">${hidden('act', 'revoke')}
<p class="actions"><button class="go">${words.revokeNow}</button> <a class="step" href="${staffLink(reader, pathOf(site))}">${words.keep}</a></p></form>
</div>`
}
