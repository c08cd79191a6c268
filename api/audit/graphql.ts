import { builder } from '../graphql/builder.ts'
import { pageOfFound, wantedOf } from '../graphql/connection.ts'
import { type AuditRow, readAudit } from './actions/read.ts'

/** Exported for the desk, which adds the request it is about. */
export const AuditEventType = builder.objectRef<AuditRow>('AuditEvent').implement({
  description: 'Something that was done, and by whom. The trail is append-only and chained; it holds no phone number and no text.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Number of the row.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    action: t.exposeString('action', { description: 'What: `callback.claimed`, `callback.contact_revealed`, `audit.read` …' }),
    actor: t.exposeString('actor', { description: 'Who: `citizen`, `system`, `staff:<id>` or `token:<id>`.' }),
    actorName: t.exposeString('actorName', {
      nullable: true,
      description:
        'The name of the member, or what the token is for; null for the others, and for somebody who neither is nor was of an organization that ' +
        'the viewer supervises.',
    }),
    subjectId: t.exposeID('subjectId', { description: 'To what: the UUID of a request, a member or an organization.' }),
    chained: t.exposeBoolean('chained', { description: 'It has its place in the chain; the latest rows get theirs within seconds.' }),
  }),
})

const AuditFilterInput = builder.inputType('AuditFilter', {
  description: 'Which rows of the audit trail; what is absent does not narrow them.',
  fields: (t) => ({
    request: t.id({ description: 'What was done to this request.' }),
    member: t.id({ description: 'What this member did, and what was done to her; to who was dismissed, until then.' }),
    action: t.string({ description: 'What was done, exactly: `callback.contact_revealed`.' }),
    since: t.field({ type: 'DateTime', description: 'At this moment or later.' }),
    until: t.field({ type: 'DateTime', description: 'Before this moment.' }),
  }),
})

builder.queryField('auditEvents', (t) =>
  t.connection(
    {
      type: AuditEventType,
      nullable: true,
      description:
        'What was done to the requests and the staff of the organizations that the viewer supervises, the latest first. Reading it is written ' +
        'down in it as well. Forward only: `last` and `before` are not taken.',
      args: { filter: t.arg({ type: AuditFilterInput, description: 'Only these.' }) },
      resolve: async (_root, { filter, ...args }, context) => {
        const wanted = wantedOf(args)
        const { rows, total } = await readAudit(context, filter ?? {}, wanted)
        return pageOfFound(rows, wanted, total, ({ id }) => id)
      },
    },
    { name: 'AuditEventConnection', description: 'A page of the audit trail.' },
    { name: 'AuditEventEdge', description: 'One row in a page.' },
  ),
)
