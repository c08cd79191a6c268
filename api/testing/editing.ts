import type { TestApp } from './ask.ts'

/** What an editor's page asks of a record. */
export const RECORD = `
  id kind slug title state version publishedVersion language languages missing behind concerns changedAt changedBy mayEdit
  organization { slug }
  problems { path code message }`

const ANSWER = `
  __typename
  ... on ContentRecord { ${RECORD} }
  ... on UserError { message }
  ... on InvalidInput { problems { path code message } }
  ... on Conflict { code holderName changedAt changed { path label before after } }`

export type Headers = Record<string, string>

/** What editors do, as their page sends it; each answers the result of the mutation. */
export function editing({ ask }: Pick<TestApp, 'ask'>) {
  const mutate =
    (field: string, answer = ANSWER) =>
    async (input: object, headers: Headers): Promise<any> => {
      const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
      const { data, errors } = await ask(`mutation ($input: ${type}!) { ${field}(input: $input) { ${answer} } }`, { input }, headers)
      if (errors) throw new Error(errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join())
      return data[field]
    }
  return {
    saveService: mutate('saveService'),
    saveLine: mutate('saveLine'),
    saveQuestion: mutate('saveQuestion'),
    saveOrganization: mutate('saveOrganization'),
    saveLocation: mutate('saveLocation'),
    saveClosingDay: mutate('saveClosingDay'),
    publish: mutate('publishContent'),
    discard: mutate('discardDraft'),
    retire: mutate('retireContent'),
    bringBack: mutate('returnContent'),
    revert: mutate('revertContent'),
    confirm: mutate('confirmContent'),
    settle: mutate('settleCorrection', `__typename ... on ContentRecord { ${RECORD} }`),
    /** One record with more of it, as the query says. */
    async record(id: string, headers: Headers, more = ''): Promise<any> {
      const { data, errors } = await ask(`query ($id: ID!) { contentRecord(id: $id) { ${RECORD} ${more} } }`, { id }, headers)
      if (errors) throw new Error(errors.map(({ message }) => message).join())
      return data.contentRecord
    },
    async records(filter: object, headers: Headers, first = 100): Promise<any[]> {
      const query = `query ($filter: ContentFilter, $first: Int) {
        contentRecords(filter: $filter, first: $first) { totalCount edges { node { ${RECORD} } } } }`
      const { data, errors } = await ask(query, { filter, first }, headers)
      if (errors) throw new Error(errors.map(({ message }) => message).join())
      return data.contentRecords.edges.map(({ node }: any) => node)
    },
  }
}

/** The whole content of a service as a form has it: what is read is sent again. */
export const SERVICE_CONTENT = `content { ... on ServiceContent {
  language slug organization status url email minimumAge maximumAge virtual eligibility languages position checkFailedOn source assuredDate
  reviewedAt needs audiences locations areas { kind code }
  phones { number languages label { language text } }
  hours { days opens closes validFrom validTo openOnHolidays }
  exceptions { firstDay lastDay opens closes reason { language text } }
  capacities { unit available maximum updated }
  requiredDocuments { document { language text } }
  texts { language name description applicationProcess fees eligibility alert } } }`

export const LINE_CONTENT = `content { ... on LineContent {
  language slug number lineKind organization languages acceptsCallbacks callsPerHour slotNoticeMinutes slotDaysAhead position validFrom validTo
  fallback successor source assuredDate reviewedAt needs areas { kind code }
  hours { days opens closes validFrom validTo openOnHolidays }
  exceptions { firstDay lastDay opens closes reason { language text } }
  menu { key kind service transferTo partner validFrom validTo label { language text } }
  texts { language name description alert closingMessage script } } }`

export const QUESTION_CONTENT = `content { ... on QuestionContent {
  language slug organization urgency position source reviewedAt needs services related texts { language question answer } } }`

export const ORGANIZATION_CONTENT = `content { ... on OrganizationContent {
  language slug organizationKind url email commune keeper source assuredDate reviewedAt
  phones { number languages label { language text } } texts { language name description } } }`
