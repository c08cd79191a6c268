import { expect, test } from 'vitest'
import { makeSnapshot } from '../directory/make.ts'
import { InvalidInput } from '../errors.ts'
import { makeService } from '../service/make.ts'
import { makeNeed } from '../taxonomy/make.ts'
import { makeFaqEntry } from './make.ts'
import { type FaqFilter, findFaqEntries } from './rules.ts'

const meal = makeNeed('food.meal')
const food = makeNeed('food', { children: [meal] })
const debt = makeNeed('debt')
const parcels = makeService('colis-alimentaires')
const mediation = makeService('mediation-dettes')
const directory = makeSnapshot({
  needs: [food, debt],
  services: [parcels, mediation],
  faqEntries: [
    makeFaqEntry('huissier', {
      needs: [debt],
      services: [mediation],
      texts: { FR: { question: 'Un huissier vient saisir mes meubles.' }, NL: { question: 'Een deurwaarder komt.' } },
    }),
    makeFaqEntry('rien-a-manger', {
      needs: [food],
      services: [parcels],
      answers: { FR: { answer: 'Appelez le CPAS.' }, DE: { answer: 'Rufen Sie das ÖSHZ an.' } },
    }),
    makeFaqEntry('repas-chaud', { needs: [meal, debt], services: [parcels] }),
  ],
})
const find = (filter: FaqFilter) => findFaqEntries(directory, filter).map(({ slug }) => slug)

test.each<[what: string, filter: FaqFilter, slugs: string[]]>([
  ['no filter gives all, in the editors’ order', {}, ['huissier', 'rien-a-manger', 'repas-chaud']],
  ['nulls and a blank search ask nothing', { search: '  ', needs: null, service: null }, ['huissier', 'rien-a-manger', 'repas-chaud']],
  ['a need includes its sub-needs', { needs: ['food'] }, ['rien-a-manger', 'repas-chaud']],
  ['a sub-need stands alone', { needs: ['food.meal'] }, ['repas-chaud']],
  ['a service the answer leads to', { service: 'mediation-dettes' }, ['huissier']],
  ['words of the question, before what else is about its need', { search: 'saisir meubles' }, ['huissier', 'repas-chaud']],
  ['words of a question in another language', { search: 'deurwaarder' }, ['huissier']],
  ['words of the answer', { search: 'oshz' }, ['rien-a-manger']],
  ['parts combine', { needs: ['debt'], service: 'colis-alimentaires' }, ['repas-chaud']],
  ['search and need combine', { needs: ['debt'], search: 'cpas' }, []],
])('%s', (_what, filter, slugs) => {
  expect(find(filter)).toEqual(slugs)
})

test('codes that do not exist are refused together', () => {
  const filter = { needs: ['foood'], service: 'colis' }
  expect(() => find(filter)).toThrow(InvalidInput)
  expect(() => find(filter)).toThrow('filter.needs: unknown, filter.service: unknown')
})

test('an empty text asks nothing', () => {
  expect(find({ service: '', search: '' })).toEqual(find({}))
  expect(find({ service: ' ' })).toEqual(find({}))
})

test('a list of more than 50 needs is refused', () => {
  expect(() => find({ needs: Array(51).fill('food') })).toThrow('filter.needs: too_many')
})
