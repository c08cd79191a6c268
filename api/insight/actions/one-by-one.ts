import { TooManyRequests } from '../../errors.ts'

/** So many wait or are worked on at once: those of several people who each ask for all that there is. */
export const MOST = 20
export const MOST_OF_ONE = 6
/** Whoever comes then is asked to come again, in so many seconds. */
const RETRY_AFTER = 15

/** By process, or rather by its pool of connections: who is worked for and who waits, and the end of what was begun last. */
const queues = new WeakMap<object, { who: string[]; last: Promise<unknown> }>()

/**
 * Does large work one at a time, in the order in which it came, so that it takes the memory and the database of one.
 * @param of what all of it shares
 * @param who asks for it
 * @throws TooManyRequests when too many wait already
 */
export async function oneByOne<T>(of: object, who: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(of) ?? { who: [], last: Promise.resolve() }
  queues.set(of, queue)
  if (queue.who.length >= MOST || queue.who.filter((one) => one === who).length >= MOST_OF_ONE) throw new TooManyRequests(RETRY_AFTER)
  queue.who.push(who)
  const mine = queue.last.then(work)
  queue.last = mine.catch(() => {})
  try {
    return await mine
  } finally {
    queue.who.splice(queue.who.indexOf(who), 1)
  }
}
