import type { SiteGiven, SiteValues } from './input.ts'

/** A partner's website, as those who look after it see it. */
export type SiteRecord = SiteValues & {
  id: string
  key: string
  version: number
  organizationId: string | null
  callbacksPerHour: number
  createdAt: Date
  revokedAt: Date | null
}

/** The websites within somebody's reach. Null: there is none of that key, for her; which of both is not told. */
export type SiteDoor = {
  list(): Promise<SiteRecord[]>
  find(key: string): Promise<SiteRecord | null>
  /** Ids of the organizations for which she makes sites, her own first. */
  organizations(): Promise<string[]>
  /** @throws InvalidInput */
  create(given: SiteGiven & { organization: string }): Promise<SiteRecord>
  /** @param version the one that she saw @throws InvalidInput; NotFound; Conflict */
  change(key: string, version: number, given: SiteGiven): Promise<SiteRecord>
  /** @throws NotFound */
  revoke(key: string): Promise<SiteRecord>
}
