import { choose, tagOf } from '../../directory/language.ts'
import type { FaqEntry } from '../../directory/snapshot.ts'
import { isNotOver } from '../../service/rules/filter.ts'
import { inLanguage, type Reader } from '../layout.ts'

/** A question with its answer in the words of schema.org: an `FAQPage` with one `Question`. */
export function questionData(entry: FaqEntry, reader: Reader, path: string): object {
  const question = choose(entry.texts, reader.languages)
  const answer = choose(entry.answers, reader.languages)
  const address = `${reader.origin}${path}`
  return {
    '@context': 'https://schema.org',
    '@type': 'FAQPage',
    '@id': address,
    url: inLanguage(address, answer.language),
    inLanguage: tagOf(answer.language),
    dateModified: entry.lastModified.toISOString(),
    lastReviewed: entry.reviewedAt ?? undefined,
    about: entry.needs.map((need) => ({ '@type': 'Thing', name: choose(need.texts, reader.languages).text.label })),
    mentions: entry.services.filter(isNotOver).map(({ slug, texts }) => ({
      '@type': 'Service',
      '@id': `${reader.origin}/services/${slug}`,
      name: choose(texts, reader.languages).text.name,
    })),
    mainEntity: [
      {
        '@type': 'Question',
        name: question.text.question,
        inLanguage: tagOf(question.language),
        acceptedAnswer: {
          '@type': 'Answer',
          text: answer.text.answer,
          inLanguage: tagOf(answer.language),
          author: { '@type': 'Organization', name: choose(entry.owner.texts, reader.languages).text.name },
        },
      },
    ],
  }
}
