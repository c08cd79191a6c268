import { describe, expect, test } from 'vitest'
import { OWN_COLOURS } from '../site/rules/look.ts'
import {
  drupalLibrary,
  drupalTags,
  elementTags,
  frameTags,
  type Piece,
  plainSnippet,
  ploneAttributes,
  ploneTags,
  policyLines,
  shortcode,
  wordpressPlugin,
} from './sites/snippets.ts'

const PLAIN = { theme: 'PAGE', colours: null, radius: null } as const
const piece: Piece = {
  server: 'https://aide.example.be',
  key: 'rivage',
  language: 'FR',
  shown: 'both',
  look: PLAIN,
  line: { slug: '1718', number: '1718', hours: 'lundi – vendredi, 8 h 30 – 17 h' },
}
const own = { theme: 'PAGE', colours: { ...OWN_COLOURS, accent: '#7a1f5c' }, radius: 4 } as const

describe('what is pasted', () => {
  test('a page: the script, and both widgets with a number to call', () => {
    expect(plainSnippet(piece)).toBe(`<script type="module" src="https://aide.example.be/widgets/v1/passerelle.js"></script>

<passerelle-finder site="rivage" lang="fr">
  <p>Vous préférez téléphoner ? Appelez le <a href="tel:1718">1718</a> (lundi – vendredi, 8 h 30 – 17 h).</p>
</passerelle-finder>

<passerelle-callback site="rivage" line="1718" lang="fr">
  <p>Vous préférez téléphoner ? Appelez le <a href="tel:1718">1718</a> (lundi – vendredi, 8 h 30 – 17 h).</p>
</passerelle-callback>`)
  })

  test('colours are CSS of the page, and the theme goes with their background', () => {
    const text = plainSnippet({ ...piece, look: own, shown: 'finder' })
    expect(text).toContain(`<style>
passerelle-finder {
  --passerelle-accent: #7a1f5c;
  --passerelle-on-accent: #ffffff;
  --passerelle-background: #ffffff;
  --passerelle-color: #20282c;
  --passerelle-radius: 4px;
}
</style>`)
    expect(text).toContain('<passerelle-finder site="rivage" lang="fr" theme="light">')
    expect(text).toContain('/widgets/v1/passerelle-finder.js"')
    expect(text).not.toContain('passerelle-callback')
  })

  test.each([
    ['DE', 'Möchten Sie lieber telefonieren? Rufen Sie die <a href="tel:1719">1719</a> an.'],
    ['NL', 'Belt u liever? Bel <a href="tel:1719">1719</a>.'],
    ['EN', 'Would you rather telephone? Call <a href="tel:1719">1719</a>.'],
  ] as const)('in %s the number is named in that language', (language, sentence) => {
    const text = elementTags({ ...piece, language, line: { slug: '1719', number: '1719', hours: null } })
    expect(text).toContain(sentence)
    expect(text).toContain(`lang="${language.toLowerCase()}"`)
  })

  test('without a line there is the emergency number; without a key nothing names the site', () => {
    const text = elementTags({ ...piece, key: null, line: null })
    expect(text).toContain('<a href="tel:112">112</a>')
    expect(text).not.toMatch(/site=|line=/)
  })

  test('what is written elsewhere ends no attribute and no tag', () => {
    const text = elementTags({ ...piece, line: { slug: '"><script>', number: '<b>', hours: '</p><img>' } })
    expect(text).not.toMatch(/<script|<b>|<img/)
  })
})

describe('for content systems', () => {
  const german: Piece = { ...piece, language: 'DE', line: { slug: '1719', number: '1719', hours: null } }

  test('WordPress: a plugin with each language, whose shortcode passes its filters', () => {
    const text = wordpressPlugin([
      { ...piece, look: own },
      { ...german, look: own },
    ])
    expect(text.startsWith('<?php\n')).toBe(true)
    expect(text).toContain(`wp_enqueue_script_module('passerelle', 'https://aide.example.be/widgets/v1/passerelle.js', array(), null);`)
    expect(text).toContain("wp_add_inline_style('passerelle', <<<'CSS'\npasserelle-finder, passerelle-callback {\n")
    expect(text).toContain(`    'fr' => <<<'HTML'\n<passerelle-finder site="rivage" lang="fr" theme="light">`)
    expect(text).toContain(`    'de' => <<<'HTML'\n<passerelle-finder site="rivage" lang="de" theme="light">`)
    expect(text).toContain("array('lang' => 'fr')")
    // Nowdocs end where their word begins a line.
    expect(text.match(/^HTML,$/gm)).toHaveLength(2)
    expect(text.match(/^CSS$/gm)).toHaveLength(1)
    expect(shortcode('DE')).toBe('[passerelle lang="de"]')
    expect(wordpressPlugin([piece])).not.toContain('wp_add_inline_style')
  })

  test('Drupal: a library of the theme, and what its text format must let through', () => {
    expect(drupalLibrary({ ...piece, look: own })).toBe(`passerelle:
  js:
    https://aide.example.be/widgets/v1/passerelle.js:
      type: external
      attributes: { type: module }
  css:
    theme:
      css/passerelle.css: {}
`)
    expect(drupalLibrary(piece)).not.toContain('css')
    expect(drupalTags('both')).toBe('<passerelle-finder site lang theme> <passerelle-callback site line lang theme>')
  })

  test('every attribute that is pasted is among those let through', () => {
    const pasted = elementTags({ ...piece, look: own })
    const attributes = [...pasted.matchAll(/ ([a-z]+)="/g)].map(([, name]) => name).filter((name) => name !== 'href')
    expect(new Set(attributes)).toEqual(new Set(['site', 'line', 'lang', 'theme']))
    expect(ploneAttributes('both').split('\n')).toEqual(['site', 'line', 'lang', 'theme'])
    expect(ploneTags('both').split('\n')).toEqual(['passerelle-finder', 'passerelle-callback'])
    expect(ploneAttributes('finder')).not.toContain('line')
  })

  test('a frame has a name, the key, the line and the language, and the number beneath it, whatever it shows', () => {
    const [frame, number] = frameTags({ ...german, shown: 'callback' }).split('\n\n')
    expect(frame).toBe(
      '<iframe src="https://aide.example.be/embed/callback?site=rivage&amp;line=1719&amp;lang=de" title="Um einen Rückruf bitten" width="100%" height="900"></iframe>',
    )
    expect(number).toMatch(/^<p lang="de">Möchten Sie lieber telefonieren\? Rufen Sie die <a href="tel:[^"]+">[^<]+<\/a>.* an\.<\/p>$/)
    expect(frameTags(german).match(/<iframe/g)).toHaveLength(2)
    expect(frameTags(german).match(/<p /g)).toHaveLength(1)
  })

  test('a strict policy needs three things', () => {
    expect(policyLines(piece.server)).toBe(
      'script-src https://aide.example.be; connect-src https://aide.example.be; trusted-types lit-html',
    )
  })
})
