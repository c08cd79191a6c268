import { describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { all, button, inside, settle, shown, text } from '../shared/testing/fixture.ts'
import { joined, spaced } from './call.ts'
import { StaffFailed } from '../shared/staff.ts'
import { contact, makeCall, makeRow } from './testing/made.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const { call, choose, click, hear, start, type } = on
const title = () => text(on.element, '#call-title')
const said = () => text(on.element, '.said')
const field = () => inside(on.element, '#note') as HTMLTextAreaElement
const outcomes = () => all(on.element, '.outcome').map((one) => (one as HTMLButtonElement).value)
const notes = () => on.server.of('DeskNote').map(({ variables }) => variables.input?.text)
/** The server answers when the test says so. */
function held(operation: string, answer: unknown) {
  let go = () => {}
  on.server.answers[operation] = () => new Promise((resolve) => (go = () => resolve(answer)))
  return () => go()
}

describe('taking one', () => {
  test('brings the focus to the call, with her wishes first, and the number only after asking for it', async () => {
    await start()
    await call()
    expect(on.at()?.id).toBe('call-title')
    expect(title()).toBe('Appel · Alimentation')
    expect(all(on.element, '.call section').map((one) => one.className)).toEqual([
      'safe',
      'contact',
      'words',
      'attempts',
      'notes',
      'referrals',
      'closing',
    ])
    expect(text(on.element, '.safe')).toContain('✕ Pas de message vocal')
    expect(text(on.element, '.safe .wish')).toBe('« Pas après 16 h, mon fils rentre de l’école. »')
    expect(all(on.element, '.contact a')).toEqual([])
    await click('Afficher le numéro')
    expect(on.server.of('DeskReveal')[0]?.variables).toEqual({ id: 'aaa', reason: 'call' })
    const number = inside(on.element, '#number') as HTMLElement
    expect([number.getAttribute('href'), number.textContent]).toEqual(['tel:+32470123456', '+32 470 12 34 56'])
    expect(on.at()?.id).toBe('number')
    const sizes = all(on.element, '.call *').map((one) => Number.parseFloat(getComputedStyle(one).fontSize))
    expect(Number.parseFloat(getComputedStyle(number).fontSize), 'nothing is larger').toBe(Math.max(...sizes))
  })

  test('what the same phone asked besides is there with its precautions, each in its language', async () => {
    const requestedAt = '2026-11-23T08:40:00.000Z'
    on.server.call = makeCall('aaa', {
      safeContact: { voicemail: false, sms: false, sayWhoCalls: false, note: null },
      repeats: [
        {
          requestedAt,
          language: 'NL',
          name: 'Anna',
          message: 'Bel mij.',
          safeNote: 'Hij leest alles.',
          need: { label: 'Geweld', language: 'NL' },
        },
        { requestedAt, language: 'FR', name: null, message: null, safeNote: null, need: null },
      ],
    })
    await start()
    const wishes = all(on.element, '.safe .wish')
    expect(wishes.map((one) => [one.lang, one.textContent])).toEqual([['nl', '« Hij leest alles. »']])
    const words = all(on.element, '.words blockquote')
    expect(words.at(-1)).toMatchObject({ lang: 'nl', textContent: 'Bel mij.' })
    const again = all(on.element, '.words p.hint').map((one) => one.textContent?.replace(/\s+/g, ' ').trim())
    expect(again.slice(-2)).toEqual([
      expect.stringMatching(/^Anna · A demandé encore une fois .*\(Geweld\) · néerlandais$/),
      expect.stringMatching(/ · français$/),
    ])
  })

  test('what she did not say is not allowed', async () => {
    on.server.call = makeCall('aaa', { safeContact: null })
    await start()
    expect(all(on.element, '.safe .may')).toEqual([])
    expect(text(on.element, '.safe')).toContain('restez discret')
  })

  test('a double click takes once', async () => {
    await start()
    await userEvent.dblClick(inside(on.element, '#next') as HTMLElement)
    await settle(on.element)
    expect(on.server.of('DeskClaimNext').length).toBe(1)
  })

  test('somebody else was faster: she is told, and the list is read again', async () => {
    await start()
    on.server.answers.DeskClaim = () => ({
      result: { __typename: 'Conflict', code: 'claimed_by_other', holderName: 'Béatrice', message: 'Béatrice est déjà en ligne.' },
    })
    const before = on.server.of('DeskNow').length
    await choose('.take')
    expect(said()).toBe('Béatrice est déjà en ligne.')
    expect(title()).toBe('Aucun appel en cours')
    await expect.poll(() => on.server.of('DeskNow').length).toBeGreaterThan(before)
  })

  test('a number that is no telephone link is none', async () => {
    on.server.answers.DeskReveal = () => ({ result: { ...contact, tel: 'javascript:alert(1)', foreign: true } })
    await start()
    await call()
    await click('Afficher le numéro')
    expect(inside(on.element, '#number')?.hasAttribute('href')).toBe(false)
    expect(text(on.element, '.contact')).toContain('Numéro étranger')
  })

  test.each([
    ['+32470123456', '+32 470 12 34 56'],
    ['+3242205811', '+32 4 220 58 11'],
    ['+33612345678', '+33612345678'],
  ])('%s reads %s', (phone, words) => expect(spaced(phone)).toBe(words))
})

describe('how it went', () => {
  test('reached: the call goes on, and how it ends is asked', async () => {
    await start()
    await call()
    await click('Jointe')
    expect(said()).toBe('Noté : jointe.')
    expect(outcomes(), 'she may ask to be called another time').toEqual(['ASKED_LATER'])
    expect(shown(inside(on.element, '#close [value=RESOLVED]'))).toBe(true)
    await click('Plus tard')
    await userEvent.fill(inside(on.element, '#later-day') as HTMLElement, '2026-11-24')
    await userEvent.fill(inside(on.element, '#later-time') as HTMLElement, '14:30')
    await click('Noter et rendre')
    expect(said()).toMatch(/^Noté. Elle sera appelée/)
  })

  test('reached by somebody else before: it is a call to be made, and how it goes is asked', async () => {
    const attempts = [{ id: 'a', at: '2026-11-23T08:30:00.000Z', outcome: 'REACHED' as const, nextAt: null, member: null }]
    on.server.call = makeCall('aaa', { status: 'REACHED', attempts })
    await start()
    expect(outcomes()).toHaveLength(8)
    expect(shown(inside(on.element, '#close [value=RESOLVED]'))).toBe(true)
    await click('Jointe')
    expect(said()).toBe('Noté : jointe.')
    expect(outcomes()).toEqual(['ASKED_LATER'])
  })

  test('what the server did not take as reached is not said to be', async () => {
    await start()
    await call()
    on.server.answers.DeskAttempt = () => ({ result: { __typename: 'CallbackRequest', ...makeCall() } })
    await click('Jointe')
    expect(said()).not.toContain('jointe')
    expect(inside(on.element, '.said.bad')).toBeDefined()
    expect(outcomes()).toHaveLength(8)
  })

  test('in another call of the same request the key is another one', async () => {
    await start()
    await call()
    on.server.answers.DeskAttempt = () => Promise.reject(new StaffFailed('unreachable'))
    await click('Occupé')
    on.server.found = makeCall('aaa', { status: 'NEW', holder: null, mine: false })
    on.server.call = undefined
    await hear()
    await expect.poll(title).toContain('Votre réservation est terminée')
    await click('La reprendre')
    await click('Occupé')
    const [first, second] = on.server.of('DeskAttempt').map(({ variables }) => variables.input?.key)
    expect(second).toEqual(expect.any(String))
    expect(second).not.toBe(first)
  })

  test('no answer: when the next attempt is, and back to the queue', async () => {
    await start()
    await call()
    await click('Pas de réponse')
    expect(said()).toBe('Noté : Pas de réponse. Prochain essai 12:00.')
    expect(title()).toBe('Aucun appel en cours')
    expect(on.at()?.id).toBe('next')
  })

  test('the same attempt again after a lost answer has the same key, another one another', async () => {
    await start()
    await call()
    on.server.answers.DeskAttempt = () => Promise.reject(new StaffFailed('unreachable'))
    await click('Occupé')
    expect(said()).toContain('rien n’est confirmé')
    await click('Occupé')
    await click('Messagerie')
    const keys = on.server.of('DeskAttempt').map(({ variables }) => variables.input?.key)
    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[0])
  })

  test.each([
    ['Numéro inexistant', 5, 'n’existe vraiment pas'],
    ['Ne veut plus d’appel', 5, 'ne veut plus être appelée'],
    ['Pas de réponse', 1, 'dernier essai'],
  ])('%s, with %d attempts left, ends it: asked before', async (label, attemptsLeft, question) => {
    on.server.call = makeCall('aaa', { attemptsLeft })
    await start()
    await click(label)
    expect(text(on.element, '#asking')).toContain(question)
    expect(on.at()?.id).toBe('asking')
    expect(on.server.of('DeskAttempt')).toEqual([])
    await click('Annuler')
    expect(on.at()?.textContent).toContain(label)
    await click(label)
    await click('Oui, terminer')
    expect(on.server.of('DeskAttempt').length).toBe(1)
  })

  test('a number that worked before ends nothing: noted at once', async () => {
    const attempts = [{ id: 'a', at: '2026-11-23T08:30:00.000Z', outcome: 'REACHED' as const, nextAt: null, member: null }]
    on.server.call = makeCall('aaa', { attempts, attemptsLeft: 5 })
    await start()
    await click('Numéro inexistant')
    expect(on.server.of('DeskAttempt').map(({ variables }) => variables.input?.outcome)).toEqual(['INVALID_NUMBER'])
  })

  test('asked for later: a moment to come, as a clock in Belgium shows it; what the server refuses is said beside it', async () => {
    await start()
    await call()
    await click('Plus tard')
    await click('Noter et rendre')
    expect(text(on.element, '#asking')).toContain('Choisissez un jour et une heure à venir.')
    await userEvent.fill(inside(on.element, '#later-day') as HTMLElement, '2026-11-24')
    await userEvent.fill(inside(on.element, '#later-time') as HTMLElement, '14:30')
    on.server.answers.DeskAttempt = () => ({ result: { __typename: 'InvalidInput', message: 'La ligne est fermée à ce moment.' } })
    await click('Noter et rendre')
    expect(text(on.element, '#asking')).toContain('La ligne est fermée à ce moment.')
    delete on.server.answers.DeskAttempt
    await click('Noter et rendre')
    expect(on.server.of('DeskAttempt')[0]?.variables.input).toMatchObject({ outcome: 'ASKED_LATER', callAt: '2026-11-24T13:30:00.000Z' })
    expect(said()).toMatch(/^Noté. Elle sera appelée mar\. 24 nov\.\D+14:30\.$/)
  })
})

