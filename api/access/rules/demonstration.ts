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
]
