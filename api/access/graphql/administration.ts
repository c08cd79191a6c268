import type * as enums from '../../db/generated/enums.ts'
import type { ApiToken } from '../../db/generated/client.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { resultOf } from '../../graphql/errors.ts'
import { OrganizationType } from '../../organization/graphql.ts'
import { endToken, inviteStaff, recoverStaff, type StaffLink, tokensOf } from '../actions/administration.ts'
import { StaffRoleEnum } from './staff.ts'

const StaffLinkType = builder.objectRef<StaffLink>('StaffLink').implement({
  description: 'A link that lets somebody in, once. It is stored nowhere: hand it to her, and to nobody else.',
  fields: (t) => ({
    link: t.exposeString('link', { description: 'The whole address. Whoever opens it first is taken for her.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it is good.' }),
  }),
})

const TokenScopeEnum = builder.enumType('TokenScope', {
  description: 'What another system may do with its token.',
  values: {
    READ: { description: 'Queries.' },
    WRITE: { description: 'Mutations.' },
  } satisfies Record<keyof typeof enums.TokenScope, object>,
})

const ApiTokenType = builder.objectRef<ApiToken>('ApiToken').implement({
  description: 'The key of another system: what it may do, and whether it is used. The key itself was shown once, when it was made.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its name: the part after `psl_`.' }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    role: t.field({ type: StaffRoleEnum, description: 'What it may see and do.', resolve: ({ role }) => role }),
    organization: t.field({
      type: OrganizationType,
      nullable: true,
      description: 'Where; null when the directory no longer has it.',
      resolve: ({ organizationId }, _args, { directory }) =>
        [...directory.organizationsBySlug.values()].find(({ id }) => id === organizationId) ?? null,
    }),
    scopes: t.field({ type: [TokenScopeEnum], description: 'Queries, mutations or both.', resolve: ({ scopes }) => scopes }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it is good.' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'To the minute; null: never.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'Since when it is ended; null: it is not.' }),
  }),
})

builder.queryField('tokens', (t) =>
  t.field({
    type: [ApiTokenType],
    nullable: true,
    description: 'The keys of other systems in the organizations that the viewer administers, the latest first; the ended ones too.',
    resolve: (_root, _args, context) => tokensOf(context),
  }),
)

builder.mutationField('revokeToken', (t) =>
  t.field({
    type: ApiTokenType,
    description: 'Ends a token at once. A token cannot do it, nor anything else about who is let in.',
    args: { id: t.arg.id({ required: true, description: 'Its name: the part after `psl_`.' }) },
    errors: { types: [NotFound], union: resultOf('revokeToken') },
    resolve: (_root, { id }, context) => endToken(context, id),
  }),
)

const InviteStaffInput = builder.inputType('InviteStaffInput', {
  description: 'Whom to invite, and as what.',
  fields: (t) => ({
    email: t.string({ required: true, description: 'Her e-mail address, with which she will sign in.' }),
    role: t.field({ type: StaffRoleEnum, required: true, description: 'What she will be.' }),
    organization: t.string({
      description: 'Where: a slug. Only an administrator of the whole installation leaves it out, to invite another one.',
    }),
  }),
})

builder.mutationField('inviteStaff', (t) =>
  t.field({
    type: StaffLinkType,
    description:
      'Makes a link that makes somebody of the staff, or gives a role to somebody who is, within seven days. Nothing is sent: the viewer ' +
      'hands the link on.',
    args: { input: t.arg({ type: InviteStaffInput, required: true, description: 'Whom, and as what.' }) },
    errors: { types: [InvalidInput], union: resultOf('inviteStaff') },
    resolve: (_root, { input: { email, role, organization } }, context) =>
      inviteStaff(context, { email, role, organization: organization ?? null }),
  }),
)

builder.mutationField('recoverStaff', (t) =>
  t.field({
    type: StaffLinkType,
    description:
      'For somebody who lost her password or her second factor: makes a link by which she chooses a new password, within a day. Once she has, ' +
      'her sessions are over, and she sets up a new second factor when she signs in. Make sure first that it is she who asks.',
    args: { id: t.arg.id({ required: true, description: 'Of the member.' }) },
    errors: { types: [NotFound, Conflict], union: resultOf('recoverStaff') },
    resolve: (_root, { id }, context) => recoverStaff(context, id),
  }),
)