describe('notes', () => {
  test('are saved when the field is left, then stand with the others, and the field is empty', async () => {
    await start()
    await call()
    await type('#note', 'Elle vit seule.')
    expect(text(on.element, '.saving')).toBe('Pas encore enregistré')
    await choose('.script summary')
    await settle(on.element)
    expect(notes()).toEqual(['Elle vit seule.'])
    expect(field().value).toBe('')
    expect(text(on.element, '.note')).toContain('Elle vit seule.')
    expect(text(on.element, '.saving')).toBe('Tout est enregistré.')
  })

  test('are saved by themselves when the typing rests, piece by piece, while the words stay', async () => {
    await start()
    await call()
    await type('#note', 'Elle vit')
    await vi.waitFor(() => expect(notes()).toEqual(['Elle vit']), { timeout: 15_000 })
    expect(field().value).toBe('Elle vit')
    await type('#note', ' seule.')
    await vi.waitFor(() => expect(notes()).toEqual(['Elle vit', 'seule.']), { timeout: 15_000 })
    expect(field().value).toBe('Elle vit seule.')
  })

  test('what was saved and then changed is added as a correction', async () => {
    await start()
    await call()
    await type('#note', 'Elle a 2 enfants')
    await on.element.notes.flush()
    await userEvent.fill(field(), 'Elle a 3 enfants')
    await choose('.script summary')
    await expect.poll(notes).toEqual(['Elle a 2 enfants', 'Corrigé : Elle a 3 enfants'])
  })

  test('are saved before the call ends, and when the page is left', async () => {
    await start()
    await call()
    await type('#note', 'Un')
    dispatchEvent(new PageTransitionEvent('pagehide'))
    await settle(on.element)
    expect(on.server.of('DeskNote')[0]?.options.keepalive).toBe(true)
    await type('#note', ' deux')
    inside(on.element, '[value=NO_ANSWER]')?.click()
    await settle(on.element)
    const order = on.server.asked.map(({ operation }) => operation).filter((one) => /Note|Attempt/.test(one))
    expect(order).toEqual(['DeskNote', 'DeskNote', 'DeskAttempt'])
    expect(notes()).toEqual(['Un', 'deux'])
  })

  test('that could not be saved stay in the field, and go when the network is back', async () => {
    await start()
    await call()
    on.server.answers.DeskNote = () => Promise.reject(new StaffFailed('offline'))
    await type('#note', 'Elle vit seule.')
    await choose('.script summary')
    expect(field().value).toBe('Elle vit seule.')
    expect(text(on.element, '.saving')).toBe('Pas encore enregistré')
    delete on.server.answers.DeskNote
    dispatchEvent(new Event('online'))
    await expect.poll(() => text(on.element, '.saving')).toBe('Tout est enregistré.')
  })

  const unreachable = () => Promise.reject(new StaffFailed('unreachable'))
  const tooLong = () => ({ result: { __typename: 'InvalidInput', message: 'Au plus 2 000 caractères.' } })
  test.each<[what: string, operation: string, press: () => unknown, answer: () => unknown]>([
    ['closed', 'DeskClose', () => inside(on.element, '#close [type=submit]')?.click(), unreachable],
    ['closed, for a correction that is too long', 'DeskClose', () => inside(on.element, '#close [type=submit]')?.click(), tooLong],
    ['called', 'DeskAttempt', () => inside(on.element, '[value=NO_ANSWER]')?.click(), unreachable],
    ['given back', 'DeskRelease', () => on.element.release(), unreachable],
    ['led to a service', 'DeskOrient', () => on.element.orient(), unreachable],
  ])('that cannot be saved are not lost by the next click: nothing is %s', async (_what, operation, press, answer) => {
    await start()
    await call()
    await choose('.matches button')
    await choose('#close-title')
    await choose('#close [value=DECLINED_BY_PERSON]')
    await type('#note', 'Elle a 2 enfants')
    await on.element.notes.flush()
    await userEvent.fill(field(), 'Elle a 3 enfants')
    on.server.answers.DeskNote = answer
    press()
    await expect.poll(said).toContain('rien d’autre n’a été fait')
    if (answer === tooLong) expect(said()).toContain('Au plus 2 000 caractères.')
    expect(on.server.of(operation)).toEqual([])
    expect(field().value).toBe('Elle a 3 enfants')
    expect(title()).toBe('Appel · Alimentation')
    delete on.server.answers.DeskNote
    press()
    await expect.poll(() => on.server.of(operation).length).toBe(1)
    expect(notes().at(-1)).toBe('Corrigé : Elle a 3 enfants')
  })

  test('that were typed while others were saved go with them before the call ends', async () => {
    await start()
    await call()
    await type('#note', 'Un')
    const go = held('DeskNote', { result: { __typename: 'CallbackRequest', ...makeCall() } })
    const released = on.element.release()
    await expect.poll(() => notes().length).toBe(1)
    await type('#note', ' deux')
    expect(on.server.of('DeskRelease')).toEqual([])
    delete on.server.answers.DeskNote
    go()
    await released
    expect(notes()).toEqual(['Un', 'deux'])
    expect(on.server.of('DeskRelease').length).toBe(1)
  })

  test('leave room for saying that they correct others', async () => {
    await start()
    await call()
    expect(field().maxLength + 'Korrigiert: '.length).toBeLessThan(2_000)
  })

  const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))
  test('that could not be saved are asked about before the page is left; others are not', async () => {
    await start()
    await call()
    await type('#note', 'Elle vit seule.')
    expect(asksBeforeLeaving(), 'saved on the way out').toBe(false)
    const away = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    expect(asksBeforeLeaving(), 'offline').toBe(true)
    away.mockRestore()
    on.server.answers.DeskNote = unreachable
    await on.element.notes.flush()
    expect(asksBeforeLeaving(), 'refused').toBe(true)
    delete on.server.answers.DeskNote
    await on.element.notes.flush()
    expect(asksBeforeLeaving(), 'saved').toBe(false)
  })

  test('of a call that was lost are in the field again when it is taken again', async () => {
    await start()
    await call()
    on.server.answers.DeskNote = unreachable
    await type('#note', 'Elle vit seule.')
    on.server.found = makeCall('aaa', { status: 'NEW', holder: null, mine: false })
    on.server.call = undefined
    await hear()
    await expect.poll(title).toContain('Votre réservation est terminée')
    expect(asksBeforeLeaving()).toBe(true)
    delete on.server.answers.DeskNote
    await click('La reprendre')
    expect(field().value).toBe('Elle vit seule.')
    await choose('.script summary')
    await expect.poll(() => notes().at(-1)).toBe('Elle vit seule.')
    expect(text(on.element, '.saving')).toBe('Tout est enregistré.')
  })

  test('pieces of one person within ten minutes are one note', () => {
    const note = (minute: string, name: string, words: string) => ({
      id: minute,
      at: `2026-11-23T09:${minute}:00.000Z`,
      text: words,
      member: { id: name, name },
    })
    expect(
      joined([note('01', 'Ada', 'a'), note('02', 'Ada', 'b'), note('03', 'Bea', 'c'), note('20', 'Bea', 'd')]).map((one) => one.text),
    ).toEqual(['a b', 'c', 'd'])
  })
})

