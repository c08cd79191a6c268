import { describe, expect, test } from 'vitest'
import { linkedIn, linkTo } from './link.ts'

describe('a link to a search', () => {
  test('holds the need, the commune and the service, in the fragment of the page', () => {
    const link = { need: 'food.meal', commune: '62063', service: 'banque-alimentaire' }
    expect(linkTo('https://www.rivage.example/aide?lang=de#top', link)).toBe(
      'https://www.rivage.example/aide?lang=de#passerelle=food.meal,62063,banque-alimentaire',
    )
    expect(linkedIn('#passerelle=food.meal,62063,banque-alimentaire')).toEqual(link)
  })

  test('needs neither commune nor service', () => {
    expect(linkTo('https://a.example/', { need: 'debt' })).toBe('https://a.example/#passerelle=debt,,')
    expect(linkedIn('#passerelle=debt,,')).toEqual({ need: 'debt', commune: undefined, service: undefined })
  })

  test.each([
    '',
    '#top',
    '#passerelle=',
    '#passerelle=food',
    '#passerelle=<img src=x>,,',
    '#passerelle=food,4000,',
    '#passerelle=food,62063,"><script>',
    '#passerelle=food,62063,a b',
    `#passerelle=${'a'.repeat(61)},,`,
    '#passerelle=food,62063,x&lang=de',
  ])('that is anything else says nothing: %s', (fragment) => {
    expect(linkedIn(fragment)).toBeUndefined()
  })
})
