import { type GraphQLField, isInterfaceType, isObjectType } from 'graphql'
import { describe, expect, test } from 'vitest'
import { StaffRole } from '../db/generated/enums.ts'
import type { Context } from '../context.ts'
import { Forbidden, SignInRequired } from '../errors.ts'
import { schema } from '../schema.ts'
import { readFileSync } from 'node:fs'
import { audienceOf, MATRIX } from './rules/matrix.ts'
import { matrixTable } from './rules/matrix-table.ts'
import type { Viewer } from './rules/viewer.ts'

const ROLES = Object.values(StaffRole)

/** Every field of every type that the schema has. */
const fields = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) || isInterfaceType(type))
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type: type.name, field, isObject: isObjectType(type) })))

const viewerWith = (role: StaffRole, scopes: Viewer['scopes'] = ['READ', 'WRITE']): Viewer => ({
  kind: 'member',
  id: 'id',
  actor: 'staff:id',
  name: 'name',
  email: null,
  memberships: [{ organizationId: 'organization', role }],
  scopes,
  languages: [],
  lineIds: [],
  isDemonstration: false,
  session: null,
})

/** What becomes of asking for a field: let in (whatever the resolver then makes of nothing), or refused by which error. */
async function outcome({ field, type }: { field: GraphQLField<unknown, unknown>; type: string }, viewer: Viewer | null): Promise<string> {
  const ask = type === 'Subscription' ? field.subscribe : field.resolve
  if (!ask) return 'let in'
  // Nothing else is there: a resolver that is reached stumbles over it.
  const context = { viewer } as unknown as Context
  try {
    await ask({}, {}, context, {} as never)
    return 'let in'
  } catch (error) {
    return error instanceof SignInRequired ? 'sign in' : error instanceof Forbidden && isOfGuard(error) ? 'forbidden' : 'let in'
  }
}
/** An action may refuse a role as well; here only the guard counts. */
const isOfGuard = (error: Error) => /guard\.ts/.test(error.stack?.split('\n')[1] ?? '')

test('every field of the schema stands in the table, and nothing else does', () => {
  const inSchema = fields.map(({ type, field }) => `${type}.${field.name}`).sort()
  const inTable = Object.entries(MATRIX).flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`))
  expect(inTable.sort()).toEqual(inSchema)
})

test('what stands in the table is what is let in, for every field and every role', async () => {
  const wrong: string[] = []
  let guarded = 0
  for (const one of fields.filter(({ isObject }) => isObject)) {
    const audience = audienceOf(one.type, one.field.name)
    if (audience === 'EVERYONE') continue
    guarded++
    const name = `${one.type}.${one.field.name}`
    if ((await outcome(one, null)) !== 'sign in') wrong.push(`${name} for nobody`)
    for (const role of ROLES) {
      const expected = audience.includes(role) ? 'let in' : 'forbidden'
      const found = await outcome(one, viewerWith(role))
      if (found !== expected) wrong.push(`${name} for ${role}: ${found}`)
    }
    const scope = one.type === 'Mutation' ? 'READ' : 'WRITE'
    const [first] = audience
    if (first && (await outcome(one, viewerWith(first, [scope]))) !== 'forbidden') wrong.push(`${name} with the scope ${scope} only`)
  }
  expect(wrong).toEqual([])
  expect(guarded).toBeGreaterThan(20)
})

test('a public field needs nobody, and is not even wrapped', async () => {
  const one = fields.find(({ type, field }) => type === 'Query' && field.name === 'viewer')
  expect(one && (await outcome(one, null))).toBe('let in')
})

describe('what is public', () => {
  /** Types of which the public sees something. A new one is noticed here, and judged by a person. */
  test('is no type of the desk', () => {
    const open = Object.entries(MATRIX).filter(([, all]) => Object.values(all).includes('EVERYONE'))
    const names = open.map(([type]) => type)
    const desk = ['CallbackRequest', 'CallAttempt', 'CallNote', 'Contact', 'AuditEvent', 'StaffMember', 'Viewer', 'Membership']
    for (const type of [...desk, 'Escalation', 'EscalationStep', 'EscalationPreview', 'CaseContact', 'Agreement', 'Partner']) {
      expect(names).not.toContain(type)
    }
  })

  test('the administrator sees no request of a person', () => {
    for (const [type, all] of Object.entries(MATRIX)) {
      if (
        !/^(CallbackRequest|CallAttempt|CallNote|Contact|SafeContact|Referral|Escalation|EscalationStep|EscalationPreview|CaseContact)$/.test(
          type,
        )
      )
        continue
      for (const [name, audience] of Object.entries(all)) {
        expect(`${type}.${name} ${audience}`).not.toMatch(/EVERYONE|ADMINISTRATOR|EDITOR/)
      }
    }
  })
})

test('the table in docs/access.md is this one: run the generator when it is not', () => {
  expect(readFileSync('docs/access.md', 'utf8')).toContain(matrixTable())
})
