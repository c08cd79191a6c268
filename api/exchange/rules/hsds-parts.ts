import { hash } from 'node:crypto'
import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Areas } from './areas.ts'
import type { Note } from './entry.ts'

export type HsdsKind = 'ORGANIZATION' | 'LOCATION' | 'SERVICE'

/** The needs and audiences of the directory, by the identifiers and codes that they have in a feed; which of these are identifiers. */
export type Terms = { needs: ReadonlyMap<string, string>; audiences: ReadonlyMap<string, string>; ids: ReadonlySet<string> }

/** What must be known to read the records of a feed. */
export type HsdsParts = {
  areas: Areas
  terms: Terms
  /** Codes of what is counted in capacities, by the identifiers of the feed. */
  units: ReadonlyMap<string, string>
  /** The day in Belgium. */
  today: string
  language: LanguageCode
  source: string | null
  /** Who looks after organizations that are new here. */
  keeper: string | null
}

export type Reading = HsdsParts & { note(code: Note['code'], value: string): void }

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The id of a record here: its own if it is a UUID, as the standard wants; else always the same one made of it. */
export function idOf(kind: HsdsKind, id: string): string {
  if (UUID.test(id)) return id.toLowerCase()
  const bytes = hash('sha1', `passerelle import\n${kind}\n${id}`, 'buffer').subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
