import { expect, test } from 'vitest'
import { readPartner } from './options.ts'

const STORED = {
  accepting: true,
  capacity: 10,
  needs: ['food'],
  languages: ['FR'],
  areas: [{ kind: 'REGION', code: 'wallonie' }],
  handOver: 'WEBHOOK',
  email: 'cases@partner.example',
} as const

test('whoever becomes a partner takes all needs, everywhere, in French, and looks into its inbox', () => {
  expect(readPartner({ organization: 'cpas-62063' }, null)).toEqual({
    organization: 'cpas-62063',
    accepting: true,
    capacity: 40,
    needs: [],
    languages: ['FR'],
    areas: [{ kind: 'COUNTRY', code: '' }],
    handOver: 'INBOX',
    email: null,
  })
})

test('what is left out stays as it is', () => {
  expect(readPartner({ organization: 'rwlp' }, STORED)).toEqual({ organization: 'rwlp', ...STORED })
})

test('what is said is changed', () => {
  expect(
    readPartner(
      {
        organization: 'rwlp',
        state: 'stopped',
        capacity: 'none',
        needs: 'debt, housing',
        languages: 'fr,de',
        area: ['commune:62063', 'country'],
        'hand-over': 'email',
        email: 'none',
      },
      STORED,
    ),
  ).toEqual({
    organization: 'rwlp',
    accepting: false,
    capacity: null,
    needs: ['debt', 'housing'],
    languages: ['FR', 'DE'],
    areas: [
      { kind: 'COMMUNE', code: '62063' },
      { kind: 'COUNTRY', code: '' },
    ],
    handOver: 'EMAIL',
    email: null,
  })
  expect(readPartner({ organization: 'rwlp', needs: 'all' }, STORED)).toMatchObject({ needs: [] })
})

test.each([
  ['state', { state: 'closed' }],
  ['capacity', { capacity: '-1' }],
  ['languages', { languages: 'fr,es' }],
  ['languages', { languages: '' }],
  ['area', { area: ['commune'] }],
  ['area', { area: ['country:BE'] }],
  ['area', { area: ['town:4000'] }],
  ['hand-over', { 'hand-over': 'fax' }],
])('what --%s cannot be is said: %j', (option, said) => {
  expect(readPartner({ organization: 'rwlp', ...said }, STORED)).toEqual({ problem: expect.stringContaining(`--${option}`) })
})
