import type { LanguageCode } from '../db/generated/enums.ts'
import { choose } from '../directory/language.ts'
import type { FaqEntry, Line } from '../directory/snapshot.ts'
import { emergencyLines } from '../line/rules.ts'
import { dayIn } from '../service/rules/calendar.ts'
import { isNotOver } from '../service/rules/filter.ts'
import { addressOf, CALLBACK_PATH } from './callback/wanted.ts'
import { html } from './html.ts'
import { questionData } from './jsonld/question.ts'
import { foreign, type Page, type Reader, wordsOf } from './layout.ts'
import { dayLabel, fallbackNote, linkSection, lineCard, needsQuickExit, paragraphs, questionLink, serviceLink, summaryOf } from './parts.ts'

/** More numbers would be a choice to make, in a moment when one must not have to choose. */
const MOST_LINES = 3

/** The page of a question: in danger the numbers first, then the answer, and who can help. */
export function questionPage(entry: FaqEntry, reader: Reader): Page {
  const question = choose(entry.texts, reader.languages)
  const answer = choose(entry.answers, reader.languages)
  const words = wordsOf(reader)
  const path = `/questions/${entry.slug}`
  const urgent = urgentLines(entry, reader)
  return {
    title: question.text.question,
    description: summaryOf(answer.text.answer),
    path,
    record: { written: Object.keys(entry.answers) as LanguageCode[], shown: answer.language },
    quickExit: needsQuickExit(entry.needs),
    data: questionData(entry, reader, path),
    main: html`<h1${foreign(reader, question.language)}>${question.text.question}</h1>
${
  urgent.length > 0 &&
  html`<section class="card urgent">\n<h2>${words.callFirst}</h2>\n${urgent.map((line) => lineCard(line, reader))}</section>`
}
${fallbackNote(answer.language, reader)}
<div class="lead stack"${foreign(reader, answer.language)}>${paragraphs(answer.text.answer)}</div>
${linkSection(
  words.services,
  entry.services.filter(isNotOver).map((service) => serviceLink(service, reader)),
)}
${linkSection(
  words.related,
  entry.related.map((related) => questionLink(related, reader)),
)}
<p class="links"><a href="${addressOf(CALLBACK_PATH, { faqEntry: entry.slug, need: entry.needs[0]?.code }, reader)}">${words.callback.unhelped}</a></p>
<div class="fine">
<p>${choose(entry.owner.texts, reader.languages).text.name}${entry.reviewedAt && html` · ${words.read(dayLabel(entry.reviewedAt, reader))}`}</p>
${entry.source && html`<p>${words.source} ${entry.source}</p>`}
</div>`,
  }
}

/** The numbers for the pressing needs behind a pressing question, each once. */
function urgentLines(entry: FaqEntry, { directory, now }: Reader): Line[] {
  if (entry.urgency !== 'DANGER' && entry.urgency !== 'CRISIS') return []
  const lines = entry.needs.flatMap((need) => emergencyLines(directory, need, dayIn(now)))
  return [...new Set(lines)].slice(0, MOST_LINES)
}
