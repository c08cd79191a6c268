import type { StaffRole } from '../../db/generated/enums.ts'

export type DemonstrationAccount = { email: string; name: string; role: StaffRole; organization: string | null }

/** Everybody knows it: it stands on the sign-in page. */
export const DEMONSTRATION_PASSWORD = 'essai-sans-risque'

/** Accounts to try things out with. Addresses of `.example` belong to nobody (RFC 2606). */
export const DEMONSTRATION_ACCOUNTS: readonly DemonstrationAccount[] = [
  { email: 'ana@liege.example', name: 'Ana Lambert', role: 'AGENT', organization: 'ville-de-liege' },
  { email: 'bob@liege.example', name: 'Bob Dubois', role: 'AGENT', organization: 'ville-de-liege' },
  { email: 'sam@liege.example', name: 'Sam Renard', role: 'SUPERVISOR', organization: 'ville-de-liege' },
  { email: 'eva@liege.example', name: 'Eva Peeters', role: 'EDITOR', organization: 'ville-de-liege' },
  { email: 'ada@liege.example', name: 'Ada Schmitz', role: 'ADMINISTRATOR', organization: 'ville-de-liege' },
  { email: 'wim@wallonie.example', name: 'Wim Claes', role: 'AGENT', organization: 'service-public-de-wallonie' },
  { email: 'nora@wallonie.example', name: 'Nora Jacquet', role: 'EDITOR', organization: 'service-public-de-wallonie' },
  { email: 'paul@rwlp.example', name: 'Paul Renson', role: 'PARTNER', organization: 'rwlp' },
]

/** This machine by its names, with a port or without. */
const HERE = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i

/** In which proxies and tunnels say for whom they ask. */
const PASSED_ON = /^(forwarded|x-forwarded.*|via|x-real-ip)$/

/**
 * Whether a request was made on this machine. That the server listens on loopback is not enough: a proxy or a tunnel on the same machine brings
 * others in. It tells the name they asked for, or where they come from; a browser here does neither. A help, not a lock: one that tells neither is
 * not noticed.
 * @param headers by their names in small letters
 */
export const isFromHere = (headers: Readonly<Record<string, string | string[] | undefined>>): boolean =>
  HERE.test(String(headers.host ?? '')) && !Object.entries(headers).some(([name, value]) => value !== undefined && PASSED_ON.test(name))