describe('a reload in the middle of a call', () => {
  test('brings the call and its notes back; the number is asked for again', async () => {
    await start()
    await call()
    await click('Afficher le numéro')
    await type('#note', 'Elle vit seule.')
    dispatchEvent(new PageTransitionEvent('pagehide'))
    await on.reload()
    expect(said()).toBe('Votre appel en cours est de nouveau là.')
    expect(title()).toBe('Appel · Alimentation')
    await expect.poll(() => text(on.element, '.note')).toContain('Elle vit seule.')
    expect(shown(inside(on.element, '#number'))).toBe(false)
    expect(button(on.element, 'Afficher le numéro')).toBeDefined()
    expect(button(on.element, 'Prendre la suivante'), 'one at a time').toBeUndefined()
  })
})

describe('orientation', () => {
  test('what is found fits her subject and place, is picked, and sent by the way she allowed', async () => {
    await start()
    await call()
    expect(on.server.of('DeskAid')[0]?.variables.situation).toEqual({ needs: ['food'], postalCode: '4000', text: undefined })
    await choose('.matches button')
    await choose('.picked [value=SMS]')
    await click('Noter l’orientation')
    expect(on.server.of('DeskOrient')[0]?.variables.input).toEqual({ services: ['colis-alimentaires'], sendBy: 'SMS' })
    expect(text(on.element, '.referrals')).toContain('envoyé par SMS')
    expect(inside(on.element, '.picked')).toBeUndefined()
  })

  test('nothing can be sent where it would not be safe', async () => {
    on.server.call = makeCall('aaa', { canSend: [] })
    await start()
    await choose('.matches button')
    expect(inside(on.element, '.picked [type=radio]')).toBeUndefined()
    expect(text(on.element, '.picked')).toContain('Rien n’est envoyé')
  })

  test('another place: by name, and asked when it may be several', async () => {
    await start()
    on.server.answers.DeskCommunes = () => ({
      communes: [
        { nisCode: '1', name: 'Saint-Nicolas', postalCodes: ['4420'] },
        { nisCode: '2', name: 'Saint-Georges', postalCodes: ['4470'] },
      ],
    })
    await type('#words', 'loyer')
    await type('#place', 'saint')
    await click('Chercher')
    await click('Saint-Georges')
    expect(on.server.of('DeskAid').at(-1)?.variables.situation).toMatchObject({ nisCode: '2', text: 'loyer' })
  })
})

