import type { Reference, Size } from './make.ts'
import { checkedDates, type MadeOrganization } from './organizations.ts'
import type { Random } from './random.ts'
import type { MadeService } from './services.ts'
import { addRows, codeOf, type Tables } from './tables.ts'
import { fill, languagesOfTexts, paragraph, slugOf } from './texts.ts'
import { QUESTIONS, SENTENCES } from './words.ts'

/** Questions with answers of some 700 characters, linked to needs, services and one another. */
export function makeFaqEntries(
  random: Random,
  tables: Tables,
  { needs }: Reference,
  { organizations, services }: { organizations: readonly MadeOrganization[]; services: readonly MadeService[] },
  { faqEntries: count }: Size,
  today: string,
): void {
  const ids = Array.from({ length: count }, () => random.uuid())
  for (const [position, id] of ids.entries()) {
    const owner = random.pick(organizations)
    const question = fill(random, random.pick(QUESTIONS), owner.blanks)
    const { reviewed_at } = checkedDates(random, today)
    addRows(tables, 'faq_entry', {
      id,
      slug: `${slugOf(question.fr)}-${position}`,
      position,
      urgency: random.pick(['INFO', 'INFO', 'INFO', 'SOON', 'CRISIS']),
      owner_id: owner.id,
      source: 'https://www.belgium.be/fr',
      reviewed_at,
    })
    const answer = paragraph(random, SENTENCES, random.between(5, 9), owner.blanks)
    for (const tag of languagesOfTexts(random)) {
      addRows(tables, 'faq_entry_translation', { faq_entry_id: id, language: codeOf(tag), question: question[tag], answer: answer[tag] })
    }
    for (const [at, { code }] of random.some(needs, random.between(1, 3)).entries()) {
      addRows(tables, 'faq_need', { faq_entry_id: id, need_code: code, position: at })
    }
    for (const [at, service] of Array.from(new Set(Array.from({ length: 3 }, () => random.pick(services)))).entries()) {
      addRows(tables, 'faq_service', { faq_entry_id: id, service_id: service.id, position: at })
    }
  }
  for (const id of ids) {
    for (const [at, other] of random.some(ids, 2).entries()) {
      if (other !== id) addRows(tables, 'faq_relation', { faq_entry_id: id, related_id: other, position: at })
    }
  }
}
