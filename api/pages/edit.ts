import { hasRole, type Viewer } from '../access/rules/viewer.ts'
import type { LanguageCode } from '../db/generated/enums.ts'
import { askedOf, frame } from './frame.ts'
import { html } from './html.ts'

const EDIT_PATH = '/edit'
const PREVIEW = /^\/edit\/preview\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i
const SCRIPTS = '/widgets/v1'

/** The editors' workshop, and what a draft looks like to the public. */
export const isEditPage = (path: string): boolean => path === EDIT_PATH || PREVIEW.test(path)

const WORDS: Record<LanguageCode, { title: string; waiting: string; preview: string; previewWaiting: string }> = {
  FR: {
    title: 'Atelier',
    waiting: 'L’atelier s’ouvre. Il lui faut JavaScript.',
    preview: 'Aperçu',
    previewWaiting: 'L’aperçu se prépare.',
  },
  DE: {
    title: 'Werkstatt',
    waiting: 'Die Werkstatt öffnet sich. Sie braucht JavaScript.',
    preview: 'Vorschau',
    previewWaiting: 'Die Vorschau wird vorbereitet.',
  },
  NL: {
    title: 'Werkplaats',
    waiting: 'De werkplaats gaat open. Ze heeft JavaScript nodig.',
    preview: 'Voorbeeld',
    previewWaiting: 'Het voorbeeld wordt voorbereid.',
  },
  EN: {
    title: 'Workshop',
    waiting: 'The workshop is opening. It needs JavaScript.',
    preview: 'Preview',
    previewWaiting: 'The preview is being prepared.',
  },
}

/**
 * `/edit`: the page around the workshop's element, for whoever has signed in; `/edit/preview/<id>`: the public's own finder in a frame of it, which
 * asks for the directory with that record's draft. Neither shows anything by itself: what the elements ask for is answered to editors only.
 */
export function editPage(request: Request, viewer: Viewer | null): Response {
  const { pathname, search } = new URL(request.url)
  const { language, lead } = askedOf(request)
  const words = WORDS[language]
  const [, record] = PREVIEW.exec(pathname) ?? []
  if (viewer === null) return lead(`/sign-in?next=${encodeURIComponent(record === undefined ? EDIT_PATH + search : EDIT_PATH)}`)
  if (record === undefined)
    return frame(request, language, {
      title: words.title,
      script: `${SCRIPTS}/passerelle-workshop.js`,
      main: html`<passerelle-workshop><p>${words.waiting}</p></passerelle-workshop>`,
      frames: "'self'",
    })
  if (!hasRole(viewer, ['EDITOR'])) return lead(EDIT_PATH)
  return frame(request, language, {
    title: words.preview,
    // The first makes the second ask for the draft.
    script: [`${SCRIPTS}/preview.js`, `${SCRIPTS}/passerelle-finder.js`],
    main: html`<p id="waiting" role="status">${words.previewWaiting}</p>`,
    ancestors: "'self'",
  })
}
