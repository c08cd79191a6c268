import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { freeKey, keyOf, readGiven, type SiteGiven, type SiteValues } from './rules/input.ts'
import { contrastsOf, ERROR_COLOURS, OWN_COLOURS, propertiesOf, themeOf, unreadable } from './rules/look.ts'
import { readOrigin } from './rules/origin.ts'

describe('the address of a website', () => {
  test.each([
    ['as browsers say it', 'https://www.rivage.be', 'https://www.rivage.be'],
    ['with a slash and blanks', ' https://www.rivage.be/ ', 'https://www.rivage.be'],
    ['in capital letters', 'HTTPS://WWW.Rivage.BE', 'https://www.rivage.be'],
    ['with the port that https has anyway', 'https://rivage.be:443', 'https://rivage.be'],
    ['with another port', 'https://rivage.be:8443', 'https://rivage.be:8443'],
    ['with letters beyond ASCII', 'https://www.liège.example', 'https://www.xn--lige-6oa.example'],
    ['of one’s own machine', 'http://localhost:8080', 'http://localhost:8080'],
    ['of one’s own machine by its number', 'http://127.0.0.1', 'http://127.0.0.1'],
    ['of one’s own machine by its other number', 'http://[::1]:3000', 'http://[::1]:3000'],
  ])('%s is taken', (_what, written, origin) => {
    expect(readOrigin(written)).toEqual({ origin })
  })

  test.each([
    ['a page', 'https://www.rivage.be/aide', 'origin_path'],
    ['a question', 'https://www.rivage.be/?', 'origin_path'],
    ['a part of a page', 'https://www.rivage.be#aide', 'origin_path'],
    ['all names below', 'https://*.rivage.be', 'origin_wildcard'],
    ['everything', '*', 'origin_wildcard'],
    ['without encryption', 'http://www.rivage.be', 'origin_insecure'],
    ['a name that only begins like this machine', 'http://localhost.rivage.be', 'origin_insecure'],
    ['without a scheme', 'www.rivage.be', 'origin_malformed'],
    ['with a name and a password', 'https://a:b@rivage.be', 'origin_malformed'],
    ['of another scheme', 'ftp://rivage.be', 'origin_malformed'],
    ['a script', 'javascript:alert(1)', 'origin_malformed'],
    ['the origin of local files', 'null', 'origin_malformed'],
    ['a word of the operator', 'self', 'origin_malformed'],
    ['what would end a header', 'https://rivage.be;script-src', 'origin_malformed'],
    ['a blank within', 'https://riv age.be', 'origin_malformed'],
    ['nothing', '', 'origin_malformed'],
    ['very long', `https://${'a.'.repeat(150)}be`, 'origin_malformed'],
  ])('%s is refused', (_what, written, code) => {
    expect(readOrigin(written)).toMatchObject({ code })
  })

  test('who wrote too much is told what would be right', () => {
    expect(readOrigin('https://www.Rivage.be/aide?x#y')).toMatchObject({ params: { origin: 'https://www.rivage.be' } })
  })
})

describe('colours', () => {
  const of = (colours: object) => ({ ...OWN_COLOURS, ...colours })

  test('those that the widgets have are the ones measured here', () => {
    const tokens = readFileSync('widgets/shared/tokens.ts', 'utf8')
    expect(tokens).toContain(`--passerelle-accent, ${OWN_COLOURS.accent})`)
    expect(tokens).toContain(`--passerelle-color, ${OWN_COLOURS.text})`)
    expect(tokens).toContain(`--passerelle-error, light-dark(${ERROR_COLOURS.light}, ${ERROR_COLOURS.dark})`)
    expect(tokens).toContain('color-mix(in srgb, var(--_ink) 80%, var(--_paper))')
    expect(tokens).toContain('color-mix(in srgb, var(--_accent) 8%, var(--_paper))')
    expect(tokens).toContain('--_amber: light-dark(#b4540a, #f2a65a)')
    expect(tokens).toContain('color-mix(in srgb, var(--_amber) 9%, var(--_paper))')
    // What would change the colours of a button, such as a filter under the mouse, is not measured.
    expect(tokens).not.toContain('filter:')
    expect(contrastsOf(OWN_COLOURS).every(({ enough }) => enough)).toBe(true)
  })

  test.each([
    ['black on white and what is tinted', { text: '#000000' }, 'text', 11.1],
    ['the most there is', { accent: '#000000', onAccent: '#ffffff' }, 'onAccent', 21],
    ['a grey of exactly 4.54', { accent: '#767676' }, 'onAccent', 4.5],
    ['a grey that is only nearly enough', { accent: '#777777' }, 'onAccent', 4.4],
  ])('%s is measured as the standard says', (_what, colours, what, ratio) => {
    expect(contrastsOf(of(colours)).find((one) => one.of === what)?.ratio).toBe(ratio)
  })

  test.each([
    ['those of the widgets', {}, []],
    ['a grey that is just dark enough', { accent: '#767676' }, []],
    ['a grey that is just too light', { accent: '#777777' }, ['onAccent contrast_on_accent']],
    ['grey text, whose notes are read on white, but not on what is tinted', { text: '#545454' }, ['text contrast_text']],
    ['grey text, whose notes are paler still', { text: '#767676' }, ['text contrast_text']],
    ['a middling background, on which no red is read', { background: '#8a8a8a', text: '#000000' }, ['background contrast_error']],
    ['yellow buttons with black text: they are read', { accent: '#ffd500', onAccent: '#000000' }, []],
    ['light on dark', { background: '#101418', text: '#f0f0f0', accent: '#84cdd3', onAccent: '#06282d' }, []],
    ['everything white', { accent: '#ffffff', text: '#ffffff' }, ['onAccent contrast_on_accent', 'text contrast_text']],
  ])('%s', (_what, colours, refused) => {
    expect(unreadable(of(colours)).map(({ colour, code }) => `${colour} ${code}`)).toEqual(refused)
  })

  test('a main colour that is hard to see is told, and taken', () => {
    const yellow = of({ accent: '#ffd500', onAccent: '#000000' })
    expect(contrastsOf(yellow).find((one) => one.of === 'accent')).toMatchObject({ needed: 3, enough: false })
  })

  test.each([
    ['as the page', 'PAGE', null, null],
    ['always light', 'LIGHT', null, 'light'],
    ['always dark', 'DARK', null, 'dark'],
    ['own colours on white, whatever was chosen', 'DARK', {}, 'light'],
    ['own colours on black', 'PAGE', { background: '#000000' }, 'dark'],
  ] as const)('%s', (_what, theme, colours, attribute) => {
    expect(themeOf({ theme, colours: colours && of(colours), radius: null })).toBe(attribute)
  })

  test('they are the properties that the widgets read', () => {
    const tokens = readFileSync('widgets/shared/tokens.ts', 'utf8')
    const properties = propertiesOf({ theme: 'PAGE', colours: OWN_COLOURS, radius: 0 })
    expect(properties).toHaveLength(5)
    for (const [name] of properties) expect(tokens).toContain(`var(${name},`)
    expect(propertiesOf({ theme: 'DARK', colours: null, radius: null })).toEqual([])
  })
})

