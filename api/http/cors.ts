import type { Answer } from './exchange.ts'

/** What a partner's page may send. No credentials: the API knows no cookie. */
const ALLOWED = [
  ['access-control-allow-headers', 'content-type, accept-language, passerelle-site'],
  ['access-control-allow-methods', 'GET, POST'],
]

/** The answer to a preflight; without permission for an origin that no site knows. */
export const preflight = (origin: string, known: boolean): Answer => ({
  status: 204,
  headers: [
    ...(known ? [...ALLOWED, ['access-control-allow-origin', origin], ['access-control-max-age', '600']] : []),
    ['vary', 'origin'],
  ].flat(),
  body: null,
})
