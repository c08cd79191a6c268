import type { Ask } from './exchange.ts'

export type Params = { query: string; variables: Record<string, unknown>; operationName: string | undefined }

/**
 * What a plain GraphQL request asks.
 * @returns null for anything that is not just a text, variables and a name: Yoga tells what is wrong with it, if anything is
 */
export function readParams({ method, target, body }: Ask): Params | null {
  try {
    return method === 'GET' ? fromAddress(target) : fromBody(body as Uint8Array<ArrayBuffer>)
  } catch {
    return null
  }
}

function fromBody(body: Uint8Array<ArrayBuffer>): Params | null {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()
  const { query, variables, operationName, ...others } = (JSON.parse(text) ?? {}) as Record<string, unknown>
  for (const name in others) if (others[name] != null) return null
  return paramsOf(query, variables, operationName)
}

function fromAddress(target: string): Params | null {
  const params = new URLSearchParams(target.slice(target.indexOf('?') + 1))
  if (params.get('extensions')) return null
  // An empty parameter is none, as Yoga has it.
  const variables = params.get('variables')
  return paramsOf(params.get('query') || undefined, variables ? JSON.parse(variables) : undefined, params.get('operationName') || undefined)
}

function paramsOf(query: unknown, variables: unknown, operationName: unknown): Params | null {
  if (typeof query !== 'string' || (operationName != null && (typeof operationName !== 'string' || operationName === ''))) return null
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) return null
  return { query, variables: (variables ?? {}) as Params['variables'], operationName: (operationName as string | null) ?? undefined }
}

export type MediaType = 'application/json' | 'application/graphql-response+json'

/**
 * The form in which a GraphQL answer is sent for an `Accept` header, the first named one that fits, as Yoga chooses it (its
 * `result-processor/accept.ts`, with the same leniency: qualities are not read).
 * @returns null when it accepts neither
 */
export function mediaTypeOf(accept: string): MediaType | null {
  for (const range of (accept || '*/*').replace(/\s/g, '').toLowerCase().split(',')) {
    const [name, ...params] = range.split(';')
    if ((params.find((param) => param.includes('charset=')) ?? 'charset=utf-8') !== 'charset=utf-8') continue
    if (name === '*/*' || name === 'application/*' || name === 'application/json') return 'application/json'
    if (name === 'application/graphql-response+json') return name
    if (name?.includes('*')) return null
  }
  return null
}
