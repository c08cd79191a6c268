import { describe, expect, test } from 'vitest'
import { html, jsonLd } from './html.ts'

describe('a template', () => {
  test('escapes values, keeps markup, and leaves out what is absent', () => {
    expect(html`<p title="${'"a" & \'b\''}">${'<b>'}</p>`.markup).toBe('<p title="&quot;a&quot; &amp; &#39;b&#39;">&lt;b&gt;</p>')
    expect(html`<p>${html`<b>${'x<y'}</b>`}</p>`.markup).toBe('<p><b>x&lt;y</b></p>')
    expect(html`[${null}${undefined}${false}${''}${0}]`.markup).toBe('[0]')
    expect(html`<ul>${['<', html`<li>`, [1, ['>']]]}</ul>`.markup).toBe('<ul>&lt;<li>1&gt;</ul>')
  })

  test('does not take a look-alike for markup', () => {
    expect(html`${{ markup: '<script>' } as never}`.markup).not.toContain('<')
    expect(html`${'&lt;'}`.markup).toBe('&amp;lt;')
  })
})

test('data cannot end its block, and says the same', () => {
  const data = { text: '</script><!-- \u2028\u2029 & <script>', list: ['<'] }
  const block = jsonLd(data).markup
  const inside = block.slice('<script type="application/ld+json">'.length, -'</script>'.length)
  expect(inside).not.toMatch(/[<>&\u2028\u2029]/)
  expect(JSON.parse(inside)).toEqual(data)
})
