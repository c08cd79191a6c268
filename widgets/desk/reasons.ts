import type { Offer } from './handing.ts'

/** Why a partner fits or not, each reason with its mark: what speaks against it first, then what is not known. */
export function reasonsOf({ reasons, against, unknown }: Pick<Offer, 'reasons' | 'against' | 'unknown'>): [mark: string, reason: string][] {
  const good = reasons.filter((reason) => !against.includes(reason) && !unknown.includes(reason))
  const marked = (mark: string, all: readonly string[]) => all.map((reason): [string, string] => [mark, reason])
  return [...marked('✕', against), ...marked('?', unknown), ...marked('✓', good)]
}
