import { InvalidInput, NotFound } from '../../errors.ts'
import { builder } from '../../graphql/builder.ts'
import { AreaKindEnum, LanguageCodeEnum } from '../../graphql/enums.ts'
import { resultOf } from '../../graphql/errors.ts'
import { OrganizationType } from '../../organization/graphql.ts'
import { ServiceAreaType } from '../../service/graphql.ts'
import { NeedType } from '../../taxonomy/graphql.ts'
import { type Offer, ownPartners, type PartnerView } from '../actions/read.ts'
import { setPartner } from '../actions/set.ts'
import { matchSentence } from '../rules/reasons.ts'

export const HandOverEnum = builder.enumType('HandOver', {
  description: 'How a partner learns of a case.',
  values: {
    WEBHOOK: { description: 'By a signed message to its own system.' },
    EMAIL: { description: 'By an e-mail that holds a link to the case, and nothing about the person.' },
    INBOX: { description: 'On its page here.' },
  } satisfies Record<PartnerView['handOver'], object>,
})

export const PartnerType = builder.objectRef<PartnerView>('Partner').implement({
  description: 'An organization that takes over requests which need another approach.',
  fields: (t) => ({
    organization: t.field({ type: OrganizationType, description: 'Which.', resolve: ({ organization }) => organization }),
    accepting: t.exposeBoolean('accepting', { description: 'It takes new cases.' }),
    needs: t.field({
      type: [NeedType],
      description: 'What it works on, sub-needs included; none: everything.',
      resolve: ({ needCodes }, _args, { directory }) => needCodes.flatMap((code) => directory.needsByCode.get(code) ?? []),
    }),
    languages: t.field({
      type: [LanguageCodeEnum],
      description: 'In which it speaks with people; none: all.',
      resolve: ({ languages }) => [...languages],
    }),
    areas: t.field({
      type: [ServiceAreaType],
      description: 'Where it works; none: everywhere.',
      resolve: ({ areas }, _args, { directory }) =>
        areas.map(({ kind, code }) => ({
          kind,
          code: kind === 'COUNTRY' ? 'BE' : code,
          commune: kind === 'COMMUNE' ? (directory.communesByNis.get(code) ?? null) : null,
        })),
    }),
    capacity: t.exposeInt('capacity', { nullable: true, description: 'Open cases it looks after at a time; null: as many as come.' }),
    openCases: t.exposeInt('openCases', { description: 'How many it has now.' }),
    handOver: t.expose('handOver', { type: HandOverEnum, description: 'How it learns of a case.' }),
    email: t.exposeString('email', {
      nullable: true,
      description: 'Where links to cases are sent. For its own administrator; null for others.',
    }),
  }),
})

export const PartnerOfferType = builder.objectRef<Offer>('PartnerOffer').implement({
  description: 'A partner to whom a request may be handed.',
  fields: (t) => ({
    partner: t.field({ type: PartnerType, description: 'Which.', resolve: ({ partner }) => partner }),
    fits: t.exposeBoolean('fits', { description: 'Nothing that is known speaks against it. What is not known never does.' }),
    reasons: t.stringList({
      description: 'Why it fits or not: new cases, room, need, place, language.',
      resolve: ({ partner, reasons, asked }, _args, { languages }) =>
        reasons.map((reason) => matchSentence(reason, partner, asked, languages)),
    }),
    against: t.stringList({
      description: 'Those of the reasons that speak against it.',
      resolve: ({ partner, reasons, asked }, _args, { languages }) =>
        reasons.filter(({ fits }) => fits === 'NO').map((reason) => matchSentence(reason, partner, asked, languages)),
    }),
    unknown: t.stringList({
      description: 'Those that say what is not known.',
      resolve: ({ partner, reasons, asked }, _args, { languages }) =>
        reasons.filter(({ fits }) => fits === 'UNKNOWN').map((reason) => matchSentence(reason, partner, asked, languages)),
    }),
  }),
})

builder.queryField('partners', (t) =>
  t.field({
    type: [PartnerType],
    nullable: true,
    description: 'The partners whose cases the viewer works on, or that she administers.',
    resolve: (_root, _args, context) => ownPartners(context),
  }),
)

const PartnerAreaInput = builder.inputType('PartnerAreaInput', {
  description: 'Where a partner works.',
  fields: (t) => ({
    kind: t.field({ type: AreaKindEnum, required: true, description: 'How wide it is.' }),
    code: t.string({ required: true, description: 'NIS code of the commune, slug of the province or region, or BE.' }),
  }),
})

const SetPartnerInput = builder.inputType('SetPartnerInput', {
  description: 'What an organization takes over. All of it: what is not named is taken away.',
  fields: (t) => ({
    organization: t.string({ required: true, description: 'Slug of the organization.' }),
    accepting: t.boolean({ required: true, description: 'It takes new cases.' }),
    capacity: t.int({ description: 'Open cases at a time; null: as many as come.' }),
    needs: t.stringList({ required: true, description: 'Codes of needs, sub-needs included; none: everything.' }),
    languages: t.field({ type: [LanguageCodeEnum], required: true, description: 'None: all.' }),
    areas: t.field({ type: [PartnerAreaInput], required: true, description: 'None: everywhere.' }),
    handOver: t.field({
      type: HandOverEnum,
      required: true,
      description: 'WEBHOOK needs an endpoint that passed a test, EMAIL an address.',
    }),
    email: t.string({ description: 'Where links to cases are sent.' }),
  }),
})

builder.mutationField('setPartner', (t) =>
  t.field({
    type: PartnerType,
    description:
      'Sets what an organization takes over, by its administrator. To make one a partner that is none yet is for who administers the whole ' +
      'installation.',
    args: { input: t.arg({ type: SetPartnerInput, required: true, description: 'What it takes over.' }) },
    errors: { types: [NotFound, InvalidInput], union: resultOf('setPartner') },
    resolve: (_root, { input }, context) => setPartner(context, input),
  }),
)
