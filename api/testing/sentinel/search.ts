import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A word in one of the ways in which it may have been written down. */
type Writing = { word: string; how: string; bytes: Buffer }

/** Where a word was found that should be nowhere, and how it was written. */
export type Hit = { place: string; word: string; how: string }

/** Shorter pieces of base64 would turn up by chance. */
const SHORTEST = 8

/**
 * All ways in which programs write a word down: as it is, in capitals, small, UTF-16, as the digits of its bytes, base64 (at each of the three
 * offsets it can have within a longer text), escaped for addresses, JSON or bytea, and as the plain hashes that are undone in minutes.
 */
export function writingsOf(word: string): Writing[] {
  const utf8 = Buffer.from(word)
  const hex = utf8.toString('hex')
  const texts: Record<string, string> = {
    plain: word,
    capitals: word.toUpperCase(),
    small: word.toLowerCase(),
    'latin 1': Buffer.from(word, 'latin1').toString('latin1'),
    hex,
    'hex in capitals': hex.toUpperCase(),
    'address, encoded': encodeURIComponent(word),
    'address, as a form': new URLSearchParams({ w: word }).toString().slice(2),
    'address, every byte': hex.replace(/../g, (byte) => `%${byte.toUpperCase()}`),
    'JSON, escaped': [...word].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    'XML, escaped': [...word].map((unit) => `&#${unit.codePointAt(0)};`).join(''),
    backwards: [...word].reverse().join(''),
  }
  for (const [offset, padding] of ['', 'x', 'xx'].entries()) {
    // The characters at the edges also hold bits of the neighbours.
    const inner = Buffer.from(padding + word)
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : offset + 1, -1)
    if (inner.length < SHORTEST) continue
    texts[`base64 at ${offset}`] = inner
    texts[`base64url at ${offset}`] = inner.replaceAll('+', '-').replaceAll('/', '_')
  }
  const bytes: Record<string, Buffer> = {
    'UTF-16, little end first': Buffer.from(word, 'utf16le'),
    'UTF-16, big end first': Buffer.from(word, 'utf16le').swap16(),
  }
  for (const hash of ['md5', 'sha1', 'sha256']) {
    const digest = createHash(hash).update(word).digest()
    bytes[hash] = digest
    texts[`${hash} in hex`] = digest.toString('hex')
    texts[`${hash} in base64`] = digest.toString('base64').replace(/=+$/, '')
    texts[`${hash} in base64url`] = digest.toString('base64url')
  }
  const all = [...Object.entries(texts).map(([how, text]) => [how, Buffer.from(text)] as const), ...Object.entries(bytes)]
  const seen = new Set<string>()
  return all.flatMap(([how, each]) => {
    const same = each.toString('hex')
    return seen.has(same) || !seen.add(same) ? [] : [{ word, how, bytes: each }]
  })
}

/** A search for words, prepared once. */
export type Search = { words: readonly string[]; writings: readonly Writing[] }

/** What holds a piece of it that is searched too need not be looked for itself. */
export function searchFor(words: readonly string[]): Search {
  const all = words.flatMap(writingsOf)
  return { words, writings: all.filter((one) => !all.some((piece) => piece.word !== one.word && one.bytes.includes(piece.bytes))) }
}

/** What of the words stands in a text or in bytes. */
export function hitsIn({ writings }: Search, place: string, content: string | Buffer): Hit[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return writings.filter((one) => bytes.includes(one.bytes)).map(({ word, how }) => ({ place, word, how }))
}

/** Searches the names and the bytes of all files in a folder. @returns the hits, and how much was searched */
export async function searchFolder(search: Search, folder: string): Promise<{ hits: Hit[]; files: number; bytes: number }> {
  const found = { hits: [] as Hit[], files: 0, bytes: 0 }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    found.hits.push(...hitsIn(search, `the name of ${path}`, entry.name))
    if (!entry.isFile()) continue
    // PostgreSQL may remove a file between listing and reading.
    const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return Buffer.alloc(0)
    })
    found.files++
    found.bytes += content.length
    found.hits.push(...hitsIn(search, path, content))
  }
  return found
}
