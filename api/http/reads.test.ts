import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Context } from '../context.ts'
import { languagesFrom } from '../directory/language.ts'
import { NO_LIMITS } from '../limits/limits.ts'
import { openTogether } from '../limits/together.ts'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { compile } from './compile.ts'
import type { Answer, Ask } from './exchange.ts'
import { Kept } from './kept.ts'
import { createReads } from './reads.ts'
import { parse } from 'graphql'
import { schema } from '../schema.ts'

let app: TestApp
let read: (ask: Ask) => Answer | Promise<Answer> | null
beforeAll(async () => {
  app = await createTestApp()
  const contextOf = (): Context => {
    const { db, sql, keys, unmet } = app
    const refuse = () => {
      throw new Error('not here')
    }
    const site = refuse
    const languages = languagesFrom('fr')
    const directory = app.directory.current()
    return {
      db,
      sql,
      reach: () => {},
      keys,
      requests: { store: refuse, underKey: refuse },
      unmet,
      limits: NO_LIMITS,
      endpoints: { loopback: false },
      origin: ORIGIN,
      channels: [],
      viewer: null,
      touch: refuse,
      live: app.live,
      together: openTogether(),
      languages,
      directory,
      contentReadAt: NOW,
      now: NOW,
      address: null,
      byAddress: false,
      fromPage: false,
      site,
    }
  }
  read = createReads({ contextOf, door: { knowsOrigin: () => false, contentAge: () => null } })
})
afterAll(() => app.close())

const ask = (query: string, variables?: object, headers: Ask['headers'] = {}): Ask => ({
  method: 'POST',
  target: '/graphql',
  headers: { 'content-type': 'application/json', ...headers },
  body: new Uint8Array(Buffer.from(JSON.stringify({ query, variables }))),
})
/** At which of some sightings the short way answered. */
const answered = (one: Ask, times = 4): number[] => Array.from({ length: times }, (_, index) => index + 1).filter(() => read(one) !== null)
const bodyOf = (answer: unknown) => Buffer.from((answer as Answer).body ?? []).toString()

describe('the short way', () => {
  test.each([
    ['a read', '{ lines { slug } }', undefined],
    ['a read with variables', 'query ($slug: String!) { service(slug: $slug) { name } }', { slug: 'courses-liege' }],
    ['finding aid', 'query ($s: SituationInput!) { findAid(situation: $s) { urgency } }', { s: {} }],
    ['what is told of the content itself', '{ about { contentReadAt } }', undefined],
  ])('%s is answered from the second time on', (_what, query, variables) => {
    expect(answered(ask(query, variables))).toEqual([2, 3, 4])
  })

  test.each([
    ['a callback', '{ callback(reference: "x", phone: "1") { status } }'],
    [
      'a callback in a fragment beside a read',
      '{ lines { slug } ...f } fragment f on Query { callback(reference: "x", phone: "1") { status } }',
    ],
    ['a callback under another name', '{ lines: callback(reference: "x", phone: "1") { status } }'],
    ['a mutation', 'mutation { requestCallback(input: {}) { __typename } }'],
    ['the schema', '{ __schema { queryType { name } } }'],
    ['what is not valid', '{ nope }'],
    ['what is too large', `{ ${Array.from({ length: 301 }, (_, index) => `a${index}: __typename`).join(' ')} }`],
    ['what ends with an error', '{ services(filter: { needs: ["nope"] }) { totalCount } }'],
  ])('%s never goes there', (_what, query) => {
    const find = vi.spyOn(app.db.callbackRequest, 'findFirst')
    expect(answered(ask(query), 15)).toEqual([])
    expect(find).not.toHaveBeenCalled()
  })

  test.each([
    ['another content type', { 'content-type': 'application/graphql+json' }],
    ['a packed body', { 'content-encoding': 'gzip' }],
    ['an answer in another form', { accept: 'text/event-stream' }],
  ])('%s does not', (_what, headers) => {
    expect(answered(ask('{ lines { slug } }', undefined, headers))).toEqual([])
  })

  test('an answer asked for again is the very same bytes, not made anew', () => {
    const question = ask('query ($first: Int) { services(first: $first) { edges { node { slug } } } }', { first: 3 })
    const answers = Array.from({ length: 5 }, () => read(question) as Answer | null)
    expect(answers[3]?.body).toBe(answers[2]?.body)
    expect(answers[4]?.body).toBe(answers[2]?.body)
  })

  test('what has an effect, or changes by the second, is made anew each time', () => {
    for (const query of ['{ findAid(situation: {}) { urgency } }', '{ about { contentVersion contentReadAt } }']) {
      const answers = Array.from({ length: 5 }, () => read(ask(query)) as Answer | null)
      expect(new Set(answers.slice(2).map((answer) => answer?.body)).size).toBe(3)
    }
  })

  test('an answer is packed once for each encoding', async () => {
    const question = (encoding: string) =>
      ask('{ needs { code label children { code label } } }', undefined, { 'accept-encoding': encoding })
    for (let time = 0; time < 3; time++) await read(question('br'))
    for (const encoding of ['br', 'gzip']) {
      const [first, second] = [await read(question(encoding)), await read(question(encoding))]
      expect(first?.headers).toContain(encoding)
      expect(second?.body).toBe(first?.body)
    }
  })

  test('words that differ make answers that differ', () => {
    const query = 'query ($search: String!) { communes(search: $search) { name } }'
    const names = ['liege', 'namur', 'eupen', 'liege'].map((search) => {
      for (let time = 0; time < 3; time++) read(ask(query, { search }))
      return bodyOf(read(ask(query, { search })))
    })
    expect(new Set(names).size).toBe(3)
    expect(names[3]).toBe(names[0])
  })
})

