type Limit = { name: string; points: number; seconds: number }

const QUARTER = 15 * 60

/** Wrong passwords for one e-mail address, known here or not, from one block of addresses: others who guess do not shut out whose it is. */
export const PASSWORDS_BY_PAIR: Limit = { name: 'sign-in.pair', points: 5, seconds: QUARTER }
/** And from everywhere: whoever guesses from many places gets 4 800 tries a day, and a code is asked after it. */
export const PASSWORDS_BY_ACCOUNT: Limit = { name: 'sign-in.account', points: 50, seconds: QUARTER }
/** Tries from one address: a call centre has one for all its agents, and most of them mistype now and then. */
export const TRIES_BY_ADDRESS: Limit = { name: 'sign-in.address', points: 60, seconds: QUARTER }
/** Wrong codes of one member, in whatever sign-in: a code of six digits is good for three of a million at a time (RFC 6238, 5.2). */
export const CODES_BY_MEMBER: Limit = { name: 'sign-in.code', points: 10, seconds: QUARTER }
