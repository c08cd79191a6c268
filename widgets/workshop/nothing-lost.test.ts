import { describe, expect, test, vi } from 'vitest'
import { inside, settle, text } from '../shared/testing/fixture.ts'
import { StaffFailed } from '../shared/staff.ts'
import { makeRecord, service, viewer } from './testing/made.ts'
import { usePage } from './testing/page.ts'

/** What an editor typed is saved, or where she finds it: whatever the network, the server, the session and other people do meanwhile. */
const on = usePage()
const { click, fill, texts } = on
const NAME = '#f-texts-fr-name'
const said = () => text(on.element, '.said')
const bar = () => text(on.element, '.bar .hint')
const value = (selector: string) => (inside(on.element, selector) as HTMLInputElement | undefined)?.value
const inputs = (operation = 'WorkshopSaveService') => on.server.of(operation).map(({ variables }) => variables.input as any)
const nameSent = (input: any) => input.content.texts[0].name
const fail = (kind: 'offline' | 'unreachable' | 'signedOut') => () => {
  throw new StaffFailed(kind)
}

/** The server answers once it is let. */
function held(operation: string): () => Promise<void> {
  const send = on.element.sender
  let go = () => {}
  const until = new Promise<void>((resolve) => {
    go = resolve
  })
  on.element.sender = (async (document: never, variables: never, options: never) => {
    if (new RegExp(`\\b${operation}\\b`).test(String(document))) await until
    return send(document, variables, options)
  }) as never
  return async () => {
    go()
    await expect.poll(() => on.server.of(operation)).toHaveLength(1)
    await settle(on.element)
    await settle(on.element)
  }
}

/** The server does it, and its answer does not come. */
function loseAnswer(operation: string): void {
  const send = on.server.send
  on.element.sender = (async (document: never, variables: never, options: never) => {
    const answer = await send(document, variables, options)
    if (!new RegExp(`\\b${operation}\\b`).test(String(document))) return answer
    on.element.sender = send as never
    throw new StaffFailed('unreachable')
  }) as never
}

/** Minutes pass while it works. */
async function quickly(work: (pass: (ms: number) => Promise<unknown>) => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    await work((ms) => vi.advanceTimersByTimeAsync(ms))
  } finally {
    vi.useRealTimers()
  }
}
function type(words: string): void {
  const field = inside(on.element, NAME) as HTMLInputElement
  field.value = words
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
}

describe('typed while something is on its way', () => {
  test('publishing: it stays in the form and is not taken for published', async () => {
    await on.start('a')
    await fill(NAME, 'Colis')
    const answered = held('WorkshopPublish')
    await click('Publier')
    await fill('#f-texts-fr-description', 'Tapé pendant')
    await answered()
    expect(said()).toBe('Publié. Le public voit cette version.')
    expect([value(NAME), value('#f-texts-fr-description')]).toEqual(['Colis', 'Tapé pendant'])
    expect(bar()).toBe('Pas encore enregistré')
    await click('Enregistrer le brouillon')
    expect(inputs().at(-1).content.texts[0]).toMatchObject({ name: 'Colis', description: 'Tapé pendant' })
    expect(inputs().at(-1).version, 'of the published one').toBe(3)
  })

  test('the saving before a publishing: what was saved is published', async () => {
    await on.start('a')
    await fill(NAME, 'Colis')
    const answered = held('WorkshopSaveService')
    await click('Publier')
    await fill('#f-texts-fr-description', 'Tapé pendant')
    await answered()
    await expect.poll(said).toBe('Publié. Le public voit cette version.')
    expect(inputs('WorkshopPublish')).toEqual([{ id: 'a', version: 2 }])
    expect(value('#f-texts-fr-description')).toBe('Tapé pendant')
  })
})

test('before another version is taken up again, what was typed becomes one', async () => {
  await on.start('a')
  await fill(NAME, 'Pas encore enregistré')
  await click('Versions')
  await click('Reprendre cette version')
  expect(inputs().map(nameSent)).toEqual(['Pas encore enregistré'])
  expect(inputs('WorkshopRevert')).toEqual([{ id: 'a', version: 2, to: 2 }])
})

