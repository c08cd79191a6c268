import { FailReason, RejectReason } from '../../db/generated/enums.ts'
import { OUTCOMES } from '../../desk/rules/close.ts'
import { InvalidInput, type Problem } from '../../errors.ts'
import type { Verb } from './transitions.ts'

/** What a partner's system says of a case: what it does with it, or that it has erased what it had. */
export type Said = { id: string; version: number; does: Verb | { kind: 'erasure_confirmed' } }

const KINDS = ['receive', 'accept', 'reject', 'progress', 'hold', 'complete', 'fail', 'erasure_confirmed'] as const

/**
 * Reads a message of a partner's system: `{"type": "escalation.accept", "data": {"id", "version", …}}`. What else is in it is let be.
 * @throws InvalidInput with all that is wrong
 */
export function readSaid(text: string): Said {
  const message = parsed(text)
  const data = message?.data
  if (!isObject(message) || !isObject(data)) throw new InvalidInput([{ path: ['data'], code: 'malformed' }])
  const problems: Problem[] = []
  const wrong = (path: string[], value: unknown) => {
    problems.push({ path, code: value === undefined || value === null ? 'required' : 'malformed' })
    return undefined
  }
  const oneOf = <T extends string>(all: readonly T[], name: string): T => {
    const given = data[name]
    const found = all.find((one) => one === (typeof given === 'string' ? given.toUpperCase() : given))
    return found ?? (wrong(['data', name], given) as never)
  }
  const said = typeof message.type === 'string' ? /^escalation\.([a-z_]+)$/.exec(message.type)?.[1] : undefined
  const kind = KINDS.find((one) => one === said) ?? wrong(['type'], message.type)
  const id = typeof data.id === 'string' ? data.id : wrong(['data', 'id'], data.id)
  const version =
    Number.isSafeInteger(data.version) && Number(data.version) > 0 ? Number(data.version) : wrong(['data', 'version'], data.version)
  const note =
    data.note === undefined || data.note === null ? null : typeof data.note === 'string' ? data.note : wrong(['data', 'note'], data.note)
  const does = kind === undefined ? undefined : verbOf(kind)
  if (problems.length > 0 || id === undefined || version === undefined || does === undefined) throw new InvalidInput(problems)
  return { id, version, does }

  function verbOf(kind: (typeof KINDS)[number]): Said['does'] {
    switch (kind) {
      case 'reject':
        return { kind, reason: oneOf(Object.values(RejectReason), 'reason'), note: note ?? null }
      case 'fail':
        return { kind, reason: oneOf(Object.values(FailReason), 'reason'), note: note ?? null }
      case 'complete':
        return { kind, outcome: oneOf(OUTCOMES, 'outcome'), note: note ?? null }
      case 'progress':
        return { kind, note: note ?? null }
      case 'hold':
        if (!note) wrong(['data', 'note'], data?.note)
        return { kind, note: note ?? '' }
      default:
        return { kind }
    }
  }
}

type Unknown = Record<string, unknown>
const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text: string): (Unknown & { data?: Unknown }) | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Whether something happened to a case since a message's version that its sender may not know of. That it has received the case is no news to it.
 */
export const hasMovedOn = (steps: readonly { version: number; state: string }[], version: number): boolean =>
  steps.some((step) => step.version > version && step.state !== 'RECEIVED')
