import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hitsIn, searchFolder, searchFor, writingsOf } from './search.ts'

const WORD = 'Wörter+32470998877'
const search = searchFor([WORD])
const amid = (bytes: Buffer) => Buffer.concat([randomBytes(5_000), bytes, randomBytes(5_000)])

describe('the search of the sentinel test', () => {
  test.each(writingsOf(WORD).map(({ how, bytes }) => [how, bytes] as const))('finds a word written as: %s', (how, bytes) => {
    expect(hitsIn(search, 'here', amid(bytes))).toContainEqual({ place: 'here', word: WORD, how })
  })

  test.each([0, 1, 2, 3, 4, 5])('finds it in the base64 of a longer text that begins %i characters before', (before) => {
    const text = `${'a'.repeat(before)}${WORD}, and more`
    for (const encoding of ['base64', 'base64url'] as const) {
      expect(hitsIn(search, 'here', Buffer.from(text).toString(encoding))).not.toEqual([])
    }
  })

  test('finds it in the addresses, JSON and forms that programs make', () => {
    for (const text of [
      `https://x.example/?a=${encodeURIComponent(WORD)}`,
      JSON.stringify({ a: [WORD] }),
      String(new URLSearchParams({ a: WORD })),
    ]) {
      expect(hitsIn(search, 'here', text)).not.toEqual([])
    }
  })

  test('finds nothing in a megabyte of chance, nor in other words', () => {
    expect(hitsIn(search, 'here', randomBytes(1_000_000))).toEqual([])
    expect(hitsIn(search, 'here', 'Wörter+32470998878, Worter+32470998877')).toEqual([])
  })

  test('goes through all files of a folder, and their names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'passerelle-search-'))
    await writeFile(join(folder, 'deep'), amid(Buffer.from(WORD, 'utf16le')))
    await writeFile(join(folder, `named-${WORD}`), '')
    const { hits, files, bytes } = await searchFolder(search, folder)
    expect({ places: hits.map(({ place, how }) => `${place.replace(folder, '')}: ${how}`).sort(), files, bytes }).toEqual({
      places: ['/deep: UTF-16, little end first', `the name of /named-${WORD}: plain`],
      files: 2,
      bytes: 10_000 + 2 * WORD.length,
    })
    await rm(folder, { recursive: true })
  })
})