describe('a server that does not answer', () => {
  test('what was sent is sent again as it was, so that nobody meets a conflict with herself', async () => {
    await on.start('a')
    loseAnswer('WorkshopSaveService')
    await fill(NAME, 'Un')
    await click('Enregistrer le brouillon')
    expect(said()).toContain('Le serveur ne répond pas')
    on.server.answers.WorkshopSaveService = ({ input }: any) => {
      delete on.server.answers.WorkshopSaveService
      // As the server does it: the same change of the same version twice is one.
      expect([input.version, nameSent(input)]).toEqual([1, 'Un'])
      return { result: { __typename: 'ContentRecord', ...on.server.record('a') } }
    }
    await fill(NAME, 'Un et deux')
    await click('Enregistrer le brouillon')
    expect(inputs().map(({ version, ...input }) => [version, nameSent(input)])).toEqual([
      [1, 'Un'],
      [1, 'Un'],
      [2, 'Un et deux'],
    ])
    expect(bar()).toContain('Brouillon enregistré')
    expect(said(), 'what was told of before is over').toBe('')
  })

  test('the same after a reload', async () => {
    await on.start('a')
    loseAnswer('WorkshopSaveService')
    await fill(NAME, 'Un')
    await click('Enregistrer le brouillon')
    await fill(NAME, 'Un et deux')
    on.server.answers.WorkshopSaveService = () => {
      delete on.server.answers.WorkshopSaveService
      return { result: { __typename: 'ContentRecord', ...on.server.record('a') } }
    }
    await on.reload('a')
    await expect.poll(bar).toContain('Brouillon enregistré')
    expect(value(NAME)).toBe('Un et deux')
    expect(inputs().slice(1).map(nameSent)).toEqual(['Un', 'Un et deux'])
    expect(sessionStorage.length).toBe(0)
  })

  test('is asked again by itself', () =>
    quickly(async (pass) => {
      const starting = on.start('a')
      await pass(50)
      await starting
      on.server.answers.WorkshopSaveService = fail('unreachable')
      type('Un')
      await pass(5_100)
      expect(inputs()).toHaveLength(1)
      delete on.server.answers.WorkshopSaveService
      await pass(15_100)
      expect(inputs()).toHaveLength(2)
      expect(bar()).toContain('Brouillon enregistré')
    }))
})

describe('without a network', () => {
  test('what was left unsaved is saved when it is back, and until then the list says where it is', async () => {
    await on.start('a')
    on.server.answers.WorkshopSaveService = fail('offline')
    await fill(NAME, 'Hors ligne')
    await click('Enregistrer le brouillon')
    inside(on.element, '.back')?.click()
    await expect.poll(() => texts('.unsaved a')).toEqual(['Hors ligne'])
    delete on.server.answers.WorkshopSaveService
    dispatchEvent(new Event('online'))
    await expect.poll(() => inputs().at(-1)).toMatchObject({ id: 'a', version: 1 })
    await expect.poll(() => texts('.unsaved a')).toEqual([])
    expect(sessionStorage.length).toBe(0)
  })

  test('a list that does not come is told', async () => {
    await on.start('a')
    on.server.answers.WorkshopList = fail('unreachable')
    inside(on.element, '.back')?.click()
    await expect.poll(said).toContain('Le serveur ne répond pas')
  })

  test('what the server refused stays findable as well, and the page asks before it is closed', async () => {
    await on.start('a')
    on.server.answers.WorkshopSaveService = () => ({
      result: {
        __typename: 'InvalidInput',
        message: 'Non.',
        problems: [{ path: ['input', 'content', 'email'], code: 'x', message: 'Non.' }],
      },
    })
    await fill(NAME, 'Un')
    inside(on.element, '.back')?.click()
    await expect.poll(() => texts('.unsaved a')).toEqual(['Un'])
    const leaving = new Event('beforeunload', { cancelable: true })
    dispatchEvent(leaving)
    expect(leaving.defaultPrevented).toBe(true)
  })

  test('a new record that was not saved is found from the list', async () => {
    await on.start('new-QUESTION')
    await fill('#f-texts-fr-question', 'Où dormir ?')
    await on.reload('')
    expect(texts('.unsaved a')).toEqual(['Où dormir ?'])
    inside(on.element, '.unsaved a')?.click()
    await expect.poll(() => value('#f-texts-fr-question')).toBe('Où dormir ?')
  })

  test('what was found again is saved by itself', async () => {
    await on.start('a')
    await fill(NAME, 'Un')
    await quickly(async (pass) => {
      const starting = on.reload('a')
      await pass(50)
      await starting
      await pass(5_100)
      expect(inputs().map(nameSent)).toEqual(['Un'])
    })
  })
})

