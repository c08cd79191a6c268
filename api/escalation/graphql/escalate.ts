import { SafeContactType } from '../../desk/graphql/request.ts'
import { maskedPhone } from '../../desk/rules/contact.ts'
import { LONGEST_NOTE } from '../../desk/rules/written.ts'
import { choose } from '../../directory/language.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { LanguageCodeEnum, UrgencyEnum } from '../../graphql/enums.ts'
import { resultOf } from '../../graphql/errors.ts'
import { OrganizationType } from '../../organization/graphql.ts'
import { PartnerOfferType } from '../../partner/graphql/partner.ts'
import { CommuneType } from '../../place/graphql.ts'
import { NeedType } from '../../taxonomy/graphql.ts'
import { escalateCallback, type Preview, previewEscalation } from '../actions/escalate.ts'
import { reroute, takeBack } from '../actions/line.ts'
import { type AgreementText, agreementText, partnersForRequest } from '../actions/offers.ts'
import { reread } from '../actions/partner.ts'
import { LONGEST_OBJECT } from '../rules/shared.ts'
import { EscalationType } from './case.ts'
import { AgreementWayEnum, SharedDetailEnum } from './enums.ts'

const AgreementTextType = builder.objectRef<AgreementText>('AgreementText').implement({
  description: 'What is read to a person before her request is handed to a partner.',
  fields: (t) => ({
    version: t.exposeString('version', {
      description: 'To be sent with her agreement. It goes with the text, and so with what is shared.',
    }),
    text: t.exposeString('text', { description: 'What she is asked.' }),
    anyone: t.exposeString('anyone', {
      description: 'What she is asked besides: whether it may be another partner, should this one not take it.',
    }),
  }),
})

const EscalationPreviewType = builder.objectRef<Preview>('EscalationPreview').implement({
  description: 'What a partner will see of a request, exactly; but for the number, of which two digits are shown here.',
  fields: (t) => ({
    partner: t.field({ type: OrganizationType, description: 'Who will see it.', resolve: ({ organization }) => organization }),
    object: t.exposeString('object', { description: 'What it is asked for: tidied, without register and account numbers.' }),
    shares: t.field({ type: [SharedDetailEnum], description: 'What it is given beside the number.', resolve: ({ shares }) => shares }),
    maskedPhone: t.string({ description: 'The number.', resolve: ({ contact }) => maskedPhone(contact.phone) }),
    name: t.string({ nullable: true, description: 'How to address her.', resolve: ({ contact }) => contact.name }),
    email: t.string({ nullable: true, description: 'Her e-mail address.', resolve: ({ contact }) => contact.email }),
    postalCode: t.string({ nullable: true, description: 'Where she lives.', resolve: ({ contact }) => contact.postalCode }),
    message: t.string({ nullable: true, description: 'Her own words.', resolve: ({ contact }) => contact.message }),
    safe: t.field({
      type: SafeContactType,
      description: 'How to reach her safely.',
      resolve: ({ contact }) => ({ wishes: contact.wishes, note: () => contact.safeNote }),
    }),
    language: t.field({
      type: LanguageCodeEnum,
      description: 'The language she wants to speak.',
      resolve: ({ contact }) => contact.language,
    }),
    urgency: t.field({ type: UrgencyEnum, description: 'How pressing it is.', resolve: ({ about }) => about.urgency }),
    need: t.field({
      type: NeedType,
      nullable: true,
      description: 'What is missing, if it is known.',
      resolve: ({ about }, _args, { directory }) => (about.needCode === null ? null : (directory.needsByCode.get(about.needCode) ?? null)),
    }),
    commune: t.field({
      type: CommuneType,
      nullable: true,
      description: 'Where she lives, if it is known and she agreed to tell it.',
      resolve: ({ about, shares }, _args, { directory }) =>
        about.communeNis !== null && shares.includes('PLACE') ? (directory.communesByNis.get(about.communeNis) ?? null) : null,
    }),
  }),
})

const AgreementInput = builder.inputType('AgreementInput', {
  description: 'That the person agreed.',
  fields: (t) => ({
    way: t.field({ type: AgreementWayEnum, required: true, description: 'How.' }),
    version: t.string({
      required: true,
      description: 'To which text: `escalationText` has it, for the same `shares`; another one is refused.',
    }),
    language: t.field({ type: LanguageCodeEnum, required: true, description: 'In which language it was read to her.' }),
    anyone: t.boolean({ required: true, description: 'Also to another partner, should this one not take it.' }),
  }),
})

