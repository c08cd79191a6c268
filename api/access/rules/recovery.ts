import { emailOf, emailTold } from './invitation.ts'

/** How long a link back into an account is good, in milliseconds: a day, since who asked for it is waiting. */
export const RECOVERY_MS = 86_400_000

/** What is known of an account when somebody asks for a way back into it. */
export type Account = { isDemonstration: boolean; isToken: boolean; isDisabled: boolean; hasPassword: boolean }

/** Whether a new password would let anybody in: there is one to replace, and the account is a person's own. */
export const isRecoverable = ({ isDemonstration, isToken, isDisabled, hasPassword }: Account): boolean =>
  hasPassword && !isDemonstration && !isToken && !isDisabled

export type ResetOptions = { email?: string; role?: string; organization?: string }

/** Whose account an operator means, or what is wrong with what was asked in one line. */
export function readResetOptions({ email, role, organization }: ResetOptions): { email: string } | { problem: string } {
  const address = emailOf(email ?? '')
  if (!address) return { problem: emailTold(email) }
  if (role !== undefined || organization !== undefined) {
    return { problem: 'With --reset the roles stay as they are: leave out --role and --organization.' }
  }
  return { email: address }
}
