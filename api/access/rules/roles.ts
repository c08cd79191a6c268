import { StaffRole } from '../../db/generated/enums.ts'

/** As they are written on a command line. */
export const ROLES = Object.values(StaffRole)
  .map((role) => role.toLowerCase())
  .join(', ')

/** A role by its name, in whatever letters. */
export const roleOf = (text: string | undefined): StaffRole | null =>
  Object.values(StaffRole).find((role) => role === text?.toUpperCase()) ?? null
