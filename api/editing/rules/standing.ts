import type { OrganizationKind } from '../../db/generated/enums.ts'
import type { Problem } from '../../errors.ts'
import type { ContentDocument, LineDocument, OrganizationDocument } from './documents.ts'

/** Bodies whose kind gives them something: a commune's people are sent to its CPAS, and a region's editors decide for everybody. */
const OFFICIAL: readonly OrganizationKind[] = ['CPAS', 'COMMUNE', 'REGION']

/**
 * What of a change only the editors of a region decide, since it holds for people who never chose the organization: which body is the CPAS of a
 * commune, which numbers everybody in danger is shown. Nobody gives herself such a standing by her own record.
 * @param before the record as it is; null when it is new
 */
export function reserved(document: ContentDocument, before: ContentDocument | null): Problem[] {
  if (document.kind === 'LINE') return isEmergency(document) || (before?.kind === 'LINE' && isEmergency(before)) ? [at('lineKind')] : []
  if (document.kind !== 'ORGANIZATION') return []
  const was = before?.kind === 'ORGANIZATION' ? before : null
  if (!isOfficial(document) && !(was && isOfficial(was))) return []
  if (document.organizationKind !== was?.organizationKind) return [at('organizationKind')]
  return document.commune === was.commune ? [] : [at('commune')]
}

const at = (name: string): Problem => ({ path: [name], code: 'region_only' })
const isEmergency = ({ lineKind }: LineDocument): boolean => lineKind === 'EMERGENCY'
const isOfficial = ({ organizationKind }: OrganizationDocument): boolean => OFFICIAL.includes(organizationKind)
