import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/**
 * Keys outside the database, 32 bytes each. `sealing` maps a key's id to it, oldest first; `current` is the one that seals. They may change
 * while the process runs (see live.ts): read them when they are needed, and keep no copy.
 */
export type Keys = {
  readonly current: string
  readonly sealing: ReadonlyMap<string, Buffer>
  readonly index: Buffer
  /** Looks at once whether the keys have changed. Absent where they cannot. */
  refresh?(): void
}

/** Where a sealed value stands: it opens there and nowhere else, so a value copied to another row or column is refused. */
export type Place = { table: string; column: string; row: string }

const VERSION = 'v1'
/** NIST SP 800-38D: 96-bit initialization vectors, 128-bit tags. */
const IV_BYTES = 12
const TAG_BYTES = 16

/** Encrypts a text with AES-256-GCM into `version.keyId.iv.ciphertext.tag` (base64url parts). */
export function seal(keys: Keys, text: string, place: Place): string {
  const { current } = keys
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, current), iv)
  cipher.setAAD(additionalData(place))
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [VERSION, current, ...[iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.')
}

/**
 * Decrypts what `seal` made.
 * @throws Error when the key is not here, or the value was altered or moved
 */
export function unseal(keys: Keys, sealed: string, place: Place): string {
  const [version, keyId, iv, ciphertext, tag, ...rest] = sealed.split('.')
  if (version !== VERSION || !keyId || iv === undefined || ciphertext === undefined || tag === undefined || rest.length > 0) {
    throw new Error('not a sealed value')
  }
  // Without its length, Node.js would take a tag of 4 bytes, which can be guessed.
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, keyId), Buffer.from(iv, 'base64url'), { authTagLength: TAG_BYTES })
  decipher.setAAD(additionalData(place))
  decipher.setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64url')), decipher.final()]).toString('utf8')
}

/**
 * A fixed name for a value that must be found again without being readable: HMAC-SHA-256 under a key outside the database, because a
 * plain hash of a Belgian mobile number is undone in minutes. `purpose` keeps the names of different uses apart.
 */
export const blindIndex = (keys: Keys, purpose: string, value: string): string =>
  createHmac('sha256', keys.index).update(`${purpose}\0${value}`).digest('base64url')

const additionalData = ({ table, column, row }: Place): Buffer => Buffer.from(`${table}\0${column}\0${row}`)

function keyOf(keys: Keys, id: string): Buffer {
  let key = keys.sealing.get(id)
  if (!key) {
    // Another process may seal with a key that was made a moment ago.
    keys.refresh?.()
    key = keys.sealing.get(id)
  }
  if (!key) throw new Error(`no key ${id}`)
  return key
}
