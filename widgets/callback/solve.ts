/** An ALTCHA challenge, version 2, as https://altcha.org/docs/v2 has it; what is not named here is sent back as it came. */
interface Challenge {
  parameters: { algorithm: string; nonce: string; salt: string; cost: number; keyLength: number; keyPrefix: string }
}

/** Attempts between two looks at the page, and the longest the page waits for its turn. */
const PAUSE_MS = 50

/**
 * Computes what a challenge asks for: the counter whose key, derived by PBKDF2, begins as wanted. The deriving happens in the browser's own
 * threads, and between two of them the page may draw and be used.
 * @param text the challenge as JSON
 * @param going false ends the search
 * @returns the solution as the server wants it back: base64 of JSON; undefined when the search was ended
 * @throws TypeError where there is no `crypto.subtle` (a page that is not secure); Error for another algorithm
 */
export async function solve(text: string, going: () => boolean): Promise<string | undefined> {
  const challenge: Challenge = JSON.parse(text)
  const { algorithm, nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters
  const [, hash] = /^PBKDF2\/(SHA-\d+)$/.exec(algorithm) ?? []
  if (!hash) throw new Error(algorithm)
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0])
  const counters = new DataView(password.buffer, password.length - 4)
  const derivation = { name: 'PBKDF2', hash, salt: bytes(salt), iterations: cost }
  const start = performance.now()
  let rested = start
  for (let counter = 0; going(); counter++) {
    counters.setUint32(0, counter)
    const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
    const derivedKey = hex(new Uint8Array(await crypto.subtle.deriveBits(derivation, key, keyLength * 8)))
    if (derivedKey.startsWith(keyPrefix)) {
      const solution = { counter, derivedKey, time: Math.round(performance.now() - start) }
      return btoa(JSON.stringify({ challenge, solution }))
    }
    if (performance.now() - rested > PAUSE_MS) {
      await new Promise((resolve) => setTimeout(resolve))
      rested = performance.now()
    }
  }
}

const bytes = (hex: string): Uint8Array<ArrayBuffer> => new Uint8Array((hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)))
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
