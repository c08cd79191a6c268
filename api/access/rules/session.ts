/** A session ends when nothing was done for so long, in milliseconds: what a supervisor's round lasts, and no longer than a break. */
export const IDLE_MS = 30 * 60_000
/** And after so long whatever is done, in milliseconds: a shift. */
export const LONGEST_MS = 8 * 3_600_000
/** That something was done is written at most this often, in milliseconds. */
export const TOUCH_MS = 60_000

type Lasting = { createdAt: Date; expiresAt: Date }

/** When a session ends at the latest: counted from signing in. */
export const endOf = ({ createdAt }: Pick<Lasting, 'createdAt'>): Date => new Date(createdAt.getTime() + LONGEST_MS)

/** When it ends if nothing is done from now on. */
export const idleEnd = (session: Pick<Lasting, 'createdAt'>, now: Date): Date =>
  new Date(Math.min(now.getTime() + IDLE_MS, endOf(session).getTime()))

/** Whether somebody is still let in with it. */
export const isAlive = (session: Lasting, now: Date): boolean => session.expiresAt > now && endOf(session) > now

/** Whether it is worth writing that something was done. */
export const isWorthTouching = ({ idleAt, endsAt }: { idleAt: Date; endsAt: Date }, now: Date): boolean =>
  idleAt < endsAt && idleAt.getTime() - now.getTime() < IDLE_MS - TOUCH_MS
