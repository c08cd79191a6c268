import type { Log } from '../db/log.ts'
import { StartError } from '../db/start-error.ts'
import { parseKeys, readText, stateOf } from './file.ts'
import { fingerprints } from './keys.ts'
import type { Keys } from './seal.ts'

/** How long keys are used before the file is looked at again, in milliseconds. */
export const LOOK_MS = 5_000

/**
 * Keys that follow their file while the process runs: whoever uses them after `LOOK_MS` looks whether it has changed, and whoever meets a value
 * of an unknown key looks at once. A file that is gone, damaged or another installation's changes nothing but a line in the log, since the
 * keys in memory are still the right ones.
 * @param file as it was when `first` was read from it
 */
export function liveKeys(file: string, first: Keys, log: Log): Keys {
  let held = first
  // Read anew on the first look: it may have changed since.
  let state: string | null = null
  let lookedAt = performance.now()
  let told = ''

  const warn = (line: string) => {
    if (line !== told) log.warn(line)
    told = line
  }
  const refresh = () => {
    lookedAt = performance.now()
    const now = stateOf(file)
    if (now === state) {
      told = ''
      return
    }
    try {
      const text = readText(file)
      if (text === null) return warn(`The key file ${file} is gone: put it back, or the next start fails. The keys in memory go on.`)
      const found = parseKeys(file, text)
      const prints = fingerprints(found)
      const other = [...fingerprints(held)].find(([name, print]) => prints.has(name) && prints.get(name) !== print)
      if (other) return warn(`The key file ${file} does not belong to this database: put back the right one. The keys in memory go on.`)
      if (found.current !== held.current) log.info(`Personal data is sealed with the key ${found.current} from now on.`)
      held = found
      state = now
      told = ''
    } catch (error) {
      if (!(error instanceof StartError)) throw error
      warn(`${error.message} The keys in memory go on.`)
    }
  }
  const present = (): Keys => {
    if (performance.now() - lookedAt >= LOOK_MS) refresh()
    return held
  }
  return {
    get current() {
      return present().current
    },
    get sealing() {
      return present().sealing
    },
    get index() {
      return present().index
    },
    refresh,
  }
}
