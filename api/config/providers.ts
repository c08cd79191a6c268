import { readFileSync } from 'node:fs'
import { StartError } from '../db/start-error.ts'

/** The identity provider of an organization (OpenID Connect). */
export type OidcProvider = {
  /** Part of the address people come back to: `/sign-in/provider/callback/<id>`. */
  id: string
  /** On the button: whose sign-in it is, in words. */
  label: string
  /** Slug: whom it vouches for can be of the staff of this organization only. */
  organization: string
  /** `https://login.example.be`, without a slash at the end. */
  issuer: string
  clientId: string
  clientSecret: string
}

const FIELDS = ['id', 'label', 'organization', 'issuer', 'clientId', 'clientSecret'] as const

/**
 * Reads the organizations' identity providers from a JSON file: a list of objects with the six fields of `OidcProvider`.
 * @param safe whether people come back here over https, or only from this machine
 * @throws StartError, which repeats no secret
 */
export function readProviders(path: string | undefined, isLoopback: (host: string) => boolean, safe: boolean): OidcProvider[] {
  if (path === undefined) return []
  const refuse = (problem: string): never => {
    throw new StartError(`OIDC_FILE is “${path}”: ${problem}.`)
  }
  if (!safe) refuse('its providers lead back here, which must be over https (PUBLIC_URL), or on this machine only')
  const list = parse(path, refuse)
  const ids = new Set<string>()
  return list.map((entry: unknown, index) => {
    const read = entry as OidcProvider
    const missing = FIELDS.find((field) => typeof read?.[field] !== 'string' || read[field].trim() === '')
    if (missing) refuse(`the ${index + 1}. provider has no “${missing}”`)
    const { id, label, organization, clientId, clientSecret } = read
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id) || id === 'credential')
      refuse(`the id “${id}” must have small letters, digits and hyphens only`)
    if (ids.has(id)) refuse(`two providers are called “${id}”`)
    ids.add(id)
    const issuer = read.issuer.replace(/\/$/, '')
    const url = URL.canParse(issuer) ? new URL(issuer) : null
    if (!url || url.search || url.hash || url.username) return refuse(`the issuer “${issuer}” of “${id}” is no address`)
    const local = url.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1'))
    if (url.protocol !== 'https:' && !local) refuse(`the issuer of “${id}” must begin with https (http only for this machine)`)
    return { id, label, organization, issuer, clientId, clientSecret }
  })
}

function parse(path: string, refuse: (problem: string) => never): unknown[] {
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    refuse(`it cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list : refuse('it must hold a list of providers')
  } catch (error) {
    if (error instanceof StartError) throw error
    return refuse('it is not JSON')
  }
}