describe('the end', () => {
  test('an outcome is needed; what was missing is told apart', async () => {
    on.server.call = makeCall('aaa', { status: 'REACHED' })
    await start()
    await click('Terminer la demande')
    expect(text(on.element, '#close')).toContain('Choisissez comment l’appel se termine.')
    expect((on.at() as HTMLInputElement).name).toBe('outcome')
    await choose('#close [value=NO_HELP_AVAILABLE]')
    await userEvent.selectOptions(inside(on.element, '#unmet') as HTMLElement, 'FULL')
    await click('Terminer la demande')
    expect(on.server.of('DeskClose')[0]?.variables.input).toMatchObject({ outcome: 'NO_HELP_AVAILABLE', unmet: 'FULL' })
    expect(said()).toBe('Demande terminée.')
    expect(on.at()?.id).toBe('next')
  })

  test('given back without a result', async () => {
    await start()
    await call()
    await click('Rendre sans résultat')
    expect(said()).toBe('La demande est de retour dans la file.')
  })

  test('a second press while the first is on its way does nothing', async () => {
    on.server.call = makeCall('aaa', { status: 'REACHED' })
    await start()
    await choose('#close [value=RESOLVED]')
    const go = held('DeskClose', { result: { __typename: 'CallbackRequest', ...makeCall(), mine: false } })
    await click('Terminer la demande')
    expect(text(on.element, '#close button')).toBe('Envoi…')
    inside(on.element, '#close button')?.click()
    expect(on.server.of('DeskClose').length).toBe(1)
    on.server.call = undefined
    go()
    await expect.poll(said).toBe('Demande terminée.')
  })

  test.each([
    ['CANCELLED', '+32 4•• •• •• 56', null, 'La personne a retiré sa demande. N’appelez plus.'],
    ['CANCELLED', null, null, 'La personne a fait effacer sa demande. N’appelez plus.'],
    ['NEW', '+32 4•• •• •• 56', null, 'Votre réservation est terminée : la demande est de retour dans la file.'],
    ['CLAIMED', '+32 4•• •• •• 56', { id: 'm2', name: 'Béatrice' }, 'Béatrice a repris cette demande.'],
  ] as const)(
    'it ends by itself (%s, %s, %o): told plainly, the number is gone, what was not saved is there',
    async (status, maskedPhone, holder, words) => {
      await start()
      await call()
      await click('Afficher le numéro')
      on.server.answers.DeskNote = () => Promise.reject(new StaffFailed('failed'))
      await type('#note', 'Pas perdu')
      on.server.found = makeCall('aaa', { status, maskedPhone, holder, mine: false })
      on.server.call = undefined
      await hear()
      await expect.poll(title).toBe(words)
      expect(on.at()?.id).toBe('call-title')
      expect(inside(on.element, '#number')).toBeUndefined()
      expect(text(on.element, '.lost blockquote')).toBe('Pas perdu')
      await click('Retour à la file')
      expect(on.at()?.id).toBe('next')
    },
  )

  test('after a lease that ended it can be taken again', async () => {
    await start()
    await call()
    on.server.found = makeCall('aaa', { status: 'NEW', holder: null, mine: false })
    on.server.call = undefined
    await hear()
    await expect.poll(title).toContain('Votre réservation est terminée')
    await click('La reprendre')
    expect(on.server.of('DeskClaim')[0]?.variables).toEqual({ id: 'aaa' })
    expect(title()).toBe('Appel · Alimentation')
  })
})

