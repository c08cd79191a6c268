import type { PrismaClient } from '../../db/generated/client.ts'
import { addressBlock, type Counted, type Limits } from '../../limits/limits.ts'
import type { Access } from '../rules/access.ts'
import { PASSWORDS_BY_ACCOUNT, TRIES_BY_ADDRESS } from '../rules/limits.ts'
import { LONGEST_PASSWORD } from '../rules/password.ts'
import { changePassword, findRecovery, recover } from './recovery.ts'

type Ways = Pick<Access, 'recovery' | 'recover' | 'changePassword'>

/** Back into an account, and another password for it: what is tried is counted as when signing in. */
export function openRecovery({ db, limits, clock }: { db: PrismaClient; limits: Limits; clock: () => Date }): Ways {
  const byAddress = (address: string | null): Counted[] =>
    address === null ? [] : [{ limit: TRIES_BY_ADDRESS, by: addressBlock(address) }]
  return {
    async recovery(secret) {
      const found = await findRecovery(db, secret, clock())
      return found && { email: found.email }
    },
    async recover(secret, password, address) {
      await limits.take(byAddress(address))
      const found = await findRecovery(db, secret, clock())
      return found !== null && recover(db, found, password, clock())
    },
    async changePassword({ id, email, session, isDemonstration }, { present, chosen }, address) {
      // Everybody knows the password of the demonstration, and it stays so.
      if (!session || email === null || isDemonstration) return false
      const by = [{ limit: PASSWORDS_BY_ACCOUNT, by: email }, ...byAddress(address)]
      await limits.take(by)
      const given = { present: present.slice(0, LONGEST_PASSWORD), chosen, keptSessionId: session.id }
      const changed = await changePassword(db, id, given, clock())
      if (changed) await limits.giveBack(by)
      return changed
    },
  }
}
