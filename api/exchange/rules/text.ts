import type { ImportProblem, Note, SentFile } from './entry.ts'

/** What the bytes of a file say, and how they were written down. */
export type Decoded = { text: string; encoding: 'utf-8' | 'utf-16le' | 'windows-1252' }

/**
 * The text of a file. Spreadsheets save "CSV" as Windows-1252 in Belgium, and "Unicode text" as UTF-16: what is no UTF-8 is read so, if it may be.
 * @param anyEncoding false: UTF-8 only, as JSON is written (RFC 8259, 8.1)
 * @returns null for what is no text
 */
export function decode(bytes: Uint8Array, anyEncoding: boolean): Decoded | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return anyEncoding ? textIn(bytes, 'utf-16le') : null
  return textIn(bytes, 'utf-8') ?? (anyEncoding ? textIn(bytes, 'windows-1252') : null)
}

/** What Windows-1252 has at 0x80 to 0x9F, a blank where it has nothing. Node 20 reads these bytes as Latin-1, which has control characters there. */
const OF_WINDOWS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** @throws where a byte is no letter, or the text was UTF-8 but for some bytes, all of whose accents would go wrong */
function windowsText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [accents, wrong] = [buffer.toString('utf8').match(/[\u0080-\uFFFC]/g), buffer.toString('utf8').match(/\uFFFD/g)]
  if ((accents?.length ?? 0) >= (wrong?.length ?? 0)) throw new Error('UTF-8 that is broken')
  return buffer.toString('latin1').replace(/[\u0080-\u009F]/g, (letter) => {
    const meant = OF_WINDOWS[letter.charCodeAt(0) - 0x80]
    if (meant === undefined || meant === ' ') throw new Error('no letter of Windows-1252')
    return meant
  })
}

function textIn(bytes: Uint8Array, encoding: Decoded['encoding']): Decoded | null {
  try {
    const text = encoding === 'windows-1252' ? windowsText(bytes) : new TextDecoder(encoding, { fatal: true }).decode(bytes)
    // A picture or a zip is full of them; no text has one, and the database takes none.
    return text.includes('\0') ? null : { text, encoding }
  } catch {
    return null
  }
}

/** Files as texts, and what is to be told of that. */
export type Opened = { files: SentFile[]; problems: ImportProblem[]; notes: Note[] }

/** The same text without what is no letter, or half of one, which the database does not take. */
export const onlyLetters = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '')

const LONGEST_NAME = 120

/** Opens files as they were sent. */
export function openFiles(sent: readonly { name: string; bytes: Uint8Array }[]): Opened {
  const opened: Opened = { files: [], problems: [], notes: [] }
  for (const { name: given, bytes } of sent) {
    const name = onlyLetters(given.slice(-LONGEST_NAME))
    const decoded = decode(bytes, !/\.(json|ndjson|jsonl)$/i.test(name))
    if (!decoded) opened.problems.push({ file: name, row: 1, column: null, code: 'file_unreadable' })
    else {
      opened.files.push({ name, text: decoded.text })
      if (decoded.encoding !== 'utf-8') opened.notes.push({ code: 'read_as', value: decoded.encoding, count: 1 })
    }
  }
  return opened
}
