import type * as enums from '../../db/generated/enums.ts'
import type { Organization } from '../../directory/snapshot.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { LanguageCodeEnum } from '../../graphql/enums.ts'
import { resultOf } from '../../graphql/errors.ts'
import { OrganizationType } from '../../organization/graphql.ts'
import { colleaguesOf, dismissStaff, setStaffSkills, type Staff, staffOf } from '../actions/staff.ts'
import type { Member, Viewer } from '../rules/viewer.ts'

export const StaffRoleEnum = builder.enumType('StaffRole', {
  description: 'What somebody of the staff may do, within an organization.',
  values: {
    AGENT: { description: 'Calls people back.' },
    SUPERVISOR: { description: 'Sees who is on what, reassigns, sets targets, reads the audit trail.' },
    EDITOR: { description: 'Changes the published content.' },
    PARTNER: { description: 'Works on the cases that were handed to the organization.' },
    ADMINISTRATOR: { description: 'Invites and dismisses the staff; sees no request of a person.' },
  } satisfies Record<keyof typeof enums.StaffRole, object>,
})

const MembershipType = builder.objectRef<Member>('Membership').implement({
  description: 'A role in an organization.',
  fields: (t) => ({
    role: t.field({ type: StaffRoleEnum, description: 'What she may do there.', resolve: ({ role }) => role }),
    organization: t.field({
      type: OrganizationType,
      nullable: true,
      description: 'Where; null: in the whole installation, as only an administrator is.',
      resolve: ({ organizationId }, _args, { directory }): Organization | null =>
        [...directory.organizationsBySlug.values()].find(({ id }) => id === organizationId) ?? null,
    }),
  }),
})

const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who asks: somebody of the staff who has signed in, or another system with a token.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID of the member; a token acts as a member of its own.' }),
    name: t.exposeString('name', { description: 'Her name, or what the token is for.' }),
    email: t.exposeString('email', { nullable: true, description: 'With which she signs in; null for a token.' }),
    languages: t.field({
      type: [LanguageCodeEnum],
      description: 'In which she calls; empty: in those of her lines.',
      resolve: ({ languages }) => [...languages],
    }),
    memberships: t.field({ type: [MembershipType], description: 'Her roles.', resolve: ({ memberships }) => [...memberships] }),
    demonstration: t.exposeBoolean('isDemonstration', {
      description: 'An account that everybody knows, for trying out: it exists only while the server is reached from its own machine.',
    }),
    endsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the session ends whatever is done, eight hours after signing in; null for a token.',
      resolve: ({ session }) => session?.endsAt ?? null,
    }),
    idleAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the session ends if nothing is done until then, half an hour after the last mutation; null for a token.',
      resolve: ({ session }) => session?.idleAt ?? null,
    }),
  }),
})

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    nullable: true,
    description: 'Who asks; null for the public.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
)

export const StaffMemberType = builder.objectRef<Staff>('StaffMember').implement({
  description: 'Somebody of the staff.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    name: t.exposeString('name', { description: 'Her name.' }),
    languages: t.field({
      type: [LanguageCodeEnum],
      description: 'In which she calls; empty: in those of her lines.',
      resolve: ({ languages }) => [...languages],
    }),
    email: t.exposeString('email', { nullable: true, description: 'With which she signs in; null for who is not her administrator.' }),
    memberships: t.field({
      type: [MembershipType],
      description: 'Her roles in the organizations of who asks.',
      resolve: ({ memberships }) => [...memberships],
    }),
    disabledAt: t.expose('disabledAt', { type: 'DateTime', nullable: true, description: 'Since when nothing lets her in.' }),
  }),
})

builder.queryField('colleagues', (t) =>
  t.field({
    type: [StaffMemberType],
    nullable: true,
    description: 'Who calls people back in the organizations that the viewer supervises, by name.',
    resolve: (_root, _args, context) => colleaguesOf(context),
  }),
)

builder.queryField('staff', (t) =>
  t.field({
    type: [StaffMemberType],
    nullable: true,
    description: 'The staff of the organizations that the viewer administers, by name; the dismissed ones too.',
    resolve: (_root, _args, context) => staffOf(context),
  }),
)

builder.mutationField('staySignedIn', (t) =>
  t.field({
    type: ViewerType,
    nullable: true,
    description:
      'Says that somebody is there, as every other mutation does: the session is good for another half hour, until its end at most.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
)

builder.mutationField('dismissStaff', (t) =>
  t.field({
    type: StaffMemberType,
    description:
      'Takes from somebody her roles in the organizations that the viewer administers. Who has none left is let in nowhere, and her ' +
      'sessions end at once; what she held goes back into the queue.',
    args: { id: t.arg.id({ required: true, description: 'Of the member.' }) },
    errors: { types: [NotFound, Conflict], union: resultOf('dismissStaff') },
    resolve: (_root, { id }, context) => dismissStaff(context, id),
  }),
)

const StaffSkillsInput = builder.inputType('StaffSkillsInput', {
  description: 'For whom somebody calls, and in which languages.',
  fields: (t) => ({
    lines: t.stringList({ required: true, description: 'Slugs of lines; none: all lines of her organizations.' }),
    languages: t.field({ type: [LanguageCodeEnum], required: true, description: 'None: those of her lines.' }),
  }),
})

builder.mutationField('setStaffSkills', (t) =>
  t.field({
    type: StaffMemberType,
    description:
      'Sets for which lines of the viewer’s organizations somebody calls, and in which languages she does. The languages are hers, wherever she ' +
      'calls; the lines of other organizations stay as they are.',
    args: {
      id: t.arg.id({ required: true, description: 'Of the member.' }),
      input: t.arg({ type: StaffSkillsInput, required: true, description: 'All of it: what is not named is taken away.' }),
    },
    errors: { types: [NotFound, InvalidInput], union: resultOf('setStaffSkills') },
    resolve: (_root, { id, input }, context) => setStaffSkills(context, id, input),
  }),
)
