/** Where somebody may be led after signing in: pages of ours, by their paths. */
const OURS = /^\/(desk|partner|edit|account|invitation)(\/[\w-]{1,64}){0,2}(\?[\w=&%.*+-]{0,600})?(#[\w-]{1,64})?$/

/**
 * The path to go on to, if it is one of ours; else null. What could lead elsewhere (`//host`, `/\host`, a scheme, a line break) matches nothing.
 */
export const nextOf = (asked: string | null | undefined): string | null => (asked && OURS.test(asked) ? asked : null)
