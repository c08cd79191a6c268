/** How long a link to a case is good, in milliseconds: seven days. */
export const LINK_MS = 7 * 86_400_000

/** How long an expired link still leads to a new one, in milliseconds: afterwards the case is looked for by other ways. */
export const RENEWAL_MS = 60 * 86_400_000

/** The random part of a link, as `newSecret` makes it. */
export const isLinkSecret = (text: string): boolean => /^[\w-]{43}$/.test(text)
