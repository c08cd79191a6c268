import { type ImportFormat, LanguageCode } from '../../db/generated/enums.ts'
import type { ImportView } from '../../exchange/rules/door.ts'
import { alert, type Asking, choice, field, group, hidden, inFront, type Problems, summary } from '../callback/form-parts.ts'
import { type Html, html } from '../html.ts'
import { inLanguage, languageOf, type Reader } from '../layout.ts'
import { staffLink } from '../staff/asked.ts'
import type { Way } from '../strings/exchange/fr.ts'
import { EXCHANGE_PATH, type Filled, LONGEST_SOURCE, pathOf, TABLES_PATH } from './read.ts'
import { exchangeWords, momentLabel } from './words.ts'

/** What is said above the form: why it was not taken, and where that may be looked at. */
export type Said = { failure?: string; more?: Html; problems?: Problems }

const MEGABYTE = 1_048_576
export const megabytes = (bytes: number): number => Math.floor(bytes / MEGABYTE)

/** @param longest how much all files together may have, in bytes */
export function exchangeView(imports: readonly ImportView[], filled: Filled, said: Said, longest: number, reader: Reader): Html {
  const words = exchangeWords(reader)
  const asking = { problems: said.problems ?? new Map<string, string>(), reader }
  return html`${said.failure && alert(said.failure, [], reader, false)}${said.more}${summary(asking, { file: inFront(words.file, reader) })}
<p class="lead">${words.intro}</p>
<section>
<h2>${words.takeHome}</h2>
<ul class="card homes">${ORDER.map((format) => homeItem(format, reader))}</ul>
</section>
<section id="bring">
<h2>${words.bringIn}</h2>
${bringForm(asking, filled, longest)}
</section>
<section>
<h2>${words.list}</h2>
${
  imports.length === 0
    ? html`<p>${words.listNone}</p>`
    : html`<p class="hint">${words.listHint}</p>
<ul class="card imports">${imports.map((view) => importItem(view, reader))}</ul>`
}
</section>`
}

/** What is taken home most comes first. */
const ORDER: readonly ImportFormat[] = ['QUESTIONS', 'HSDS_JSON', 'HSDS_CSV']

const EXPORTS: Readonly<Record<Exclude<ImportFormat, 'HSDS_CSV'>, string>> = {
  QUESTIONS: '/exchange/exports/questions',
  HSDS_JSON: '/exchange/exports/hsds-json',
}

function homeItem(format: ImportFormat, reader: Reader): Html {
  const { name, text } = exchangeWords(reader).home[format]
  const link =
    format === 'HSDS_CSV'
      ? html`<a href="${staffLink(reader, TABLES_PATH)}">${name}</a>`
      : html`<a href="${inLanguage(EXPORTS[format], languageOf(reader))}" download>${name}</a>`
  return html`<li>${link}
<p>${text}</p></li>\n`
}

/** The button that changes nothing is the first: it is what the Enter key does. The other one says what it does by what is ticked. */
function bringForm(asking: Asking, { format, texts, source, publish }: Filled, longest: number): Html {
  const { reader } = asking
  const words = exchangeWords(reader)
  return html`<form class="card form" method="post" action="${staffLink(reader, EXCHANGE_PATH)}" enctype="multipart/form-data" novalidate data-most="${longest}" data-large="${words.tooLarge(megabytes(longest))}" data-sending="${words.sending}">
${group(
  asking,
  { name: 'format', label: words.format, required: true },
  html`<div class="kinds">${ORDER.map((value) =>
    choice(
      { type: 'radio', name: 'format', value, checked: value === format },
      html`${words.formats[value].name}<small>${words.formats[value].text}</small>`,
    ),
  )}</div>`,
)}
${field(
  asking,
  { name: 'file', label: words.file, hint: words.fileHint(megabytes(longest)), required: true },
  (own) => html`<input${own} type="file" multiple accept=".csv,.txt,.json,.ndjson,.jsonl,text/csv,application/json">`,
)}
<div class="pair">
${field(
  asking,
  { name: 'texts', label: words.texts, hint: words.textsHint, required: true },
  (own) =>
    html`<select${own}>${Object.values(LanguageCode).map(
      (one) => html`<option value="${one}"${one === texts && html` selected`}>${words.language[one]}</option>`,
    )}</select>`,
)}
${field(
  asking,
  { name: 'source', label: words.source, hint: words.sourceHint },
  (own) => html`<input${own} value="${source}" maxlength="${LONGEST_SOURCE}" autocomplete="off">`,
)}
</div>
${choice({ type: 'checkbox', name: 'publish', value: 'true', checked: publish }, html`${words.publish}<small>${words.publishHint}</small>`)}
<div class="field">
<p class="actions"><button class="go" name="act" value="try">${words.tryFirst}</button>
<button name="act" value="bring"><span class="as-drafts">${words.bring}</span><span class="at-once">${words.bringAndPublish}</span></button></p>
<p class="hint">${words.tryHint}</p>
<p class="hint" role="status"></p>
</div>
</form>`
}

export const wayOf = ({ dryRun, publish }: Pick<ImportView, 'dryRun' | 'publish'>): Way =>
  dryRun ? 'trial' : publish ? 'published' : 'drafts'

function importItem(view: ImportView, reader: Reader): Html {
  const words = exchangeWords(reader)
  const { state, names, format, actorName, createdAt } = view
  const mark = state === 'DONE' ? ' good' : state === 'REFUSED' || state === 'FAILED' ? ' bad' : ''
  return html`<li><a href="${staffLink(reader, pathOf(view))}">${namesLabel(names) || words.formats[format].name}</a>
<p><span class="mark${mark}">${words.state[state]}</span> · ${words.way[wayOf(view)]} · ${words.by(actorName, momentLabel(createdAt, reader))}</p></li>\n`
}

/** Names told of many files. */
const MOST_NAMES = 3

export const namesLabel = (names: readonly string[]): string =>
  `${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ` … (${names.length})` : ''}`

/** @param names of the files that there are */
export function tablesView(names: readonly string[], reader: Reader): Html {
  const words = exchangeWords(reader)
  const links = names.map(
    (name) =>
      html`<li><a href="${inLanguage(`/exchange/exports/hsds-csv/${name}`, languageOf(reader))}" download>${name}</a>${name.endsWith('.json') && html` <small class="hint">${words.descriptor}</small>`}</li>\n`,
  )
  return html`<p class="lead">${words.tablesText}</p>
<ul class="card links">${links}</ul>
${backLink(reader)}`
}

export const backLink = (reader: Reader): Html =>
  html`<p><a class="step" href="${staffLink(reader, EXCHANGE_PATH)}">${exchangeWords(reader).back}</a></p>`

/** With what is repeated: a trial whose files are still here. */
export const repeatForm = (view: ImportView, reader: Reader): Html => {
  const words = exchangeWords(reader)
  return html`<form method="post" action="${staffLink(reader, pathOf(view))}">${hidden('act', 'repeat')}
<p class="actions"><button class="go">${view.publish ? words.publishNow : words.bringNow}</button></p>
<p class="hint">${words.bringNowText}</p>
</form>`
}
