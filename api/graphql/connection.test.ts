import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidInput } from '../errors.ts'
import { DEFAULT_PAGE, LONGEST_PAGE, pageOf } from './connection.ts'

type Args = Parameters<typeof pageOf>[1]

const letters = [...'abcdefg']
const page = (args: Args, records: readonly string[] = letters) => pageOf(records, args, (record) => record)
const read = (args: Args) => {
  const { edges, pageInfo } = page(args)
  return [edges.map(({ node }) => node).join(''), pageInfo.hasPreviousPage, pageInfo.hasNextPage]
}
const at = (record: string) => page({ first: 100 }).edges.find(({ node }) => node === record)?.cursor as string

describe('a page', () => {
  test.each<[what: string, args: Args, nodes: string, previous: boolean, next: boolean]>([
    ['of everything', {}, 'abcdefg', false, false],
    ['nulls are absent', { first: null, after: null, last: null, before: null }, 'abcdefg', false, false],
    ['from the start', { first: 3 }, 'abc', false, true],
    ['after a cursor', { first: 3, after: at('c') }, 'def', true, true],
    ['the last page forwards', { first: 3, after: at('f') }, 'g', true, false],
    ['after the last record', { first: 3, after: at('g') }, '', true, false],
    ['exactly to the end', { first: 7 }, 'abcdefg', false, false],
    ['from the end', { last: 3 }, 'efg', true, false],
    ['before a cursor', { last: 3, before: at('e') }, 'bcd', true, true],
    ['the first page backwards', { last: 3, before: at('b') }, 'a', false, true],
    ['before the first record', { last: 3, before: at('a') }, '', false, true],
    ['between two cursors, forwards', { first: 2, after: at('a'), before: at('f') }, 'bc', true, true],
    ['between two cursors, backwards', { last: 2, after: at('a'), before: at('f') }, 'de', true, true],
    ['between cursors in the wrong order', { first: 2, after: at('f'), before: at('b') }, '', true, true],
    ['of none', { first: 0 }, '', false, true],
    ['of none from the end', { last: 0 }, '', true, false],
  ])('%s', (_what, args, nodes, previous, next) => {
    expect(read(args)).toEqual([nodes, previous, next])
  })

  test('tells its first and last cursor, and the length of the whole list', () => {
    const { edges, pageInfo, totalCount } = page({ first: 2, after: at('b') })
    expect(pageInfo).toMatchObject({ startCursor: edges[0]?.cursor, endCursor: edges[1]?.cursor })
    expect(totalCount).toBe(7)
    expect(page({ first: 0 }).pageInfo).toMatchObject({ startCursor: null, endCursor: null })
  })

  test('of an empty list is empty', () => {
    expect(page({}, [])).toEqual({
      totalCount: 0,
      edges: [],
      pageInfo: { hasPreviousPage: false, hasNextPage: false, startCursor: null, endCursor: null },
    })
  })

  test('has 20 records unless said otherwise, 100 at most', () => {
    const many = Array.from({ length: 250 }, (_, index) => `record ${index}`)
    expect(page({}, many).edges).toHaveLength(DEFAULT_PAGE)
    expect(page({ first: LONGEST_PAGE }, many).edges).toHaveLength(LONGEST_PAGE)
    expect(page({ after: page({ first: 1 }, many).edges[0]?.cursor }, many).edges).toHaveLength(DEFAULT_PAGE)
  })
})

test('a cursor keeps its place when records come before it', () => {
  const cursor = at('c')
  expect(page({ first: 2, after: cursor }, ['z', 'y', ...letters]).edges.map(({ node }) => node)).toEqual(['d', 'e'])
})

describe('a bad page is refused', () => {
  const problems = (args: Args) => {
    try {
      page(args)
    } catch (error) {
      if (error instanceof InvalidInput) return error.problems.map(({ path, code }) => `${path.join('.')} ${code}`)
      throw error
    }
    return []
  }
  test.each<[what: string, args: Args, problems: string[]]>([
    ['too many', { first: 101 }, ['first out_of_range']],
    ['fewer than none', { first: -1 }, ['first out_of_range']],
    ['too many from the end', { last: 1_000_000 }, ['last out_of_range']],
    ['from both ends', { first: 2, last: 2 }, ['last malformed']],
    ['a cursor that is none', { after: 'not a cursor' }, ['after unknown']],
    ['an empty cursor', { after: '' }, ['after unknown']],
    ['a cursor of another list', { before: Buffer.from('z').toString('base64url') }, ['before unknown']],
    [
      'all of it',
      { first: -1, last: 101, after: '?', before: '?' },
      ['first out_of_range', 'last out_of_range', 'last malformed', 'after unknown', 'before unknown'],
    ],
  ])('%s', (_what, args, expected) => {
    expect(problems(args)).toEqual(expected)
  })

  test('a cursor of 5,000 characters is repeated shortened', () => {
    expect(() => page({ after: 'x'.repeat(5_000) })).toThrow(InvalidInput)
    try {
      page({ after: 'x'.repeat(5_000) })
    } catch (error) {
      expect((error as InvalidInput).problems[0]?.params?.value).toBe('x'.repeat(60))
    }
  })
})

test('walking page by page, either way, meets every record once', () => {
  const list = fc.uniqueArray(fc.string(), { maxLength: 60 })
  fc.assert(
    fc.property(list, fc.integer({ min: 1, max: LONGEST_PAGE }), (records, size) => {
      const forwards: string[] = []
      for (let after: string | null = null, more = true; more; ) {
        const { edges, pageInfo } = page({ first: size, after }, records)
        forwards.push(...edges.map(({ node }) => node))
        after = pageInfo.endCursor
        more = pageInfo.hasNextPage
      }
      expect(forwards).toEqual(records)

      const backwards: string[] = []
      for (let before: string | null = null, more = true; more; ) {
        const { edges, pageInfo } = page({ last: size, before }, records)
        backwards.unshift(...edges.map(({ node }) => node))
        before = pageInfo.startCursor
        more = pageInfo.hasPreviousPage
      }
      expect(backwards).toEqual(records)
    }),
  )
})
