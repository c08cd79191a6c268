import type * as enums from '../db/generated/enums.ts'
import { Conflict, InvalidInput, NotFound } from '../errors.ts'
import { builder } from '../graphql/builder.ts'
import { LanguageCodeEnum } from '../graphql/enums.ts'
import { resultOf } from '../graphql/errors.ts'
import { OrganizationType } from '../organization/graphql.ts'
import { siteDoorFor } from './actions/sites.ts'
import type { SiteRecord } from './rules/door.ts'
import { type Colours, type Contrast, contrastsOf } from './rules/look.ts'

const SiteThemeEnum = builder.enumType('SiteTheme', {
  description: 'Whether the widgets of a site are light or dark.',
  values: {
    PAGE: { description: 'As the page around them.' },
    LIGHT: { description: 'Always light.' },
    DARK: { description: 'Always dark.' },
  } satisfies Record<keyof typeof enums.SiteTheme, object>,
})

const COLOUR = {
  accent: 'The main colour: buttons, the band at the top, lines under links.',
  onAccent: 'Of the text on the main colour.',
  background: 'Behind the text.',
  text: 'Of the text.',
} as const satisfies Record<keyof Colours, string>

const SiteColoursType = builder.objectRef<Colours>('SiteColours').implement({
  description: 'Colours of a site’s widgets, `#rrggbb`.',
  fields: (t) => ({
    accent: t.exposeString('accent', { description: COLOUR.accent }),
    onAccent: t.exposeString('onAccent', { description: COLOUR.onAccent }),
    background: t.exposeString('background', { description: COLOUR.background }),
    text: t.exposeString('text', { description: COLOUR.text }),
  }),
})

const SiteContrastOfEnum = builder.enumType('SiteContrastOf', {
  description: 'What is told from what is behind it.',
  values: {
    onAccent: { value: 'onAccent', description: 'The text on the main colour.' },
    text: { value: 'text', description: 'Text on the background, measured where it is palest: in small notes.' },
    error: { value: 'error', description: 'What is wrong, in red, on the background.' },
    accent: { value: 'accent', description: 'The main colour on the background.' },
  } as const satisfies Record<Contrast['of'], { value: Contrast['of']; description: string }>,
})

const SiteContrastType = builder.objectRef<Contrast>('SiteContrast').implement({
  description: 'How well two colours that meet in a widget are told apart (WCAG 2.2).',
  fields: (t) => ({
    of: t.field({ type: SiteContrastOfEnum, description: 'Which.', resolve: ({ of }) => of }),
    ratio: t.exposeFloat('ratio', { description: 'To one, from 1 to 21; cut after one decimal.' }),
    needed: t.exposeFloat('needed', { description: 'The least that is good: 4.5 for text, 3 for the rest.' }),
    enough: t.exposeBoolean('enough', { description: 'It is reached. Colours with which a text would not be readable are not taken.' }),
  }),
})

const SiteType = builder.objectRef<SiteRecord>('Site').implement({
  description:
    'A partner’s website with the widgets. What it looks like stands in the snippet that is pasted there: a later change needs a new one.',
  fields: (t) => ({
    key: t.exposeID('key', {
      description: 'Its public key, for the attribute `site`. It never changes, and is never given to another site.',
    }),
    name: t.exposeString('name', { description: 'What it is called here; the public does not see it.' }),
    organization: t.field({
      type: OrganizationType,
      nullable: true,
      description: 'Whose it is; null for the operator’s, and when the directory no longer has it.',
      resolve: ({ organizationId }, _args, { directory }) =>
        [...directory.organizationsBySlug.values()].find(({ id }) => id === organizationId) ?? null,
    }),
    origins: t.field({
      type: ['String'],
      description: 'Whose pages may use the key: exact origins; `self` and `loopback` as the operator may have set them.',
      resolve: ({ origins }) => [...origins],
    }),
    languages: t.field({
      type: [LanguageCodeEnum],
      description: 'Those of its pages: there is a snippet for each.',
      resolve: ({ languages }) => [...languages],
    }),
    defaultLanguage: t.field({ type: LanguageCodeEnum, description: 'The first of them.', resolve: (site) => site.defaultLanguage }),
    theme: t.field({
      type: SiteThemeEnum,
      description: 'Light or dark; with own colours these decide.',
      resolve: ({ theme }) => theme,
    }),
    colours: t.field({
      type: SiteColoursType,
      nullable: true,
      description: 'Its own colours; null: those of the widgets.',
      resolve: ({ colours }) => colours,
    }),
    contrasts: t.field({
      type: [SiteContrastType],
      description: 'How well its own colours are read; none when it has none.',
      resolve: ({ colours }) => (colours ? contrastsOf(colours) : []),
    }),
    radius: t.exposeInt('radius', { nullable: true, description: 'Of the corners, in pixels; null: as the widgets have them.' }),
    callbacksPerHour: t.exposeInt('callbacksPerHour', {
      description: 'Requests to be called back that its pages may send in an hour before each must be worked for. The operator changes it.',
    }),
    version: t.exposeInt('version', { description: 'One more with each change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when its key is no longer good; null: it is.',
    }),
  }),
})

