import { Checks, type Findings, type Known, LONGEST } from './checks.ts'
import type { OrganizationDocument } from './documents.ts'

/** What is wrong with an organization. */
export function checkOrganization(document: OrganizationDocument, known: Known): Findings {
  const checks = new Checks(document, known)
  checks.slug(document.slug)
  checks.texts({ name: LONGEST.title, description: LONGEST.text }, ['name'])
  if (document.commune !== null) checks.commune(['commune'], document.commune)
  const other = document.organizationKind === 'CPAS' ? known.directory.communesByNis.get(document.commune ?? '')?.cpas : null
  if (other && other.slug !== document.slug) checks.lack(['commune'], 'cpas_twice', { value: other.slug })
  checks.reference('ORGANIZATION', document.keeper, ['keeper'])
  if (document.keeper === document.slug) checks.lack(['keeper'], 'leads_to_itself')
  checks.url(document.url)
  checks.email(document.email)
  checks.phones(document.phones)
  checks.source(document.source)
  return checks
}
