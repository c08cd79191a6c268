import type { SiteTheme } from '../../db/generated/enums.ts'
import type { ProblemCode } from '../../errors.ts'

/** Colours of a site's widgets, `#rrggbb` in small letters. */
export type Colours = { accent: string; onAccent: string; background: string; text: string }

/** How a site's widgets look; null: as they are by themselves. `radius` in pixels. */
export type Look = { theme: SiteTheme; colours: Colours | null; radius: number | null }

export const COLOURS = ['accent', 'onAccent', 'background', 'text'] as const satisfies readonly (keyof Colours)[]

/** Those of the widgets on a light page (`widgets/shared/tokens.ts`): where one begins to choose. */
export const OWN_COLOURS: Colours = { accent: '#17606c', onAccent: '#ffffff', background: '#ffffff', text: '#20282c' }

/** In which mistakes are told, on light and on dark (`widgets/shared/tokens.ts`). */
export const ERROR_COLOURS = { light: '#a3271c', dark: '#ffb0a3' } as const

/** Of small notes, how much is the colour of the text; the rest is that of the background (`widgets/shared/tokens.ts`). */
const MUTED = 0.8
/** Grounds that have a little of another colour, and of which colour (`widgets/shared/tokens.ts`). */
const [SOFT, WARM] = [0.08, 0.09]
const AMBER = { light: '#b4540a', dark: '#f2a65a' } as const

/** The least contrast of text with what is behind it, and of other things that must be seen (WCAG 2.2, 1.4.3 and 1.4.11). */
const READABLE = 4.5
const SEEN = 3

/** In pixels: beyond it, small buttons are round. */
export const WIDEST_RADIUS = 24

type Rgb = readonly [number, number, number]

const rgbOf = (colour: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb

/** Relative luminance, 0 (black) to 1 (white) (WCAG 2.2). */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2). */
function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const mix = (one: Rgb, other: Rgb, part: number): Rgb =>
  one.map((value, index) => value * part + (other[index] as number) * (1 - part)) as unknown as Rgb

/** Whether white is read better on it than black. */
const isDark = (colour: string): boolean => contrast(rgbOf(colour), [255, 255, 255]) > contrast(rgbOf(colour), [0, 0, 0])

/** How well two colours that meet in a widget are told apart. `ratio` to one, cut to one decimal. */
export type Contrast = { of: 'onAccent' | 'text' | 'error' | 'accent'; ratio: number; needed: number; enough: boolean }

/**
 * What of a widget can be read and seen in these colours: the text on buttons; small notes, which are paler than the text, on the background and what is mixed of it;
 * mistakes on it; and the main colour on it, which underlines links.
 */
export function contrastsOf({ accent, onAccent, background, text }: Colours): Contrast[] {
  const ground = rgbOf(background)
  const theme = isDark(background) ? 'dark' : 'light'
  const grounds = [ground, mix(rgbOf(accent), ground, SOFT), mix(rgbOf(AMBER[theme]), ground, WARM)]
  const pairs: [Contrast['of'], Rgb, readonly Rgb[], number][] = [
    ['onAccent', rgbOf(onAccent), [rgbOf(accent)], READABLE],
    ['text', mix(rgbOf(text), ground, MUTED), grounds, READABLE],
    ['error', rgbOf(ERROR_COLOURS[theme]), [ground], READABLE],
    ['accent', rgbOf(accent), [ground], SEEN],
  ]
  return pairs.map(([of, one, others, needed]) => {
    const exact = Math.min(...others.map((other) => contrast(one, other)))
    // Never rounded up: 4.49 is not told as the 4.5 that is needed.
    return { of, ratio: Math.floor(exact * 10) / 10, needed, enough: exact >= needed }
  })
}

const REFUSED = {
  onAccent: ['onAccent', 'contrast_on_accent'],
  text: ['text', 'contrast_text'],
  error: ['background', 'contrast_error'],
} as const satisfies Partial<Record<Contrast['of'], readonly [keyof Colours, ProblemCode]>>

/** What could not be read, with the colour to change. A main colour that is hard to see is only told: no text depends on it. */
export const unreadable = (colours: Colours): { colour: keyof Colours; code: ProblemCode; ratio: number }[] =>
  contrastsOf(colours).flatMap(({ of, ratio, enough }) => {
    if (enough || of === 'accent') return []
    const [colour, code] = REFUSED[of]
    return [{ colour, code, ratio }]
  })

/**
 * The widgets' attribute `theme`; null: as the page is. Own colours hold whatever the page is, so all others (borders, mistakes, the focus) must
 * go with them: they follow the background.
 */
export function themeOf({ theme, colours }: Look): 'light' | 'dark' | null {
  if (colours) return isDark(colours.background) ? 'dark' : 'light'
  return theme === 'PAGE' ? null : theme === 'DARK' ? 'dark' : 'light'
}

/** The widgets' CSS custom properties, by name. */
export const propertiesOf = ({ colours, radius }: Look): [name: string, value: string][] => [
  ...(colours
    ? ([
        ['--passerelle-accent', colours.accent],
        ['--passerelle-on-accent', colours.onAccent],
        ['--passerelle-background', colours.background],
        ['--passerelle-color', colours.text],
      ] satisfies [string, string][])
    : []),
  ...(radius === null ? [] : ([['--passerelle-radius', `${radius}px`]] satisfies [string, string][])),
]
