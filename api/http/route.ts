import { type Ask, pathOf } from './exchange.ts'

/**
 * The doors of the server by the first part of their paths. A path may be anything, and what somebody typed into one is nobody's business: what is not
 * named here is told together, in numbers and in logs.
 */
const ROUTES: ReadonlySet<string> = new Set([
  'account',
  'case',
  'demo',
  'desk',
  'edit',
  'embed',
  'graphql',
  'health',
  'hsds',
  'invitation',
  'partner',
  'partner-events',
  'questions',
  'ready',
  'services',
  'sign-in',
  'widgets',
])

/** Under which name a request is counted and logged. */
export function routeOf(ask: Ask): string {
  const path = pathOf(ask)
  if (path === '/') return 'index'
  const end = path.indexOf('/', 1)
  const first = end === -1 ? path.slice(1) : path.slice(1, end)
  return ROUTES.has(first) ? first : 'other'
}
