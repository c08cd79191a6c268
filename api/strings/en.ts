import type { Strings } from './fr.ts'
import { waitLabel } from './wait.ts'

const ages = (min: number | null, max: number | null): string =>
  min !== null && max !== null ? `aged ${min} to ${max}` : min !== null ? `aged ${min} or over` : `aged ${max} or under`

const holidays: Strings['holidays'] = {
  'new-year': 'New Year’s Day',
  'easter-monday': 'Easter Monday',
  'labour-day': 'Labour Day',
  ascension: 'Ascension Day',
  'whit-monday': 'Whit Monday',
  'national-day': 'National Day',
  assumption: 'Assumption Day',
  'all-saints': 'All Saints’ Day',
  armistice: 'Armistice Day',
  christmas: 'Christmas',
}

export const en: Strings = {
  problems: {
    required: () => 'This is needed.',
    too_long: ({ max }) => `This text is too long: ${max} characters at most.`,
    too_many: ({ max }) => `That is too much at once: ${max} choices at most.`,
    out_of_range: ({ min, max }) => `This must be between ${min} and ${max}.`,
    malformed: () => 'This does not have the expected form.',
    unknown: ({ value }) => `“${value}” does not exist.`,
    contradictory: () => 'This postal code and this commune do not go together.',
    one_only: () => 'Name a service or a question, not both.',
    phone_malformed: () => 'This phone number does not look right. Example: 0470 12 34 56.',
    phone_not_allowed: () => 'We cannot call this number back. Give a landline or mobile number of Belgium or a neighbouring country.',
    line_takes_no_callbacks: ({ number }) => `This line does not call back. Call ${number}.`,
    line_not_in_service: ({ number }) => `This line is not in service.${number ? ` Call ${number}.` : ''}`,
    slot_not_offered: () => 'This line does not offer that time.',
    email_malformed: () => 'This e-mail address does not look right. Example: ada@example.be.',
  },
  invalidInput: (count) => (count > 1 ? `${count} things need correcting.` : 'One thing needs correcting.'),
  conflicts: {
    idempotency_key_reused: 'This idempotency key was used before for another request.',
    in_progress: 'The same request is still being sent. Try again in a moment.',
    callback_under_way: 'Somebody is calling you now: the request can no longer be moved.',
    callback_over: 'This request is finished.',
  },
  notFound: 'No request has this reference and this number.',
  slotTaken: 'That time has just been taken. Here are others.',
  challengeRequired: (number) => `Many requests arrive at the moment. Your device must do a short calculation, or call ${number}.`,
  siteRefused: {
    UNKNOWN_SITE: 'The site key (header Passerelle-Site) is missing or does not exist.',
    ORIGIN_NOT_ALLOWED: 'This page may not use this site key.',
  },
  unavailable: 'The service is not available at the moment. Try again shortly: your request will not be stored twice.',
  tooManyRequests(minutes, number) {
    const wait = waitLabel(minutes, {
      minutes: (count) => (count > 1 ? `in ${count} minutes` : 'in a minute'),
      hours: (count) => `in ${count} hours`,
      tomorrow: 'tomorrow',
    })
    return `Too many sent in a short time. Try again ${wait}${number ? `, or call ${number}` : ''}.`
  },
  postRequired: 'This is personal data: send it with POST, never in an address.',
  demonstration: 'Demonstration content: check everything with the service itself.',
  hours: {
    time: (hour, minute) => (hour === 0 && minute === 0 ? 'midnight' : `${hour}:${String(minute).padStart(2, '0')}`),
    unknown: 'Opening hours not known',
    openAlways: 'Open day and night',
    openUntil: (time) => `Open until ${time}`,
    openUntilDay: (day, time) => `Open until ${day} at ${time}`,
    opensToday: (time) => `Opens today at ${time}`,
    opensTomorrow: (time) => `Opens tomorrow at ${time}`,
    opensOn: (day, time) => `Opens ${day} at ${time}`,
    closed: 'Closed',
    suspended: 'Temporarily closed',
    ended: 'No longer in service',
    closedOn: (holiday) => `Closed for ${holiday === 'national-day' ? 'the ' : ''}${holidays[holiday]}`,
    closedFor: (reason) => `Closed: ${reason}`,
    closedOnHolidays: 'Closed on legal holidays.',
    closedAlso: (days) => `Also closed: ${days}.`,
  },
  slots: {
    today: 'today',
    tomorrow: 'tomorrow',
    tonight: 'tonight',
    date: (weekday, day) => `${weekday} ${day}`,
    onDate: (date) => `on ${date}`,
    times: (from, to) => `${from} to ${to}`,
    between: (when, from, to) => `${when} between ${from} and ${to}`,
    before: (when, time) => `${when} before ${time}`,
  },
  notices: {
    asSoonAsPossible: 'as soon as possible',
    mail: {
      subject: (reference) => `Your reference ${reference}`,
      hello: 'Hello,',
      told: {
        requested: 'We have received your request.',
        rescheduled: 'The time of the call has changed.',
        cancelled: 'Your request is withdrawn. If you made another one for this number, it stays.',
      },
      reference: (reference) => `Your reference: ${reference}`,
      call: (when) => `We will call you ${when}.`,
      follow:
        'To follow your request, choose another time or withdraw it, go back to the website where you made it. You will need this reference and ' +
        'the phone number you gave.',
      notYou: 'You did not ask for anything? Then you need not do anything.',
      automatic: 'This message was sent automatically. Please do not reply: nobody would read your answer.',
    },
    sms: {
      requested: (reference, when) =>
        `Ref. ${reference}: we will call you ${when}. To withdraw: the website, with this reference and your number.`,
      rescheduled: (reference, when) =>
        `Ref. ${reference}, new time: we will call you ${when}. To withdraw: the website, with this reference and your number.`,
      cancelled: (reference) => `Ref. ${reference}: request withdrawn. If you made another one for this number, it stays.`,
    },
  },
  holidays,
  lineEnded: (instead) => `This line is no longer in service.${instead ? ` Call ${instead}.` : ''}`,
  freshness: {
    stale: (month) => `Last checked: ${month}. This may have changed: ask first.`,
    neverChecked: 'This has not been checked. It may have changed: ask first.',
    checkFailed: (date) => `Take care: on ${date} this service no longer answered as described here. Ask first.`,
  },
  reasons: {
    ageWithin: (min, max) => `Your age fits (${ages(min, max)}).`,
    ageOutside: (min, max) => `This service is only for people ${ages(min, max)}.`,
    ageUnknown: (min, max) => `Your age has to be known (${ages(min, max)}).`,
    audienceYes: (label) => `You are among those it is for: ${label}.`,
    audienceNo: (label) => `This service is for: ${label}.`,
    audienceUnknown: (label) => `It depends: this service is for: ${label}.`,
    madeFor: (areas) => `This service is made for: ${areas}. Ask whether it can help you.`,
    areaYes: (commune) => `This service covers ${commune ?? 'your commune'}.`,
    areaNo: (commune) => `This service does not cover ${commune ?? 'your commune'}.`,
    areaUnknown: (communes) => `It depends on the commune where you live${communes ? `: ${communes}` : ''}.`,
    languageYes: (language) => `You can be helped in your language (${language}).`,
    languageNo: (language) => `This service helps in one language only: ${language}.`,
    languageUnknown: (language) => `It depends on your language (${language}).`,
    condition: (text) => `One condition to check: ${text}.`,
    assessed: (text) => `The service decides: ${text}.`,
    not: {
      ageWithin: (min, max) => `Your age fits: this service is not for people ${ages(min, max)}.`,
      ageOutside: (min, max) => `This service is not for people ${ages(min, max)}.`,
      ageUnknown: (min, max) => `Your age has to be known: this service is not for people ${ages(min, max)}.`,
      audienceYes: (label) => `This service is not for these people, and you are not one of them: ${label}.`,
      audienceNo: (label) => `This service is not for: ${label}.`,
      audienceUnknown: (label) => `It depends: this service is not for: ${label}.`,
      languageYes: (language) => `This service is for people who do not speak this language: ${language}.`,
      languageNo: (language) => `This service is not for people who speak this language: ${language}.`,
      languageUnknown: (language) => `It depends: this service is not for people who speak this language: ${language}.`,
      condition: (text) => `To check: the service is not for you in this case: ${text}.`,
      assessed: (text) => `The service checks that this is not the case: ${text}.`,
    },
  },
  areas: {
    country: 'Belgium',
    regions: { wallonie: 'Wallonia', flandre: 'Flanders', bruxelles: 'Brussels-Capital Region' },
    provinces: {
      anvers: 'Province of Antwerp',
      'brabant-flamand': 'Province of Flemish Brabant',
      'brabant-wallon': 'Province of Walloon Brabant',
      'flandre-occidentale': 'Province of West Flanders',
      'flandre-orientale': 'Province of East Flanders',
      hainaut: 'Province of Hainaut',
      liege: 'Province of Liège',
      limbourg: 'Province of Limburg',
      luxembourg: 'Province of Luxembourg',
      namur: 'Province of Namur',
    },
  },
}