describe('the clock', () => {
  const minutes = (count: number) => Date.now() + count * 60_000

  test('keeps the call each minute while the agent is there, and no longer when she has gone', async () => {
    await start()
    await call()
    on.element.tick(minutes(0.5))
    expect(on.server.of('DeskKeep').length).toBe(0)
    on.element.tick(minutes(1.1))
    on.element.tick(minutes(1.2))
    await settle(on.element)
    expect(on.server.of('DeskKeep').length).toBe(1)
    on.element.tick(minutes(6))
    await settle(on.element)
    expect(on.server.of('DeskKeep').length).toBe(1)
  })

  test('warns before the lease ends, and a press keeps it', async () => {
    await start()
    await call()
    on.element.tick(minutes(12.5))
    await settle(on.element)
    expect(text(on.element, '.bands')).toContain('retourne dans la file dans 3 minutes')
    await click('Je suis toujours là')
    expect(on.server.of('DeskKeep').length).toBe(1)
    expect(text(on.element, '.bands')).not.toContain('retourne dans la file')
  })

  test('warns before the session ends for want of doing something, and before it ends whatever is done', async () => {
    await start()
    on.element.tick(minutes(27))
    await settle(on.element)
    expect(text(on.element, '.bands')).toContain('Votre session se termine à 10:30.')
    expect(button(on.element, 'Je suis toujours là')).toBeDefined()
    await click('Je suis toujours là')
    expect([on.server.of('DeskStay').length, on.server.of('DeskKeep').length], 'there is no call to keep').toEqual([1, 0])
    on.server.session = { endsAt: '2026-11-23T09:29:00.000Z', idleAt: '2026-11-23T09:57:00.000Z' }
    await on.element.refresh()
    on.element.tick(minutes(27))
    await settle(on.element)
    expect(text(on.element, '.bands')).toContain('8 heures se termine à 10:29')
    expect(button(on.element, 'Je suis toujours là')).toBeUndefined()
  })
})