const EscalateCallbackInput = builder.inputType('EscalateCallbackInput', {
  description: 'What is handed to whom.',
  fields: (t) => ({
    partner: t.string({ required: true, description: 'Slug of the partner’s organization.' }),
    object: t.string({
      required: true,
      description: `What the partner is asked for, 1 to ${LONGEST_OBJECT} characters, written for it: what was told in confidence stays here.`,
    }),
    shares: t.field({ type: [SharedDetailEnum], required: true, description: 'What it is given beside the number.' }),
    agreement: t.field({ type: AgreementInput, required: true, description: 'That the person agreed.' }),
  }),
})

const TakeBackInput = builder.inputType('TakeBackInput', {
  description: 'How a case is taken back.',
  fields: (t) => ({ note: t.string({ description: `Why, ${LONGEST_NOTE} characters at most.` }) }),
})

const RerouteInput = builder.inputType('RerouteInput', {
  description: 'Where a case goes instead.',
  fields: (t) => ({ partner: t.string({ required: true, description: 'Slug of the other partner’s organization.' }) }),
})

const REQUEST = 'Id of the request.'
const CASE = 'Id of the case.'
const errors = (field: string) => ({ types: [Conflict, NotFound, InvalidInput], union: resultOf(field) })

builder.queryFields((t) => ({
  escalationPartners: t.field({
    type: [PartnerOfferType],
    nullable: true,
    description:
      'The partners to whom a request may be handed: what fits first, then who has fewest open cases for its room; those that do not fit last. Null ' +
      'when there is no such request that the viewer may see.',
    args: { callback: t.arg.id({ required: true, description: REQUEST }) },
    resolve: (_root, { callback }, context) => partnersForRequest(context, callback),
  }),
  escalationText: t.field({
    type: AgreementTextType,
    nullable: true,
    description: 'What is read to a person before her request is handed to a partner; null when there is no such organization.',
    args: {
      partner: t.arg.string({ required: true, description: 'Slug of the partner’s organization.' }),
      language: t.arg({ type: LanguageCodeEnum, required: true, description: 'The language she speaks.' }),
      shares: t.arg({
        type: [SharedDetailEnum],
        required: true,
        defaultValue: [],
        description: 'What the partner is given beside the number: the text says so.',
      }),
    },
    resolve: (_root, { partner, language, shares }, { directory }) => {
      const organization = directory.organizationsBySlug.get(partner)
      return organization ? agreementText(choose(organization.texts, [language]).text.name, language, shares) : null
    },
  }),
  escalationPreview: t.field({
    type: EscalationPreviewType,
    nullable: true,
    description: 'What a partner will see, before anything is sent. For who is at the request; that it was looked at is stored.',
    args: {
      id: t.arg.id({ required: true, description: REQUEST }),
      input: t.arg({ type: EscalateCallbackInput, required: true, description: 'As it will be sent.' }),
    },
    resolve: (_root, { id, input }, context) => previewEscalation(context, id, input),
  }),
}))

builder.mutationFields((t) => ({
  escalateCallback: t.field({
    type: EscalationType,
    description:
      'Hands a request to a partner, by who is at it and has spoken with the person, who agreed. What the same phone asked besides ends with it.',
    args: {
      id: t.arg.id({ required: true, description: REQUEST }),
      input: t.arg({ type: EscalateCallbackInput, required: true, description: 'What, and to whom.' }),
    },
    errors: errors('escalateCallback'),
    resolve: async (_root, { id, input }, context) => reread(context, await escalateCallback(context, id, input)),
  }),
  takeBackEscalation: t.field({
    type: EscalationType,
    description: 'Takes a case back from its partner: the request is in the line’s queue again at once.',
    args: {
      id: t.arg.id({ required: true, description: CASE }),
      input: t.arg({ type: TakeBackInput, description: 'Why.' }),
    },
    errors: errors('takeBackEscalation'),
    resolve: (_root, { id, input }, context) => takeBack(context, id, input?.note ?? null),
  }),
  rerouteEscalation: t.field({
    type: EscalationType,
    description:
      'Hands a case to another partner, if the person agreed to that: one that is open, or one that came back and that nobody is calling about. ' +
      'Answers the new case; the one before stays as its `previous`.',
    args: {
      id: t.arg.id({ required: true, description: CASE }),
      input: t.arg({ type: RerouteInput, required: true, description: 'To whom.' }),
    },
    errors: errors('rerouteEscalation'),
    resolve: (_root, { id, input }, context) => reroute(context, id, input.partner),
  }),
}))
