import { beforeEach, describe, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { all, inside, settle, shown, text } from '../shared/testing/fixture.ts'
import { StaffFailed } from '../shared/staff.ts'
import { agreement, makeCall, preview } from './testing/made.ts'
import { usePage } from './testing/page.ts'

const on = usePage()
const { choose, click, start, type } = on
const said = () => text(on.element, '.said')
const plain = (one?: Element | null) => one?.textContent?.replace(/\s+/g, ' ').trim()

beforeEach(() => {
  on.server.call = makeCall('aaa', { status: 'REACHED' })
})

/** Fills the panel in, up to looking at it. */
async function prepared() {
  await start()
  await click('Confier à un partenaire')
  await choose('[value=rwlp]')
  await type('#object', 'Trouver un colis alimentaire.')
  await choose('[value=SPOKEN]')
  await choose('[name=anyone][value=yes]')
}
const looked = async () => {
  await prepared()
  await click('Voir ce que le partenaire recevra')
}
const input = {
  partner: 'rwlp',
  object: 'Trouver un colis alimentaire.',
  shares: [],
  agreement: { way: 'SPOKEN', version: '2026-11-22', language: 'FR', anyone: true },
}

describe('to whom', () => {
  test('only once she was spoken with', async () => {
    on.server.call = makeCall('aaa')
    await start()
    expect(inside(on.element, '.handing')).toBeUndefined()
  })

  test('what fits comes first, each with its reasons; the others below, with why not', async () => {
    await start()
    await click('Confier à un partenaire')
    expect(on.at()?.id).toBe('handing-title')
    expect(on.server.of('DeskOffers')[0]?.variables).toEqual({ callback: 'aaa' })
    expect(all(on.element, '.hand > fieldset > .offers .offer').map(plain)).toEqual([
      'Réseau wallon de lutte contre la pauvreté ✓ Prend de nouveaux dossiers. ✓ Dossiers en cours : 3 sur 40.',
      'Caritas ✓ Prend de nouveaux dossiers.',
    ])
    expect(inside(on.element, '.hand details')?.hasAttribute('open')).toBe(false)
    expect(text(on.element, '.hand details')).toBe(
      '1 autre partenaire, et pourquoi pas Maison de l’Est ✕ Ne travaille pas là où vit la personne : Liège. ✓ Prend de nouveaux dossiers.',
    )
    expect(
      all(on.element, '.hand input').filter((one) => (one as HTMLInputElement).checked),
      'nothing is chosen beforehand',
    ).toEqual([])
  })

  test('who does not fit may be chosen, and why not stands beside the choice', async () => {
    await start()
    await click('Confier à un partenaire')
    await choose('.hand summary')
    await choose('[value=maison]')
    expect(text(on.element, '.hand fieldset > .warm')).toBe(
      'Ce partenaire ne correspond pas tout à fait : Ne travaille pas là où vit la personne : Liège.',
    )
    await choose('[value=caritas]')
    expect(inside(on.element, '.hand fieldset > .warm')).toBeUndefined()
  })

  test('nobody there, and nobody read: both are told', async () => {
    on.server.answers.DeskOffers = () => Promise.reject(new StaffFailed('unreachable'))
    await start()
    await click('Confier à un partenaire')
    expect(said()).toContain('Le serveur ne répond pas')
    on.server.answers.DeskOffers = () => ({ offers: [] })
    await click('Réessayer')
    expect(text(on.element, '.hand .empty')).toBe('Aucun partenaire n’est enregistré ici.')
  })

  test('who had it before is there, and why it came back', async () => {
    const base = {
      id: 'c0',
      number: 'C00-7XM',
      requestedAt: '2026-11-20T09:00:00.000Z',
      failReason: null,
      cancelReason: null,
      partner: preview.partner,
    }
    const back = { ...base, state: 'REJECTED' as const, endedAt: '2026-11-23T08:00:00.000Z', rejectReason: 'NO_CAPACITY' as const }
    on.server.call = makeCall('aaa', { escalations: [{ ...back, steps: [{ version: 2, note: 'Plus de place avant janvier.' }] }] })
    await start()
    expect(text(on.element, '.handing .before')).toBe(
      'Réseau wallon de lutte contre la pauvreté · C00-7XM · 09:00 · Refusé : Plus de place Plus de place avant janvier.',
    )
  })
})

describe('the agreement', () => {
  test('is read in her language, and names the partner; another language, another partner: another text', async () => {
    on.server.call = makeCall('aaa', { status: 'REACHED', language: 'DE' })
    await start()
    await click('Confier à un partenaire')
    expect(text(on.element, '.agreement')).toContain('Choisissez d’abord un partenaire')
    await choose('[value=rwlp]')
    const aloud = () => all(on.element, '.aloud').map((one) => [one.lang, plain(one)])
    expect(aloud()[0]).toEqual(['de', 'DE rwlp Êtes-vous d’accord ?'])
    await userEvent.selectOptions(inside(on.element, '#agreement-language') as HTMLElement, 'NL')
    await settle(on.element)
    expect(aloud()[0]).toEqual(['nl', 'NL rwlp Êtes-vous d’accord ?'])
    await choose('[value=caritas]')
    expect(aloud()[0]).toEqual(['nl', 'NL caritas Êtes-vous d’accord ?'])
  })

  test('names what goes along, and is asked for again when that changes', async () => {
    await prepared()
    const aloud = () => all(on.element, '.aloud').map(plain)[0]
    expect(aloud()).toBe('FR rwlp Êtes-vous d’accord ?')
    await choose('[name=share][value=NAME]')
    expect(aloud()).toBe('FR rwlp NAME Êtes-vous d’accord ?')
    expect(text(on.element, '.agreement .warm')).toBe('Le texte a changé : lisez-le de nouveau, et demandez-lui de nouveau.')
    await click('Voir ce que le partenaire recevra')
    expect(all(on.element, '.hand .wrong').map(plain)).toEqual(['Dites comment elle a donné son accord. Sans accord, rien ne part.'])
    await choose('[value=SPOKEN]')
    await click('Voir ce que le partenaire recevra')
    expect(on.server.of('DeskPreview')[0]?.variables.input).toMatchObject({
      shares: ['NAME'],
      agreement: { way: 'SPOKEN', version: '2026-11-22+NAME' },
    })
  })

  test('to another text than the one that is shown is never sent', async () => {
    await prepared()
    const asked: (() => void)[] = []
    on.server.answers.DeskAgreement = ({ shares }) =>
      new Promise((resolve) => asked.push(() => resolve({ text: agreement('rwlp', 'FR', shares as string[]) })))
    await choose('[name=share][value=NAME]')
    await choose('[name=share][value=PLACE]')
    // The answers come the other way round.
    asked[1]?.()
    asked[0]?.()
    await settle(on.element)
    expect(text(on.element, '.aloud')).toBe('FR rwlp NAME PLACE Êtes-vous d’accord ?')
  })

  test('without it nothing is shown, let alone sent: what is missing is told where it is missing', async () => {
    await start()
    await click('Confier à un partenaire')
    await click('Voir ce que le partenaire recevra')
    expect(on.at()?.id).toBe('partners-title')
    expect(all(on.element, '.hand .wrong').map(plain)).toEqual([
      'Choisissez un partenaire.',
      'Écrivez ce que le partenaire doit faire.',
      'Dites comment elle a donné son accord. Sans accord, rien ne part.',
      'Choisissez oui ou non.',
    ])
    await choose('[value=rwlp]')
    await type('#object', 'x')
    await click('Voir ce que le partenaire recevra')
    expect((on.at() as HTMLInputElement).name).toBe('way')
    expect(all(on.element, '.hand .wrong').length).toBe(2)
    expect(on.server.of('DeskPreview')).toEqual([])
  })
})

describe('what goes along', () => {
  test('nothing that is not ticked, and nothing that she never gave is offered', async () => {
    on.server.call = makeCall('aaa', { status: 'REACHED', words: null })
    await start()
    await click('Afficher le numéro')
    await click('Confier à un partenaire')
    const shares = all(on.element, '[name=share]') as HTMLInputElement[]
    expect(shares.map(({ value, checked }) => [value, checked])).toEqual([
      ['NAME', false],
      ['PLACE', false],
    ])
  })

  test('the object says what belongs there and how much room is left', async () => {
    await start()
    await click('Confier à un partenaire')
    expect(text(on.element, '#object-hint')).toContain('Pas de confidences')
    await type('#object', 'Dix lettres')
    expect(text(on.element, '#object-left')).toBe('Encore 989 caractères')
  })
})

describe('what the partner will see', () => {
  test('is shown word by word before anything is sent, and only then it can be sent', async () => {
    await looked()
    expect(on.at()?.id).toBe('preview-title')
    expect(on.server.of('DeskPreview')[0]?.variables).toEqual({ id: 'aaa', input })
    const seen = text(on.element, '.preview')
    for (const words of [
      'Trouver un colis alimentaire.',
      '+32 4•• •• •• 56',
      'Ne dites pas qui appelle',
      'Pas après 16 h',
      'Vos notes, et tout le reste',
      'Lisez-lui ces lignes avant d’envoyer',
    ])
      expect(seen).toContain(words)
    expect(seen).not.toContain('Son nom')
    expect(inside(on.element, '.preview .warm')).toBeUndefined()
    expect(on.server.of('DeskEscalate')).toEqual([])
    await click('Envoyer à Réseau')
    expect(on.server.of('DeskEscalate')[0]?.variables).toEqual({ id: 'aaa', input })
    expect(said()).toBe('Demande confiée à Réseau wallon de lutte contre la pauvreté.')
    expect(on.at()?.id).toBe('next')
  })

  test('numbers that were taken out of it are told', async () => {
    on.server.answers.DeskPreview = () => ({ preview: { ...preview, object: 'Son numéro est •••' } })
    await looked()
    expect(text(on.element, '.preview .warm')).toContain('Un numéro national ou de compte a été retiré')
  })

  test('whoever changes something looks again', async () => {
    await looked()
    await choose('[name=share][value=PLACE]')
    expect(inside(on.element, '.preview')).toBeUndefined()
    await choose('[value=SPOKEN]')
    await click('Voir ce que le partenaire recevra')
    expect(on.server.of('DeskPreview')[1]?.variables.input?.shares).toEqual(['PLACE'])
  })

  test('what was changed while it was asked for is not shown', async () => {
    await prepared()
    let go = () => {}
    on.server.answers.DeskPreview = () => new Promise((resolve) => (go = () => resolve({ preview })))
    await click('Voir ce que le partenaire recevra')
    await choose('[name=anyone][value=no]')
    go()
    await settle(on.element)
    expect(inside(on.element, '.preview')).toBeUndefined()
  })
})

describe('sending', () => {
  test('a double click sends once', async () => {
    await looked()
    let go = () => {}
    on.server.answers.DeskEscalate = () =>
      new Promise((resolve) => (go = () => resolve({ result: { __typename: 'Escalation', id: 'c1', partner: preview.partner } })))
    await userEvent.dblClick(inside(on.element, '#send-case') as HTMLElement)
    expect(on.server.of('DeskEscalate').length).toBe(1)
    on.server.call = undefined
    go()
    await expect.poll(said).toContain('Demande confiée')
  })

  test('the network fails: all is still there, and the same is sent again', async () => {
    await looked()
    on.server.answers.DeskEscalate = () => Promise.reject(new StaffFailed('unreachable'))
    await click('Envoyer à Réseau')
    expect(said()).toContain('Le serveur ne répond pas')
    expect((inside(on.element, '#object') as HTMLTextAreaElement).value).toBe('Trouver un colis alimentaire.')
    delete on.server.answers.DeskEscalate
    await click('Envoyer à Réseau')
    const [first, second] = on.server.of('DeskEscalate')
    expect(second?.variables).toEqual(first?.variables)
    expect(said()).toContain('Demande confiée')
  })

  test('only the answer was lost: it is told that it was sent', async () => {
    await looked()
    on.server.answers.DeskEscalate = () => {
      on.server.call = undefined
      on.server.found = makeCall('aaa', { status: 'ESCALATED', mine: false, holder: null })
      return Promise.reject(new StaffFailed('unreachable'))
    }
    await click('Envoyer à Réseau')
    await expect.poll(() => text(on.element, '#call-title')).toBe('Cette demande est confiée à un partenaire : l’envoi a bien eu lieu.')
  })

  test('the partner is full by now: told, the offers are read again, and nothing that was written is lost', async () => {
    await looked()
    on.server.answers.DeskEscalate = () => ({
      result: { __typename: 'Conflict', code: 'partner_full', message: 'Ce partenaire ne prend pas de nouveau dossier.', holderName: null },
    })
    await click('Envoyer à Réseau')
    await expect.poll(() => on.server.of('DeskOffers').length).toBe(2)
    expect(said()).toBe('Ce partenaire ne prend pas de nouveau dossier.')
    expect(on.at()?.id).toBe('partners-title')
    expect((inside(on.element, '#object') as HTMLTextAreaElement).value).toBe('Trouver un colis alimentaire.')
    expect((inside(on.element, '[value=SPOKEN]') as HTMLInputElement).checked).toBe(true)
  })

  test('the server’s own words where it refuses to show it', async () => {
    await prepared()
    on.server.answers.DeskPreview = () => Promise.reject(new StaffFailed('failed', 'Vous ne vous occupez pas de cette demande.'))
    await click('Voir ce que le partenaire recevra')
    expect(said()).toBe('Vous ne vous occupez pas de cette demande.')
  })
})

test('closed and opened again it is as it was; of another call nothing is left', async () => {
  await prepared()
  await click('Fermer sans envoyer')
  expect(on.at()?.id).toBe('hand-over')
  await click('Confier à un partenaire')
  expect((inside(on.element, '#object') as HTMLTextAreaElement).value).toBe('Trouver un colis alimentaire.')
  await choose('#close [value=RESOLVED]')
  on.server.call = undefined
  await click('Terminer la demande')
  on.server.answers.DeskClaimNext = () => {
    on.server.call = makeCall('bbb', { status: 'REACHED' })
    return { result: { __typename: 'CallbackRequest', ...on.server.call } }
  }
  await on.call()
  await click('Confier à un partenaire')
  expect((inside(on.element, '#object') as HTMLTextAreaElement).value).toBe('')
  expect(shown(inside(on.element, '.preview'))).toBe(false)
})

test('a call that is lost keeps what was written for the partner', async () => {
  await prepared()
  on.server.found = makeCall('aaa', { status: 'CANCELLED', mine: false })
  on.server.call = undefined
  await on.hear()
  await expect.poll(() => text(on.element, '.lost blockquote')).toBe('Trouver un colis alimentaire.')
})
