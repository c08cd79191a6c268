import type { Texts } from './fr.ts'

export const edition: Texts['edition'] = 'source'

export const common: Texts['common'] = {
  loading: 'One moment…',
  optional: 'optional',
  emergency: 'Immediate danger? Call',
  exit: 'Leave this page quickly',
  exitHint: 'or press Shift three times',
  newTab: 'new tab',
  retry: 'Try again',
  offline: 'You are offline.',
  unreachable: 'The service does not answer.',
  limited: 'Too many requests: try again in a few minutes.',
  rejected: 'This site may not use the service.',
  failed: 'Something went wrong on our side.',
}

export const callback: Texts['callback'] = {
  title: 'Be called back, free of charge',
  intro: 'Leave a number: a person calls you back, without judging.',
  start: 'Ask for a call',
  follow: 'Follow my request',
  back: 'Back',

  problems: 'One thing to correct|{n} things to correct',
  missing: 'Please fill in: {field}',

  need: 'What is it about?',
  noNeed: 'I will say it on the phone',
  about: 'About:',
  line: 'Who should call you back?',

  safe: 'How can we reach you safely?',
  voicemail: 'You may leave a voice message',
  sms: 'You may send me a text message',
  sayWhoCalls: 'You may say who is calling',
  note: 'Anything to be careful about',
  noteHint: 'For example: not after 4 p.m.',

  phone: 'Your telephone number',
  phoneHint: 'For example 0470 12 34 56',
  name: 'Your name or first name',
  postalCode: 'Your postal code',
  postalCodeHint: '4 digits, where you live',
  language: 'Language of the call',
  message: 'Your message',
  messageHint: 'Without national number, account number or health details',

  when: '{line} calls you back as soon as possible, during opening hours.',
  notice:
    '{organization} uses these data only to call you back. This is a public task: your consent is not needed. ' +
    'You may ask to see, correct or erase them.',
  us: 'The organization you choose',

  send: 'Send my request',
  sending: 'Sending…',
  kept: 'What you wrote is still here.',

  done: 'Noted, we will call you back',
  reference: 'Your reference',
  keep: 'Keep it to follow your request.',
  notFormal: 'This is not a formal application for aid.',
  copy: 'Copy',
  copied: 'Copied',
  print: 'Print',

  safety: 'Your safety first: call',
  iAmSafe: 'I am safe, I would like to be called back',

  empty: 'No call can be arranged at the moment: please call.',

  see: 'See how it stands',
  notFound: 'No request has this reference and this number.',
  status: {
    NEW: 'Received: we will call you.',
    CLAIMED: 'Somebody is about to call you.',
    REACHED: 'We have spoken.',
    CLOSED: 'Finished.',
    ESCALATED: 'Handed to a partner, who will contact you.',
    UNREACHABLE: 'We could not reach you: please call us.',
    CANCELLED: 'Withdrawn.',
  },
  asked: 'Asked on {date}',
}

export const finder: Texts['finder'] = {
  title: 'Find help',
  intro: 'Choose a subject, or say it in your own words.',
  words: 'What are you looking for?',
  wordsHint: 'For example: electricity bill',
  commune: 'Where do you live?',
  communeHint: 'Commune or postal code',
  communeUnknown: 'We cannot find this commune: here is all the help.',
  which: 'Which commune?',
  search: 'Search',
  subjects: 'Or choose a subject',
  back: 'Search again',
  all: 'All',

  count: '{n} result|{n} results',
  more: 'Show more help',
  cpas: 'Your CPAS is probably',
  near: 'Near you',
  everywhere: 'Wherever you live',
  byPhone: 'By telephone',
  local: 'In some communes',
  questions: 'Questions and answers',
  urgent: 'Call first',

  details: 'Read more',
  conditions: 'For whom',
  how: 'How to ask',
  documents: 'What to bring',
  cost: 'Price',
  where: 'Address',
  route: 'See on a map',
  write: 'Write',
  site: 'Website',
  checked: 'Checked: {date}.',
  old: 'Older information ({date}): check by telephone.',
  undated: 'Information without a date: check by telephone.',
  source: 'Source:',

  unhelped: 'Not found?',
  unhelpedText: 'A person can search with you.',
  notThis: 'This does not help me: please call me back',
  callMe: 'Ask to be called back',
  callThem: 'You can call:',
  empty: 'We have found nothing',
  emptyText: 'Try another word or another subject.',
}