describe('only tame documents become code', () => {
  const compiled = (query: string) => compile(schema, parse(query, { noLocation: true }), undefined) !== null
  test.each([
    'query ($slug: String!) { service(slug: $slug) { name a: description __typename } }',
    'query ($more: Boolean!) { lines { slug name @skip(if: $more) } }',
    '{ services(first: 5, filter: { languages: [DE], openNow: true }) { ...f } } fragment f on ServiceConnection { totalCount }',
  ])('%s does', (query) => expect(compiled(query)).toBe(true))
  test.each([
    ['a string', '{ service(slug: "a") { name } }'],
    ['a string in a list in a directive', '{ services(filter: { needs: ["a"] }) { totalCount @include(if: true) } }'],
    ['a block string', '{ service(slug: """a""") { name } }'],
    ['a default value', 'query ($first: Int = 5) { services(first: $first) { totalCount } }'],
    ['a name with an underscore', '{ a_b: lines { slug } }'],
    ['the name of the prototype', '{ __proto__: lines { slug } }'],
    ['a directive on a fragment', 'query ($a: Boolean!) { ... @skip(if: $a) { lines { slug } } }'],
    ['a directive beside a field asked for twice', 'query ($a: Boolean!) { lines { slug @skip(if: $a) name slug } }'],
  ])('%s does not', (_what, query) => expect(compiled(query)).toBe(false))
})

describe('a bounded memory', () => {
  test('keeps what is used, and never more than its bound', () => {
    const kept = new Kept<number>(100)
    kept.set('used', 1, 10)
    let most = 0
    for (let index = 0; index < 1_000; index++) {
      kept.set(`other ${index}`, index, 10)
      expect(kept.get('used')).toBe(1)
      most = Math.max(most, [...Array(index + 1).keys()].filter((one) => one > index - 30 && kept.get(`other ${one}`) !== undefined).length)
      kept.get('used')
    }
    expect(kept.get('other 0')).toBeUndefined()
    expect(most).toBeLessThanOrEqual(10)
  })

  test('what is heavier than half of it is not kept, and takes no place', () => {
    const kept = new Kept<number>(100)
    kept.set('small', 1, 10)
    kept.set('large', 2, 60)
    expect([kept.get('small'), kept.get('large')]).toEqual([1, undefined])
  })

  test('a value that is set again is replaced', () => {
    const kept = new Kept<number>(100)
    for (let index = 0; index < 50; index++) kept.set('one', index, 40)
    expect(kept.get('one')).toBe(49)
  })
})
