import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { RequestFailed } from '../shared/client.ts'
import { common } from '../shared/strings/fr.ts'
import { makeLine, makeMatch, makeQuestion } from './make.ts'
import {
  aid,
  all,
  answers,
  begin,
  button,
  byPhone,
  choose,
  element,
  end,
  fallback,
  first,
  focused,
  look,
  near,
  needIn,
  notForHer,
  open,
  operations,
  root,
  sent,
  settled,
  shown,
  situation,
  start,
  status,
  text,
} from './testing/page.ts'

beforeEach(begin)
afterEach(end)

describe('before the person does anything', () => {
  test('one request is made, nothing is focused, and the subjects are there', async () => {
    await open()
    expect(operations()).toEqual(['FinderStart'])
    expect(sent[0]?.options.personal).toBeFalsy()
    expect(document.activeElement).toBe(document.body)
    expect(text('.tiles button')).toEqual(['Énergie et eau', 'Violences', 'Alimentation'])
    expect(fallback()).toBe(false)
    expect(status()).toBe('')
  })

  test('a search for nothing says what is missing, beside the field, and brings her there', async () => {
    await open()
    await userEvent.fill(first('#place'), 'Huy')
    await button('Chercher').click()
    await element.updateComplete
    expect(focused().id).toBe('words')
    expect(focused().getAttribute('aria-invalid')).toBe('true')
    expect(text('#words-error')).toEqual(['Dites ce que vous cherchez, ou choisissez un sujet.'])
    expect(focused().getAttribute('aria-describedby')).toContain('words-error')
    expect(element.matches(':state(invalid)')).toBe(true)
    expect(operations()).not.toContain('FinderAid')
    expect(first<HTMLInputElement>('#place').value).toBe('Huy')

    await look('mazout')
    expect(all('.wrong')).toEqual([])
    expect(status()).toBe('4 résultats')
  })

  test('the page may name a need and a commune to start with', async () => {
    await open('need=energy commune=4500')
    expect(text('#asked')).toEqual(['Énergie et eau'])
    expect(situation()).toMatchObject({ needs: ['energy'], nisCode: '61031' })
    expect(document.activeElement).toBe(document.body)
  })

  test('a need that is no more is forgotten', async () => {
    await open('need=gone')
    expect(element.phase).toBe('idle')
    expect(operations()).toEqual(['FinderStart'])
  })
})