test('an answer that was read before something was done does not undo it', async () => {
  await start()
  const old = {
    viewer: on.server.session,
    deskNumbers: null,
    callbackRequests: { totalCount: 1, edges: [{ node: makeRow('x') }] },
    myCall: null,
  }
  const go = held('DeskNow', old)
  const reading = on.element.refresh()
  delete on.server.answers.DeskNow
  await call()
  go()
  await reading
  expect(title()).toBe('Appel · Alimentation')
})

describe('a call that was not taken here', () => {
  test('is announced, has the focus, and nothing of the one before', async () => {
    await start()
    await type('#words', 'loyer')
    await click('Chercher')
    expect(all(on.element, '.matches li').length).toBeGreaterThan(0)
    on.server.call = makeCall('bbb', { need: null, postalCode: '4500', communes: [] })
    await hear()
    await expect.poll(said).toBe('Un appel est à vous : il vous a été confié, ou pris dans un autre onglet.')
    expect(on.at()?.id).toBe('call-title')
    expect((inside(on.element, '#words') as HTMLInputElement).value).toBe('')
    expect((inside(on.element, '#place') as HTMLInputElement).value).toBe('4500')
    expect(all(on.element, '.matches li')).toEqual([])
  })

  test.each(['ended', 'lost'])('nor does what was found stay once it is %s', async (how) => {
    await start()
    await call()
    await choose('.matches button')
    if (how === 'ended') await click('Rendre sans résultat')
    else {
      on.server.found = makeCall('aaa', { status: 'CLAIMED', holder: { id: 'm2', name: 'Béatrice' }, mine: false })
      on.server.call = undefined
      await hear()
    }
    await expect.poll(() => all(on.element, '.matches li')).toEqual([])
    expect(on.element.help.picked).toEqual([])
  })
})

test('once the session is over the number and her words are gone from the screen, and what was typed is there', async () => {
  on.server.call = makeCall('aaa', {
    notes: [{ id: 'n', at: '2026-11-23T08:58:00.000Z', text: 'Elle a peur.', member: { id: 'me', name: 'Ada' } }],
  })
  await start()
  await click('Afficher le numéro')
  on.server.answers.DeskNote = () => Promise.reject(new StaffFailed('signedOut'))
  await type('#note', 'Pas perdu')
  on.server.viewer = null
  await hear()
  await expect.poll(() => text(on.element, '.bands')).toContain('Votre session est terminée')
  const screen = text(on.element, '.column.call')
  for (const words of ['470', 'Marie Lambert', 'frigo', 'mon fils', 'Elle a peur']) expect(screen).not.toContain(words)
  expect(on.element.contact).toBeUndefined()
  expect(field().value).toBe('Pas perdu')
  expect(button(on.element, 'Copier la note')).toBeDefined()
})
