import { choose, tagOf } from '../../directory/language.ts'
import type { Audience, Need, Snapshot } from '../../directory/snapshot.ts'
import { remember } from '../../service/rules/remember.ts'
import { uuidOf } from '../ids.ts'
import type { AttributeRecord, TaxonomyRecord, TaxonomyTermRecord } from '../records.ts'
import { WORDS } from '../words.ts'
import { type Languages, languageOf } from './parts.ts'

/** The two taxonomies of the directory: what is missing, and who one is. */
export type TaxonomyName = 'needs' | 'audiences'
export const TAXONOMIES: readonly TaxonomyName[] = ['needs', 'audiences']

/** A term of either, under the identifier it has in the feed. */
export type Term = { id: string; taxonomy: TaxonomyName; record: Need | Audience; parent: Need | null; children: readonly Need[] }

export const taxonomyId = remember((name: TaxonomyName): string => uuidOf('taxonomy', name), TAXONOMIES.length)
export const termId = (name: TaxonomyName, code: string): string => uuidOf('taxonomy', name, code)

/** Terms stand in every service; each is made once for each record of a snapshot, which never changes: a cache. */
const terms = new WeakMap<Need | Audience, Term>()

function termOf(taxonomy: TaxonomyName, record: Need | Audience): Term {
  let term = terms.get(record)
  if (!term) {
    const { parent, children } = 'parent' in record ? record : { parent: null, children: [] }
    term = { id: termId(taxonomy, record.code), taxonomy, record, parent, children }
    terms.set(record, term)
  }
  return term
}
const needTerm = (need: Need): Term => termOf('needs', need)
const audienceTerm = (audience: Audience): Term => termOf('audiences', audience)

/** Every term, needs first, each before its sub-needs. */
export const termsOf = ({ needs, audiences }: Snapshot): Term[] => [
  ...needs.flatMap((need) => [need, ...need.children]).map(needTerm),
  ...audiences.map(audienceTerm),
]

export const taxonomyRecord = (name: TaxonomyName, languages: Languages): TaxonomyRecord => ({
  id: taxonomyId(name),
  ...WORDS[languageOf(languages)][name],
})

export function termRecord({ id, taxonomy, record, parent }: Term, languages: Languages): TaxonomyTermRecord {
  const { text, language } = choose(record.texts, languages)
  const detail = taxonomyRecord(taxonomy, languages)
  const path = [detail.name, ...(parent ? [choose(parent.texts, languages).text.label] : []), text.label]
  return {
    id,
    code: record.code,
    name: text.label,
    // The schema wants a description: where the term stands.
    description: path.join(' › '),
    parent_id: parent ? needTerm(parent).id : undefined,
    taxonomy: detail.name,
    taxonomy_id: detail.id,
    taxonomy_detail: detail,
    language: tagOf(language),
  }
}

/** What a service helps with, and whom it is made for. */
export function termAttributes(
  service: { id: string; needs: readonly Need[]; audiences: readonly Audience[] },
  languages: Languages,
): AttributeRecord[] {
  const attribute = (term: Term): AttributeRecord => ({
    id: uuidOf(service.id, term.taxonomy, term.record.code),
    link_id: service.id,
    link_entity: 'service',
    link_type: term.taxonomy === 'needs' ? 'need' : 'intended_audience',
    taxonomy_term_id: term.id,
    taxonomy_term: termRecord(term, languages),
  })
  return [...service.needs.map(needTerm), ...service.audiences.map(audienceTerm)].map(attribute)
}
