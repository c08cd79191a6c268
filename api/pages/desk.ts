import { hasRole, type Viewer } from '../access/rules/viewer.ts'
import type { LanguageCode } from '../db/generated/enums.ts'
import { askedOf, frame } from './frame.ts'
import { html } from './html.ts'

const DESK_PATH = '/desk'
const PARTNER_PATH = '/partner'
const SCRIPT = '/widgets/v1/passerelle-desk.js'

/** The pages around the desk's element: the desk itself, and the one for the case workers of partners. */
export const isDeskPage = (path: string): boolean => path === DESK_PATH || path === PARTNER_PATH

const WORDS: Record<LanguageCode, { title: string; waiting: string; partnerTitle: string; partnerWaiting: string }> = {
  FR: {
    title: 'Poste d’appel',
    waiting: 'Le poste d’appel s’ouvre. Il lui faut JavaScript.',
    partnerTitle: 'Dossiers confiés',
    partnerWaiting: 'Vos dossiers s’ouvrent. Il leur faut JavaScript.',
  },
  DE: {
    title: 'Anrufplatz',
    waiting: 'Der Anrufplatz öffnet sich. Er braucht JavaScript.',
    partnerTitle: 'Anvertraute Fälle',
    partnerWaiting: 'Ihre Fälle werden geöffnet. Dazu braucht es JavaScript.',
  },
  NL: {
    title: 'Belpost',
    waiting: 'De belpost gaat open. Hij heeft JavaScript nodig.',
    partnerTitle: 'Toevertrouwde dossiers',
    partnerWaiting: 'Uw dossiers gaan open. Daarvoor is JavaScript nodig.',
  },
  EN: {
    title: 'Call desk',
    waiting: 'The call desk is opening. It needs JavaScript.',
    partnerTitle: 'Cases handed to us',
    partnerWaiting: 'Your cases are opening. They need JavaScript.',
  },
}

/**
 * `/desk` and `/partner`: the page around the desk's element, for whoever has signed in; others are led to where one does, and a member who works
 * on the other of the two pages to that one. It shows nothing of anybody, so a
 * cookie counts however she came, as on the pages for signing in: from a provider, or by a link in a mail. What the element asks for
 * is asked for by our own page.
 */
export function deskPage(request: Request, viewer: Viewer | null): Response {
  const { pathname } = new URL(request.url)
  const { language, lead } = askedOf(request)
  if (viewer === null) return lead(`/sign-in?next=${encodeURIComponent(pathname)}`)
  const isPartner = pathname === PARTNER_PATH
  const calls = hasRole(viewer, ['AGENT', 'SUPERVISOR'])
  const takesOver = hasRole(viewer, ['PARTNER'])
  if (isPartner ? !takesOver && calls : takesOver && !calls) return lead(isPartner ? DESK_PATH : PARTNER_PATH)
  const { title, waiting, partnerTitle, partnerWaiting } = WORDS[language]
  return frame(request, language, {
    title: isPartner ? partnerTitle : title,
    script: SCRIPT,
    main: html`<passerelle-desk${isPartner && html` partner`}><p>${isPartner ? partnerWaiting : waiting}</p></passerelle-desk>`,
  })
}