const SiteColoursInput = builder.inputType('SiteColoursInput', {
  description: 'Own colours, `#rrggbb`: all four, since each must be read on another.',
  fields: (t) => ({
    accent: t.string({ required: true, description: COLOUR.accent }),
    onAccent: t.string({ required: true, description: COLOUR.onAccent }),
    background: t.string({ required: true, description: COLOUR.background }),
    text: t.string({ required: true, description: COLOUR.text }),
  }),
})

const ORIGINS =
  'Of its pages, as in https://www.rivage.be: exact, over https (http for one’s own machine), without a path or an asterisk; 20 at most. ' +
  'Names beyond ASCII are stored as browsers send them.'

const CreateSiteInput = builder.inputType('CreateSiteInput', {
  description: 'A new website.',
  fields: (t) => ({
    organization: t.string({ required: true, description: 'Whose: a slug.' }),
    name: t.string({ required: true, description: 'What to call it here, in 100 characters at most. Its key is made of it.' }),
    origins: t.stringList({ required: true, description: ORIGINS }),
    languages: t.field({ type: [LanguageCodeEnum], required: true, description: 'Those of its pages.' }),
    defaultLanguage: t.field({ type: LanguageCodeEnum, description: 'One of them; else the first.' }),
    theme: t.field({ type: SiteThemeEnum, description: 'As the page unless given.' }),
    colours: t.field({ type: SiteColoursInput, description: 'Those of the widgets unless given.' }),
    radius: t.int({ description: 'Of the corners, in pixels, 0 to 24.' }),
  }),
})

const ChangeSiteInput = builder.inputType('ChangeSiteInput', {
  description: 'What is new about a website; what is absent stays as it is.',
  fields: (t) => ({
    key: t.id({ required: true, description: 'Its key.' }),
    version: t.int({ required: true, description: 'The version that was seen.' }),
    name: t.string({ description: 'What to call it here.' }),
    origins: t.stringList({ description: `All of them. ${ORIGINS}` }),
    languages: t.field({ type: [LanguageCodeEnum], description: 'Those of its pages.' }),
    defaultLanguage: t.field({ type: LanguageCodeEnum, description: 'One of them.' }),
    theme: t.field({ type: SiteThemeEnum, description: 'Light or dark.' }),
    colours: t.field({ type: SiteColoursInput, description: 'Own colours; null: those of the widgets again.' }),
    radius: t.int({ description: 'Of the corners, in pixels, 0 to 24; null: as the widgets have them.' }),
  }),
})

builder.queryFields((t) => ({
  sites: t.field({
    type: [SiteType],
    nullable: true,
    description:
      'The websites of the organizations of which the viewer is an editor or administrator, and of those that these look after; the revoked ones last.',
    resolve: (_root, _args, context) => siteDoorFor(context).list(),
  }),
  site: t.field({
    type: SiteType,
    nullable: true,
    description: 'One of them; null when there is none of that key.',
    args: { key: t.arg.id({ required: true, description: 'Its key.' }) },
    resolve: (_root, { key }, context) => siteDoorFor(context).find(key),
  }),
}))

builder.mutationFields((t) => ({
  createSite: t.field({
    type: SiteType,
    description: 'Makes a website and its key, which is good at once. The same input twice makes one.',
    args: { input: t.arg({ type: CreateSiteInput, required: true, description: 'Whose, and what.' }) },
    errors: { types: [InvalidInput], union: resultOf('createSite') },
    resolve: (_root, { input }, context) => siteDoorFor(context).create(input),
  }),
  changeSite: t.field({
    type: SiteType,
    description: 'Changes a website. Addresses count at once; how it looks when its snippet is pasted anew.',
    args: { input: t.arg({ type: ChangeSiteInput, required: true, description: 'Which, and what is new.' }) },
    errors: { types: [NotFound, InvalidInput, Conflict], union: resultOf('changeSite') },
    resolve: (_root, { input: { key, version, ...given } }, context) => siteDoorFor(context).change(key, version, given),
  }),
  revokeSite: t.field({
    type: SiteType,
    description:
      'Ends a key at once and for good: what is sent with it is refused (`UNKNOWN_SITE`), and the widgets of the site show what stands in their tags.',
    args: { key: t.arg.id({ required: true, description: 'Which.' }) },
    errors: { types: [NotFound], union: resultOf('revokeSite') },
    resolve: (_root, { key }, context) => siteDoorFor(context).revoke(key),
  }),
}))