describe('the session', () => {
  test('that ended: signing in leads back to the record in its language, and nothing asks whether to leave', async () => {
    await on.start('a')
    on.server.answers.WorkshopSaveService = fail('signedOut')
    await fill(NAME, 'Un')
    await click('Enregistrer le brouillon')
    const link = inside(on.element, '.band a') as HTMLAnchorElement
    const next = new URL(link.href).searchParams.get('next')
    expect(next).toBe(`${location.pathname}${location.search}#a`)
    link.addEventListener('click', (event) => event.preventDefault())
    link.click()
    const leaving = new Event('beforeunload', { cancelable: true })
    dispatchEvent(leaving)
    expect(leaving.defaultPrevented).toBe(false)
  })

  test('that is there again, from another tab: the band goes, and what waits is saved', async () => {
    await on.start('a')
    on.server.answers.WorkshopSaveService = fail('signedOut')
    await fill(NAME, 'Un')
    await click('Enregistrer le brouillon')
    expect(text(on.element, '.bands')).toContain('session')
    delete on.server.answers.WorkshopSaveService
    dispatchEvent(new Event('focus'))
    await expect.poll(bar).toContain('Brouillon enregistré')
    expect(text(on.element, '.bands')).toBe('')
    await click('Publier')
    expect(said()).toBe('Publié. Le public voit cette version.')
  })

  test.each(['signed in', 'signed out'])(
    'of somebody else, from another tab: her screen, and nothing is saved in her name (%s)',
    async (eva) => {
      await on.start('a')
      await fill(NAME, 'D’Eva')
      if (eva === 'signed out') {
        on.server.viewer = null
        dispatchEvent(new Event('focus'))
        await expect.poll(() => text(on.element, '.bands')).toContain('session')
      }
      on.server.viewer = { ...viewer, id: 'nora', name: 'Nora Jacquet' }
      dispatchEvent(new Event('focus'))
      await expect.poll(() => text(on.element, '.who')).toBe('Nora Jacquet')
      expect(value(NAME)).toBe('Colis alimentaires')
      expect(inputs()).toEqual([])
      on.server.viewer = viewer
      await on.reload('a')
      expect(value(NAME), 'Eva finds it').toBe('D’Eva')
    },
  )
})

describe('somebody else saves', () => {
  test('what does not touch hers is taken over, and told', async () => {
    await on.start('a')
    await fill(NAME, 'Le mien')
    on.server.changedByOther('a', { source: 'cpas.be' })
    await click('Enregistrer le brouillon')
    expect(said()).toBe('Nora Jacquet a modifié cette fiche entre-temps. Vos changements ne se touchent pas : les deux seront gardés.')
    expect(value(NAME)).toBe('Le mien')
    await click('Enregistrer le brouillon')
    expect(inputs().at(-1)).toMatchObject({ version: 2, content: { source: 'cpas.be', texts: [{ name: 'Le mien' }, {}] } })
  })

  test('who was faster may be herself, in another window', async () => {
    await on.start('a')
    await fill(NAME, 'Ici')
    on.server.changedByOther('a', { texts: [{ ...service.texts[0], name: 'Ailleurs' }, service.texts[1]] })
    on.server.records = on.server.records.map((one) => ({ ...one, changedBy: viewer.name }))
    await click('Enregistrer le brouillon')
    expect(text(on.element, '#clash-title')).toBe('Vous avez modifié cette fiche ailleurs entre-temps')
  })

  test('while she types: the form stays, and she looks at it when she likes', () =>
    quickly(async (pass) => {
      const starting = on.start('a')
      await pass(50)
      await starting
      type('Le mien')
      on.server.changedByOther('a', { texts: [{ ...service.texts[0], name: 'Le sien' }, service.texts[1]] })
      await pass(5_100)
      expect(value(NAME)).toBe('Le mien')
      type('Le mien, plus long')
      expect(text(on.element, '.band')).toContain('Nora Jacquet')
      inside(on.element, '.band button')?.click()
      await pass(50)
      expect(texts('.version')).toEqual(['Le mienLe mien, plus long', 'Le sienLe sien'])
      // Giving all up is asked once more.
      inside(on.element, '.clash > .actions .quiet')?.click()
      await pass(50)
      inside(on.element, '#asking .second')?.click()
      await pass(50)
      inside(on.element, '.clash > .actions button')?.click()
      await pass(5_100)
      expect(inputs().at(-1)).toMatchObject({ version: 2, content: { texts: [{ name: 'Le mien, plus long' }, {}] } })
    }))

  test('what was opened right after it was left is as it was saved', async () => {
    on.server.records = [makeRecord('a'), makeRecord('b')]
    await on.start('a')
    await fill(NAME, 'Un')
    const answered = held('WorkshopSaveService')
    location.hash = 'b'
    await expect.poll(() => on.element.editing?.record?.id).toBe('b')
    location.hash = 'a'
    await answered()
    await expect.poll(() => on.element.editing?.record?.version).toBe(2)
    expect(value(NAME)).toBe('Un')
    expect(said()).toBe('')
  })
})