describe('a subject', () => {
  test('gives questions, services by group, and their number; the focus goes to the results', async () => {
    await open()
    await choose('Énergie et eau')
    expect(focused().textContent).toBe('Énergie et eau')
    expect(status()).toBe('4 résultats')
    expect(element.matches(':state(done)')).toBe(true)
    expect(text('.question summary')).toEqual(['Ma cuve à mazout est vide.'])
    expect(text('.results .h2')).toEqual(['Où que vous habitiez', 'Par téléphone', 'Dans certaines communes'])
    expect(all('.results .number').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([['0800/90 929', 'tel:080090929']])
  })

  test('goes by GET while nothing was typed, and by POST with whatever was', async () => {
    await open()
    await choose('Énergie et eau')
    expect(sent.at(-1)?.options.personal).toBe(false)
    await userEvent.fill(first('#place'), 'huy')
    await choose('Chercher')
    expect(sent.slice(-2).map(({ options }) => options.personal)).toEqual([true, true])
  })

  test('is narrowed by its sub-needs, without moving the focus', async () => {
    await open()
    await choose('Énergie et eau')
    await choose('Facture impayée')
    expect(situation()).toMatchObject({ needs: ['energy.bill'] })
    expect(focused().textContent?.trim()).toBe('Facture impayée')
    expect(focused().ariaPressed).toBe('true')
  })

  test('says for each service, in words, whether it is for her, and why; what is not for her comes last, folded', async () => {
    answers.FinderAid = aid([near, notForHer, byPhone])
    await open()
    await choose('Énergie et eau')
    expect(text('.verdict')).toEqual([
      '? À vérifier Cela dépend de la commune où vous vivez.',
      '✓ Pour vous Cela dépend de la commune où vous vivez.',
      '✕ Probablement pas pour vous Ce service est réservé aux personnes jusqu’à 25 ans.',
    ])
    const folded = first<HTMLDetailsElement>('.unlikely')
    expect(shown(first('#s-no .verdict'))).toBe(false)
    await userEvent.click(folded.querySelector('summary') as Element)
    expect(shown(first('#s-no .verdict'))).toBe(true)
    expect(text('.unlikely > summary')).toEqual(['Probablement pas pour vous (1)'])
  })

  test('shows the whole of a service on demand, unless the page does it another way', async () => {
    await open()
    await choose('Énergie et eau')
    const details = first<HTMLDetailsElement>('#s-near details')
    const summary = first('#s-near summary')
    element.addEventListener('passerelle-select', (event) => event.preventDefault(), { once: true })
    await userEvent.click(summary)
    expect(details?.open).toBe(false)
    await userEvent.click(summary)
    expect(details?.open).toBe(true)
    expect(text('#s-near dt')).toEqual(['Pour qui', 'Comment demander', 'À apporter', 'Prix', 'Site internet'])
    expect(text('#s-near [target=_blank]')[0]).toBe('www.example.be (nouvel onglet)')
    expect(text('#s-near > .hint').at(-1)).toBe('Vérifié : novembre 2026.')
  })

  test('warns of what nobody has checked for long, of an alert, and when there is no place left', async () => {
    const warning = 'Dernière vérification : janvier 2019.'
    answers.FinderAid = aid([
      makeMatch({ slug: 'old', alert: 'Change d’adresse.', full: true, freshness: { warning, checkedOn: '2019-01-01' } }),
    ])
    await open()
    await choose('Énergie et eau')
    expect(text('#s-old .band')).toEqual(['Change d’adresse.', 'Complet pour le moment.'])
    expect(text('#s-old .old')).toEqual([warning])
  })

  test('tells the hours of the week, and warns of an answer that nobody has read again for long', async () => {
    const schedules = [{ byday: ['MO', 'TU', 'WE'], opensAt: '09:00', closesAt: '17:00', validFrom: null, validTo: null }]
    answers.FinderAid = aid([makeMatch({ slug: 'hours', schedules })], {
      faqEntries: [makeQuestion({ freshness: { warning: 'Réponse ancienne.' } })],
    })
    await open()
    await choose('Énergie et eau')
    expect(text('#s-hours dd')).toContain('lun.–mer. 09:00–17:00')
    expect(text('.question .hint')).toEqual(['Source : bertogne.be. Réponse ancienne.'])
  })

  test('says when a service is open, but not that nobody knows', async () => {
    await open()
    await choose('Énergie et eau')
    expect(text('.hours')).toEqual(['Ouvert jusqu’à 17 h'])
  })

  test('leads to the place and to a letter', async () => {
    const huy = { nisCode: '61031', name: 'Huy' }
    answers.FinderAid = aid([makeMatch({ locations: [{ name: 'Guichet', street: 'Rue du Marché 1', postalCode: '4500', commune: huy }] })])
    await open()
    await choose('Énergie et eau')
    expect(all('.links a').map((link) => link.getAttribute('href'))).toEqual([
      'mailto:aide@example.be',
      'https://www.openstreetmap.org/directions?to=Rue%20du%20March%C3%A9%201%2C%204500%20Huy',
    ])
    expect(text('.links a')).toEqual(['aide@example.be', 'Itinéraire (nouvel onglet)'])
  })

  test('an address that is not of the web is no link', async () => {
    answers.FinderAid = aid([makeMatch({ url: 'javascript:alert(1)' })])
    await open()
    await choose('Énergie et eau')
    expect(all('[target=_blank]')).toEqual([])
  })

  describe('with more services than a page', () => {
    const more = (answer: unknown) => (variables: { first: number }) => (variables.first > 20 ? answer : aid([byPhone], { matchCount: 2 }))

    test('shows more, and brings the person to the first new one', async () => {
      answers.FinderAid = more(aid([byPhone, makeMatch({ slug: 'second', name: 'Deuxième' })]))
      await open()
      await choose('Énergie et eau')
      await choose('Voir plus d’aides')
      expect(sent.at(-1)?.variables.first).toBe(21)
      expect(focused().textContent).toBe('Deuxième')
      expect(text('.card > .name')).toEqual(['Deuxième', 'Au téléphone'])
      expect(all('#more')).toEqual([])
    })

    test('leaves the focus alone when she went elsewhere meanwhile', async () => {
      answers.FinderAid = more(aid([byPhone, makeMatch({ slug: 'second', name: 'Deuxième' })]))
      await open()
      await choose('Énergie et eau')
      first('#more').click()
      first('#place').focus()
      await settled()
      expect(text('.card > .name')).toHaveLength(2)
      expect(focused().id).toBe('place')
    })

    test('keeps what is there when more does not come', async () => {
      answers.FinderAid = more(new RequestFailed('unreachable'))
      await open()
      await choose('Énergie et eau')
      await choose('Voir plus d’aides')
      expect(text('.card > .name')).toEqual(['Au téléphone'])
      expect(text('.wrong').at(-1)).toBe('Le service ne répond pas.')
      expect(fallback()).toBe(true)
    })
  })

  test('the last choice wins when two cross', async () => {
    answers.FinderAid = (asked: { situation: { needs: string[] } }) => aid([makeMatch({ name: needIn(asked) })])
    await open()
    element.find({ need: 'energy' })
    element.find({ need: 'food' })
    await settled()
    expect(text('.card > .name')).toEqual(['food'])
  })
})

describe('the person’s own words', () => {
  test('never stand in an address', async () => {
    await open()
    await look('plus de mazout')
    expect(sent.at(-1)).toMatchObject({ operation: 'FinderAid', options: { personal: true } })
    expect(situation()).toEqual({ text: 'plus de mazout' })
    expect(text('#asked q')).toEqual(['plus de mazout'])
  })

  test('are still in the field when she comes back', async () => {
    await open()
    await look('plus de mazout')
    await button(/Autre recherche/).click()
    expect((focused() as HTMLInputElement).value).toBe('plus de mazout')
  })

  test('that tell of a danger bring the numbers first, and the way out', async () => {
    const emergencyLines = [makeLine({ slug: '112', number: '112' }), makeLine({ slug: 'ecoute', number: '0800 30 030' })]
    answers.FinderAid = aid([makeMatch()], { urgency: 'DANGER', needs: [{ code: 'violence' }], emergencyLines })
    await open()
    await look('il me frappe')
    expect(text('.pressing .number')).toEqual(['112', '0800 30 030'])
    expect(button('Quitter vite cette page').query()).not.toBeNull()
  })
})

describe('who she is', () => {
  const tell = async () => {
    await userEvent.click(first('#who summary'))
    await userEvent.fill(first('#age'), '67')
    await userEvent.click(first('[name=audience]'))
    await userEvent.click(first('[name=language][value=DE]'))
    await userEvent.click(first('[name=open]'))
  }

  test('is asked for what it may change, all of it optional, and goes by POST', async () => {
    await open()
    await tell()
    expect(text('[name=audience] + span')).toEqual(['Personnes âgées'])
    expect(text('[name=language] + span')).toEqual(['français', 'allemand', 'néerlandais', 'anglais'])
    await choose('Énergie et eau')
    expect(situation()).toEqual({ needs: ['energy'], age: 67, audiences: ['seniors'], languages: ['DE'], openNow: true })
    expect(first<HTMLDetailsElement>('#who').open, 'it stands in the way of the results').toBe(false)
    expect(sent.at(-1)?.options.personal).toBe(true)
  })

  test('stays for the next search, and is gone with reset', async () => {
    await open()
    await tell()
    await choose('Énergie et eau')
    await choose('← Autre recherche')
    await choose('Alimentation')
    expect(situation()).toMatchObject({ needs: ['food'], age: 67, audiences: ['seniors'] })
    element.reset()
    await element.updateComplete
    await choose('Alimentation')
    expect(situation()).toEqual({ needs: ['food'] })
  })

  test('what is ticked narrows the results at once', async () => {
    await open()
    await choose('Énergie et eau')
    await userEvent.click(first('[name=open]'))
    await settled()
    expect(situation()).toEqual({ needs: ['energy'], openNow: true })
    expect(focused().getAttribute('name')).toBe('open')
  })

  test.each(['soixante', '131', '-1', '6.5'])('an age that is none is told beside the field: %s', async (typed) => {
    await open()
    await userEvent.click(first('#who summary'))
    await userEvent.fill(first('#age'), typed)
    await button('Énergie et eau').click()
    await element.updateComplete
    expect(focused().id).toBe('age')
    expect(text('#age-error')).toEqual(['Écrivez votre âge en chiffres, par exemple 67.'])
    expect(operations()).toEqual(['FinderStart'])
  })
})

describe('a danger', () => {
  test('shows whom to call before everything else', async () => {
    await open()
    const before = { ...answers }
    answers.FinderAid = new RequestFailed('failed')
    await choose('Violences')
    expect(text('.pressing .number'), 'also when the search fails').toEqual(['112', '0800 30 030'])
    Object.assign(answers, before, { FinderAid: aid([near], { urgency: 'DANGER', emergencyLines: start.needs[1]?.emergencyLines }) })
    await choose('Réessayer')
    expect(text('.pressing .number')).toEqual(['112', '0800 30 030'])
    const follows = (selector: string) => first('.pressing').compareDocumentPosition(first(selector)) & Node.DOCUMENT_POSITION_FOLLOWING
    expect(follows('form')).toBeTruthy()
    expect(follows('.results')).toBeTruthy()
  })
})

describe('a person instead', () => {
  test('the callback element of the page takes it, with what it is about', async () => {
    await open()
    const calls: unknown[] = []
    const take = (event: Event) => {
      event.preventDefault()
      calls.push((event as CustomEvent).detail)
    }
    document.addEventListener('passerelle-call', take)
    await choose('Énergie et eau')
    await userEvent.click(first('.question summary'))
    await userEvent.click(first('.question button'))
    await button('Demander à être rappelé').click()
    document.removeEventListener('passerelle-call', take)
    expect(calls).toEqual([
      { need: 'energy', faqEntry: 'cuve-mazout-vide', title: 'Ma cuve à mazout est vide.', lang: 'fr' },
      { need: 'energy', lang: undefined },
    ])
    expect(all('#call')).toEqual([])
  })

  test('without one, the numbers to call are shown', async () => {
    await open()
    await choose('Énergie et eau')
    await button('Demander à être rappelé').click()
    await element.updateComplete
    expect(text('.person .number')).toEqual(['1718', '1719'])
    expect(focused().id).toBe('call')
  })

  test('the line to call stands there, when it opens and what must be known of it', async () => {
    const line = makeLine({ slug: 'night', number: '107', alert: 'Souvent occupé.', openingStatus: { label: 'Ouvre à 20 h' } })
    answers.FinderAid = aid([near], { line })
    await open()
    await choose('Énergie et eau')
    expect(text('.person .number')).toEqual(['107'])
    expect(text('.person .card .hint')).toEqual(['Ouvre à 20 h · Souvent occupé.'])
  })

  test('nothing found leads there', async () => {
    answers.FinderAid = aid([], { line: makeLine() })
    await open()
    await look('xyzzy')
    expect(element.matches(':state(empty)')).toBe(true)
    expect(status()).toBe('Nous n’avons rien trouvé')
    expect(text('.person .number')).toEqual(['1718', '1719'])
  })
})

describe('a failure', () => {
  test.each([
    ['offline', 'offline'],
    ['unreachable', 'error'],
    ['limited', 'error'],
  ] as const)('%s shows the numbers of the page and can be tried again; nothing typed is lost', async (kind, state) => {
    await open()
    answers.FinderAid = new RequestFailed(kind)
    const errors: unknown[] = []
    element.addEventListener('passerelle-error', (event) => errors.push((event as CustomEvent).detail))
    await userEvent.fill(first('#place'), '4500')
    await choose('Énergie et eau')
    expect(element.matches(`:state(${state})`)).toBe(true)
    expect(status()).toBe(common[kind].replace(/\s/g, ' '))
    expect(errors).toEqual([{ kind, retryable: true }])
    expect(fallback()).toBe(true)
    expect(root().querySelector<HTMLInputElement>('#place')?.value).toBe('4500')

    answers.FinderAid = aid([makeMatch()], { faqEntries: [makeQuestion()] })
    await choose('Réessayer')
    expect(status()).toBe('2 résultats')
    expect(fallback()).toBe(false)
    expect(focused().textContent, 'the button is gone, the focus is not').toBe('Énergie et eau')
  })

  test('of the first request can be tried again', async () => {
    answers.FinderStart = new RequestFailed('unreachable')
    await open()
    expect(fallback()).toBe(true)
    answers.FinderStart = start
    await choose('Réessayer')
    expect(all('.tiles button')).toHaveLength(3)
  })

  test('leaves no results of another question beside it', async () => {
    await open()
    await choose('Énergie et eau')
    answers.FinderAid = new RequestFailed('unreachable')
    await userEvent.click(first('[name=open]'))
    await settled()
    expect(all('.results')).toEqual([])
  })
})

test('nothing is stored', async () => {
  await open()
  await look('plus de mazout')
  expect([document.cookie, localStorage.length]).toEqual(['', 0])
})
