import { hash } from 'node:crypto'

/** The name space of the identifiers made here, itself a random UUID; never change it: consumers keep the identifiers. */
const NAMESPACE = Buffer.from('6f0c1f0e3b1c4a0f9b5b0d6a4c2e7d51', 'hex')

/**
 * A stable identifier for what has none of its own: a UUID of version 5 (RFC 9562, 5.5) of its names, from the widest to the narrowest,
 * such as a service's UUID, `area` and a commune's code.
 */
export function uuidOf(...names: readonly (string | number)[]): string {
  // A separator that no code or slug contains: ("a", "bc") is not ("ab", "c").
  const bytes = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(names.join('\n'))]), 'buffer').subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
