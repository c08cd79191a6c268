import { setImmediate } from 'node:timers/promises'

/** Long work in small steps: between two of them somebody else may be answered. */
export type Steps<T> = Generator<undefined, T>

/** How long work goes on before others have their turn, in ms: some answers late by this are not noticed. */
const TURN_MS = 10

/** Does the work in one go. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Does the work while requests are answered in between. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (let until = performance.now() + TURN_MS; ; ) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() < until) continue
    await setImmediate()
    until = performance.now() + TURN_MS
  }
}

/** What `of` makes of each record, in order, while requests are answered in between. */
export function flatMapInTurns<T, R>(records: readonly T[], of: (record: T) => readonly R[]): Promise<R[]> {
  return inTurns(
    (function* (): Steps<R[]> {
      const all: R[] = []
      for (const record of records) {
        all.push(...of(record))
        yield undefined
      }
      return all
    })(),
  )
}
