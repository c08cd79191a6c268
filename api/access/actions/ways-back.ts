import type { PrismaClient } from '../../db/generated/client.ts'
import type { Limits } from '../../limits/limits.ts'
import type { Access } from '../rules/access.ts'
import { LONGEST_PASSWORD } from '../rules/password.ts'
import { changePassword, findRecovery, recover } from './recovery.ts'
import { passwordTriesOf, triesOf } from './tries.ts'

type Ways = Pick<Access, 'recovery' | 'recover' | 'changePassword'>

/** Back into an account, and another password for it: what is tried is counted as when signing in. */
export function openRecovery({ db, limits, clock }: { db: PrismaClient; limits: Limits; clock: () => Date }): Ways {
  return {
    async recovery(secret) {
      const found = await findRecovery(db, secret, clock())
      return found && { email: found.email }
    },
    async recover(secret, password, address) {
      await limits.take(triesOf(address))
      const found = await findRecovery(db, secret, clock())
      return found !== null && recover(db, found, password, clock())
    },
    async changePassword({ id, email, session, isDemonstration }, { present, chosen }, address) {
      // Everybody knows the password of the demonstration, and it stays so.
      if (!session || email === null || isDemonstration) return false
      const by = passwordTriesOf(email, address)
      await limits.take(by)
      const given = { present: present.slice(0, LONGEST_PASSWORD), chosen, keptSessionId: session.id }
      const changed = await changePassword(db, id, given, clock())
      if (changed) await limits.giveBack(by)
      return changed
    },
  }
}