describe('what somebody says of a site', () => {
  const good = { name: 'Commune de Rivage', origins: ['https://www.rivage.be'], languages: ['FR', 'DE'] } as const satisfies SiteGiven
  const stored: SiteValues = {
    ...good,
    defaultLanguage: 'FR',
    theme: 'DARK',
    colours: OWN_COLOURS,
    radius: 4,
    origins: ['self', 'https://a.be'],
  }
  const refused = (given: SiteGiven, before: SiteValues | null = null) => {
    const read = readGiven(given, before)
    return 'problems' in read ? read.problems.map(({ path, code }) => `${path.join('.')} ${code}`) : read.values
  }

  test('a new one speaks its first language, and looks as the widgets do', () => {
    expect(refused({ ...good, languages: ['DE', 'FR', 'DE'] })).toEqual({
      ...good,
      languages: ['DE', 'FR'],
      defaultLanguage: 'DE',
      theme: 'PAGE',
      colours: null,
      radius: null,
    })
  })

  test('what is absent stays, and null takes away', () => {
    expect(refused({}, stored)).toEqual(stored)
    expect(refused({ name: null, theme: null, colours: null, radius: null }, stored)).toEqual({ ...stored, colours: null, radius: null })
  })

  test('the operator’s words stay, and nobody else writes them', () => {
    expect(refused({ origins: ['self', 'https://b.be'] }, stored)).toMatchObject({ origins: ['self', 'https://b.be'] })
    expect(refused({ origins: ['self'] }, { ...stored, origins: ['https://a.be'] })).toEqual(['input.origins.0 origin_malformed'])
  })

  test('the same address twice is one', () => {
    expect(refused({ ...good, origins: ['https://a.be/', 'HTTPS://A.be'] })).toMatchObject({ origins: ['https://a.be'] })
  })

  test.each<[string, SiteGiven, string[]]>([
    ['nothing', {}, ['input.name required', 'input.origins required', 'input.languages required']],
    ['a name of blanks', { ...good, name: '  ' }, ['input.name required']],
    ['a long name', { ...good, name: 'x'.repeat(101) }, ['input.name too_long']],
    [
      'two wrong addresses',
      { ...good, origins: ['rivage', 'https://a.be', '*'] },
      ['input.origins.0 origin_malformed', 'input.origins.2 origin_wildcard'],
    ],
    ['very many addresses', { ...good, origins: Array.from({ length: 21 }, (_, at) => `https://a${at}.be`) }, ['input.origins too_many']],
    ['a first language that is none of its own', { ...good, defaultLanguage: 'NL' }, ['input.defaultLanguage language_not_offered']],
    ['a radius between two pixels', { ...good, radius: 1.5 }, ['input.radius out_of_range']],
    ['a large radius', { ...good, radius: 25 }, ['input.radius out_of_range']],
    ['a colour by name', { ...good, colours: { ...OWN_COLOURS, accent: 'red' } }, ['input.colours.accent colour_malformed']],
    ['a colour that ends a style sheet', { ...good, colours: { ...OWN_COLOURS, text: '#fff}' } }, ['input.colours.text colour_malformed']],
    ['what cannot be read', { ...good, colours: { ...OWN_COLOURS, accent: '#eeeeee' } }, ['input.colours.onAccent contrast_on_accent']],
  ])('%s is refused, everything at once', (_what, given, problems) => {
    expect(refused(given)).toEqual(problems)
  })

  test('no addresses at all are refused for a site that has some', () => {
    expect(refused({ origins: [] }, stored)).toEqual(['input.origins required'])
  })
})

describe('the key of a new site', () => {
  test.each([
    ['Commune de Rivage', 'commune-de-rivage'],
    ['CPAS – Liège (été)', 'cpas-liege-ete'],
    ['Ö', 'site'],
    ['Ω', 'site'],
    ['a'.repeat(60), 'a'.repeat(34)],
  ])('of “%s” is %s', (name, key) => {
    expect(keyOf(name)).toBe(key)
  })

  test('takes a number when others have it', () => {
    expect(freeKey('Rivage', new Set())).toBe('rivage')
    expect(freeKey('Rivage', new Set(['rivage', 'rivage-2']))).toBe('rivage-3')
  })
})
