import type { ImportFormat } from '../../db/generated/enums.ts'
import type { BroughtFile } from './door.ts'

/** Why a file cannot be what it is said to be. `workbook`: of a spreadsheet program, or any other zip. */
export type Unsuited = 'workbook' | 'is_json' | 'is_table'

/** Bytes looked at: what stands in front is blank at most. */
const LOOKED_AT = 256

/**
 * Tells by its first bytes that a file is of another kind than was chosen, before it is read for nothing; null when nothing speaks against it.
 * A file with nothing in it is the reader's to tell.
 */
export function unsuited(format: ImportFormat, { name, bytes }: BroughtFile): Unsuited | null {
  // The descriptor of a data package lies beside its tables.
  if (format === 'HSDS_CSV' && /(^|[\\/])datapackage\.json$/i.test(name)) return null
  const start = Buffer.from(bytes.subarray(0, LOOKED_AT)).toString('latin1')
  // Zip (xlsx, ods), and the compound files of old Excel.
  if (start.startsWith('PK\u0003\u0004') || start.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'workbook'
  const text = start.replace(/^\u00ef\u00bb\u00bf/, '').trimStart()
  if (text === '') return null
  const isJson = /^[[{]/.test(text)
  if (format === 'HSDS_JSON') return isJson ? null : 'is_table'
  return isJson ? 'is_json' : null
}
