import { createHash, randomBytes } from 'node:crypto'
import type { Keys } from './seal.ts'

/** The key file: JSON, readable by its owner only. Keys are 32 bytes in base64. */
export type KeyFile = { current: string; sealing: Record<string, string>; index: string }

const KEY_BYTES = 32

/** A fresh key as the file has it. */
export const newKey = (): string => randomBytes(KEY_BYTES).toString('base64')

/** Fresh keys for a new installation. */
export const newKeyFile = (): KeyFile => ({ current: 'k1', sealing: { k1: newKey() }, index: newKey() })

/** Reads a key file's text, or tells in a few words what is wrong with it. */
export function readKeyFile(text: string): Keys | { problem: string } {
  let file: KeyFile
  try {
    file = JSON.parse(text) as KeyFile
  } catch {
    return { problem: 'it is not JSON' }
  }
  if (typeof file?.index !== 'string' || typeof (file.sealing ?? '') !== 'object' || typeof file.current !== 'string') {
    return { problem: 'it must have “current”, “sealing” and “index”' }
  }
  const sealing = new Map(Object.entries(file.sealing).map(([id, key]) => [id, Buffer.from(String(key), 'base64')]))
  const index = Buffer.from(file.index, 'base64')
  if ([index, ...sealing.values()].some((key) => key.length !== KEY_BYTES))
    return { problem: `every key must have ${KEY_BYTES} bytes in base64` }
  if ([...sealing.keys()].some((id) => !/^[A-Za-z0-9_-]{1,20}$/.test(id)))
    return { problem: 'a key’s name has letters, digits, - and _ only' }
  if (!sealing.has(file.current)) return { problem: `there is no key “${file.current}”` }
  return { current: file.current, sealing, index }
}

/** Tells index keys apart without revealing them; stored in the database to notice a wrong key file. */
export const fingerprint = (keys: Keys): string => digest('passerelle index key', keys.index)

/** One fingerprint a key, by the name under which the database remembers it: `index_key`, `sealing_key.k1` … */
export const fingerprints = (keys: Keys): ReadonlyMap<string, string> =>
  new Map([
    ['index_key', fingerprint(keys)],
    ...[...keys.sealing].map(([id, key]): [string, string] => [`sealing_key.${id}`, digest(`passerelle sealing key ${id}`, key)]),
  ])

const digest = (purpose: string, key: Buffer): string => createHash('sha256').update(`${purpose}\0`).update(key).digest('hex').slice(0, 32)
