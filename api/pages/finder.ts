import type { Finding } from '../aid/rules/find-aid.ts'
import type { Match } from '../aid/rules/rank.ts'
import { choose } from '../directory/language.ts'
import type { Commune, Line, Need } from '../directory/snapshot.ts'
import { reasonSentence } from '../service/rules/reasons.ts'
import { addressOf as callbackAddress, CALLBACK_PATH } from './callback/wanted.ts'
import { type Html, html } from './html.ts'
import { FINDER_PATH, foreign, inLanguage, languageOf, type Page, type Reader, wordsOf } from './layout.ts'
import { lineCard, linkSection, needsQuickExit, questionLink, serviceLink } from './parts.ts'

/** What stands in the form. */
export type Filled = {
  words: string
  need: Need | null
  /** As typed, or the name of the commune. */
  place: string
  /** The commune that is meant, and those that may be meant when it is not one. */
  commune: Commune | null
  communes: readonly Commune[]
}

/** Finding aid without a script: a form and links before, what was found after. `site` is kept in links, since a frame belongs to one. */
export function finderPage(filled: Filled, finding: Finding | null, site: string | null, reader: Reader): Page {
  const words = wordsOf(reader)
  const { finder } = words
  return {
    title: finder.title,
    description: finder.intro,
    path: addressOf({ need: filled.need?.code, commune: filled.commune?.nisCode }, site, { ...reader, chosen: false }),
    site,
    quickExit: needsQuickExit([...(finding?.needs ?? []), ...(filled.need ? [filled.need] : [])]),
    main: finding
      ? html`<p><a href="${addressOf({}, site, reader)}">← ${finder.again}</a></p>
<h1${filled.need && foreign(reader, choose(filled.need.texts, reader.languages).language)}>${filled.need ? choose(filled.need.texts, reader.languages).text.label : finder.found}</h1>
${urgent(finding, reader)}
${form(filled, site, reader)}
${filled.need && subNeeds(filled.need, filled.commune, site, reader)}
${results(finding, site, reader)}`
      : html`<h1>${finder.title}</h1>
<p class="lead">${finder.intro}</p>
${form(filled, site, reader)}
<section>
<h2>${finder.subjects}</h2>
<ul class="subjects">${reader.directory.needs.map((need) => needLink(need, filled.commune, site, reader))}</ul>
</section>`,
  }
}

/**
 * Words are sent in the body: an address ends up in histories. The communes to choose from come after the button, since Enter presses the
 * first button of a form, and must not choose one of them.
 */
function form({ words, need, place, commune, communes }: Filled, site: string | null, reader: Reader): Html {
  const { finder } = wordsOf(reader)
  const problem = place !== '' && commune === null ? (communes.length > 0 ? finder.whichPlace : finder.noPlace) : null
  return html`<form class="card" method="post" action="${addressOf({}, site, reader)}">
${
  need
    ? html`<input type="hidden" name="need" value="${need.code}">`
    : html`<p class="ask"><label for="words">${finder.words}</label> <small id="words-hint">${finder.wordsHint}</small></p>
<p><input id="words" name="words" maxlength="500" autocomplete="off" aria-describedby="words-hint" value="${words}"></p>`
}
<p class="ask"><label for="place">${finder.place}</label> <small id="place-hint">${finder.placeHint}</small></p>
${problem && html`<p class="band" id="place-problem">${problem}</p>`}
<p><input id="place" name="place" maxlength="60" autocomplete="off" aria-describedby="${problem ? 'place-problem place-hint' : 'place-hint'}"${problem && html` aria-invalid="true"`} value="${place}"></p>
<p><button class="go">${finder.search}</button></p>
${problem && communes.length > 0 && html`<ul class="choices">${communes.map((one) => html`<li><button name="commune" value="${one.nisCode}">${one.postalCodes[0]} ${nameOf(one, reader)}</button></li>\n`)}</ul>`}
</form>`
}

function urgent({ linesToCallFirst }: Finding, reader: Reader): Html | null {
  if (linesToCallFirst.length === 0) return null
  return html`<section class="card urgent">\n<h2>${wordsOf(reader).callFirst}</h2>\n${linesToCallFirst.slice(0, 4).map((line) => lineCard(line, reader))}</section>`
}

function results({ matches, faqEntries, line, needs }: Finding, site: string | null, reader: Reader): Html {
  const words = wordsOf(reader)
  const { finder } = words
  const suits = matches.filter(({ eligibility }) => eligibility.verdict !== 'NOT_ELIGIBLE')
  const others = matches.filter((match) => !suits.includes(match))
  return html`<section id="results">
<h2>${words.services}</h2>
${suits.length > 0 ? html`<ul class="links">${suits.map((match) => matchItem(match, reader))}</ul>` : html`<p>${finder.nothing}</p>`}
${others.length > 0 && html`<details><summary>${finder.notForYou(others.length)}</summary><ul class="links">${others.map((match) => matchItem(match, reader))}</ul></details>`}
</section>
${linkSection(
  words.questions,
  faqEntries.map((entry) => questionLink(entry, reader)),
)}
${line && html`<section class="card"><h2>${finder.callLine}</h2>${lineCard(line, reader)}${callBack(line, needs, site, reader)}</section>`}`
}

/** The way to be called by them, about what was looked for. */
function callBack(line: Line, [need]: readonly Need[], site: string | null, reader: Reader): Html | null {
  if (!line.acceptsCallbacks) return null
  const address = callbackAddress(CALLBACK_PATH, { site, line: line.slug, need: need?.code }, reader)
  return html`<p class="links"><a href="${address}">${wordsOf(reader).callback.title}</a></p>`
}

function matchItem({ service, eligibility }: Match, reader: Reader): Html {
  const { finder } = wordsOf(reader)
  const organization = choose(service.organization.texts, reader.languages)
  const reasons = [...new Set(eligibility.reasons.map((reason) => reasonSentence(reason, reader.directory, reader.languages)))]
  return html`${serviceLink(service, reader, html`<p>${html`<span${foreign(reader, organization.language)}>${organization.text.name}</span>`} · <strong>${finder.verdicts[eligibility.verdict]}</strong>${reasons.length > 0 && `: ${reasons.join(' ')}`}</p>`)}`
}

const subNeeds = (need: Need, commune: Commune | null, site: string | null, reader: Reader): Html | null =>
  need.children.length === 0
    ? null
    : html`<ul class="subjects">${need.children.map((child) => needLink(child, commune, site, reader))}</ul>`

function needLink(need: Need, commune: Commune | null, site: string | null, reader: Reader): Html {
  const { text, language } = choose(need.texts, reader.languages)
  return html`<li><a href="${addressOf({ need: need.code, commune: commune?.nisCode }, site, reader)}"${foreign(reader, language)}>${text.label}</a></li>\n`
}

export const nameOf = (commune: Commune, reader: Reader): string => choose(commune.texts, reader.languages).text.name

/** An address of this page; only codes stand in it. */
function addressOf(parts: { need?: string; commune?: string }, site: string | null, reader: Reader): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...parts, site })) if (value) query.set(name, value)
  const path = query.size > 0 ? `${FINDER_PATH}?${query}` : FINDER_PATH
  return reader.chosen ? inLanguage(path, languageOf(reader)) : path
}
