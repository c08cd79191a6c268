import type { StaffRole } from '../../db/generated/enums.ts'

/** Who may see a field: everyone, or whoever has one of these roles in some organization. Whose rows they see is for the actions. */
export type Audience = 'EVERYONE' | readonly StaffRole[]

type Fields = Readonly<Record<string, Audience>>

const list = (names: string): string[] => names.trim().split(/\s+/)
/** The same audience for several fields, named with spaces between. */
const only = (roles: Audience, names: string): Fields => Object.fromEntries(list(names).map((name) => [name, roles]))
const everyone = (names: string): Fields => only('EVERYONE', names)

/** Who calls people back, and who looks after that. */
const DESK = ['AGENT', 'SUPERVISOR'] as const
/** Those, and who works on what is handed to a partner. */
const CASES = ['AGENT', 'SUPERVISOR', 'PARTNER'] as const
/** Who changes the published content. */
const EDITING = ['EDITOR'] as const
/** Who says on whose pages it is shown, in the name of an organization. */
const SITES = ['EDITOR', 'ADMINISTRATOR'] as const
const STAFF = ['AGENT', 'SUPERVISOR', 'EDITOR', 'PARTNER', 'ADMINISTRATOR'] as const

/**
 * Field by role, as data: every field of every type of the schema stands here, and one that does not cannot be asked for by anybody. The
 * schema is guarded by this table (`api/graphql/guard.ts`), a test walks it over every field, and docs/access.md shows it.
 */
export const MATRIX: Readonly<Record<string, Fields>> = {
  About: everyone('contentReadAt contentVersion demonstration languages notice'),
  Agreement: only(CASES, 'anyone at by language version way'),
  AgreementText: only(DESK, 'anyone text version'),
  AidFinding: everyone('commune emergencyLines emergencyPhones faqEntries line matchCount matches needs unmet urgency'),
  AidMatch: everyone('eligibility service'),
  ApiToken: only(['ADMINISTRATOR'], 'expiresAt id lastUsedAt name organization revokedAt role scopes'),
  AuditEvent: only(['SUPERVISOR'], 'action actor actorName at chained id request subjectId'),
  AuditEventConnection: only(['SUPERVISOR'], 'edges pageInfo totalCount'),
  AuditEventEdge: only(['SUPERVISOR'], 'cursor node'),
  Audience: everyone('code label language'),
  CallAttempt: only(DESK, 'at id member nextAt outcome'),
  CallNote: only(DESK, 'at id member text'),
  CallbackErased: everyone('erased'),
  CallbackEstimate: everyone('by from label'),
  CallbackQueueEvent: only(['AGENT', 'SUPERVISOR'], 'at due overdue version waiting'),
  CallbackReceipt: everyone('canAnswer canCancel escalation expected line masked outcome reference requestedAt slot status'),
  CallbackRepeat: only(DESK, 'language message name need requestedAt safeNote'),
  CallbackRequest: only(
    DESK,
    `answer attempts attemptsLeft callFrom canSend closedAt communes due dueAt escalations faqEntry heldSince heldUntil holder id language line masked
    maskedPhone message mine need notes outcome overdue paused postalCode reference referrals repeats requestedAt
    safeContact service slot status targetMinutes urgency waitingMinutes`,
  ),
  CallbackRequestConnection: only(DESK, 'edges pageInfo totalCount'),
  CallbackRequestEdge: only(DESK, 'cursor node'),
  CallbackSlot: everyone('available day dayLabel endsAt id startsAt timesLabel'),
  CaseContact: only(['PARTNER'], 'email language message name phone postalCode safe tel'),
  ChainConnection: only(['SUPERVISOR'], 'edges pageInfo totalCount'),
  ChainEdge: only(['SUPERVISOR'], 'cursor node'),
  ChallengeRequired: everyone('challenge message number'),
  CitizenAnswer: only(DESK, 'at contacted stillNeeded useful'),
  Commune: everyone('cpas language languages name nisCode postalCodes province region'),
  Conflict: everyone('changed changedAt code holderName message'),
  AreaContent: only(EDITING, 'code kind'),
  CapacityContent: only(EDITING, 'available maximum unit updated'),
  CheckedLink: only(EDITING, 'checkedAt dead failingSince status url'),
  ClosingDayContent: only(EDITING, 'areas day kinds language organization texts'),
  ClosingDayTexts: only(EDITING, 'language name'),
  ContentChange: only(EDITING, 'after before label path'),
  ContentCount: only(EDITING, 'concern count kind'),
  ContentImport: only(
    EDITING,
    `by changed createdAt done dryRun endedAt format id lacking made names notes problemCount problems publish rows state total unchanged wrong`,
  ),
  ImportProblem: only(EDITING, 'code column file message row'),
  ImportRow: only(EDITING, 'changed file kind lacks outcome problems record row slug title'),
  ContentRecord: only(
    EDITING,
    `behind changedAt changedBy concerns content corrections id kind language languages links mayEdit missing organization problems published
    publishedVersion revisions sentences slug state texts title usedBy version`,
  ),
  ContentRecordConnection: only(EDITING, 'edges pageInfo totalCount'),
  ContentRecordEdge: only(EDITING, 'cursor node'),
  ContentText: only(EDITING, 'changedAt language'),
  ContentRevision: only(EDITING, 'action at by changes content number revertedTo'),
  ContentRevisionConnection: only(EDITING, 'edges pageInfo totalCount'),
  ContentRevisionEdge: only(EDITING, 'cursor node'),
  Correction: only(EDITING, 'id language message suggestedAt topic'),
  ExceptionContent: only(EDITING, 'closes firstDay lastDay opens reason'),
  HoursContent: only(EDITING, 'closes days openOnHolidays opens validFrom validTo'),
  LineContent: only(
    EDITING,
    `acceptsCallbacks areas assuredDate callsPerHour exceptions fallback hours language languages lineKind menu needs number organization position
    reviewedAt slotDaysAhead slotNoticeMinutes slug source successor texts validFrom validTo`,
  ),
  LineTexts: only(EDITING, 'alert closingMessage description language name script'),
  LocalizedText: only(EDITING, 'language text'),
  LocationContent: only(EDITING, 'commune language latitude longitude organization postalCode slug street texts'),
  LocationTexts: only(EDITING, 'language name'),
  MenuEntryContent: only(EDITING, 'key kind label partner service transferTo validFrom validTo'),
  OrganizationContent: only(EDITING, 'assuredDate commune email keeper language organizationKind phones reviewedAt slug source texts url'),
  OrganizationTexts: only(EDITING, 'description language name'),
  PhoneContent: only(EDITING, 'label languages number'),
  QuestionContent: only(EDITING, 'language needs organization position related reviewedAt services slug source texts urgency'),
  QuestionTexts: only(EDITING, 'answer language question'),
  RequiredDocumentContent: only(EDITING, 'document'),
  RuleReading: only(EDITING, 'problems sentences'),
  ServiceContent: only(
    EDITING,
    `areas assuredDate audiences capacities checkFailedOn eligibility email exceptions hours language languages locations maximumAge minimumAge
    needs organization phones position requiredDocuments reviewedAt slug source status texts url virtual`,
  ),
  ServiceTexts: only(EDITING, 'alert applicationProcess description eligibility fees language name'),
  Contact: only(DESK, 'email foreign name phone tel'),
  CorrectionReceipt: everyone('masked received suggestedAt'),
  Demand: only(['SUPERVISOR'], 'from partners rows suppressed to total'),
  DemandCount: only(['SUPERVISOR'], 'label shown value'),
  DemandDelay: only(['SUPERVISOR'], 'median ninetieth'),
  DemandFateCount: only(['SUPERVISOR'], 'count fate'),
  DemandRow: only(['SUPERVISOR'], 'commune delay escalated fates need others reached requests week'),
  DemandPartners: only(['SUPERVISOR'], 'answer outcome returned returns said'),
  DemandReturnCount: only(['SUPERVISOR'], 'count reason'),
  DemandSaid: only(['SUPERVISOR'], 'contacted stillNeeded useful'),
  DeskNumbers: only(
    DESK,
    `attemptsToday claimed closedToday due lines overdue reachedToday referralsToday soonOverdue unreachableToday waiting`,
  ),
  Eligibility: everyone('reasons verdict'),
  DeliveriesReplayed: only(['SUPERVISOR', 'ADMINISTRATOR'], 'count'),
  DeliveryTry: only([...CASES, 'ADMINISTRATOR'], 'at code milliseconds'),
  Escalation: only(
    CASES,
    `acceptedAt acceptedBy ageMinutes agreement answerDueAt cancelReason commune deliveries dueAt endedAt erasureConfirmedAt erasureWanted failReason id language line
    need next number object outcome outcomeDueAt overdue partner partnerReachable previous receivedAt rejectReason request requestedAt rung safeContact shares state steps
    urgency version`,
  ),
  EscalationConnection: only(CASES, 'edges pageInfo totalCount'),
  EscalationDelivery: only([...CASES, 'ADMINISTRATOR'], 'attempts channel escalation event id nextAt state tries'),
  EscalationEdge: only(CASES, 'cursor node'),
  EscalationPreview: only(DESK, 'commune email language maskedPhone message name need object partner postalCode safe shares urgency'),
  EscalationStep: only(CASES, 'actorName at note state version'),
  EndpointMade: only(['ADMINISTRATOR'], 'endpoint secret test'),
  EndpointRemoved: only(['ADMINISTRATOR'], 'removed'),
  EndpointSecret: only(['ADMINISTRATOR'], 'createdAt endsAt id'),
  EndpointTest: only(['ADMINISTRATOR'], 'code endpoint passed'),
  FaqEntry: everyone(`
    answer answerLanguage freshness id language lastModified needs owner question related reviewedAt services slug source
    translationOutdated urgency`),
  FaqEntryConnection: everyone('edges pageInfo totalCount'),
  FaqEntryEdge: everyone('cursor node'),
  Freshness: everyone('checkedOn days state warning'),
  InputProblem: everyone('code message path'),
  InvalidInput: everyone('message problems'),
  Line: {
    ...everyone(`
      acceptsCallbacks alert assuredDate closingMessage description fallback freshness id inService instead kind language
      languages menu name needs number openingStatus organization reviewedAt scheduleExceptions schedules serviceAreas slug
      source successor uri validFrom validTo`),
    ...only(DESK, 'script targets'),
  },
  LineNumbers: only(DESK, 'due line overdue waiting'),
  LineTarget: only(DESK, 'minutes urgency'),
  Location: everyone('commune latitude longitude name postalCode slug street'),
  MenuEntry: everyone('kind label partner position service transfersTo validFrom validTo'),
  Membership: only(STAFF, 'organization role'),
  Mutation: {
    ...only(['ADMINISTRATOR'], 'pauseEndpoint removeEndpoint resumeEndpoint rotateEndpointSecret setEndpoint testEndpoint'),
    ...everyone('cancelCallback confirmOutcome eraseCallback requestCallback rescheduleCallback suggestCorrection withdrawAgreement'),
    ...only(STAFF, 'staySignedIn'),
    ...only(['ADMINISTRATOR'], 'dismissStaff inviteStaff recoverStaff revokeToken setPartner'),
    ...only(
      DESK,
      `addCallNote claimCallback claimNextCallback closeCallback escalateCallback keepCallback orientCallback recordAttempt releaseCallback
      rerouteEscalation revealContact takeBackEscalation`,
    ),
    ...only(
      ['PARTNER'],
      `acceptEscalation completeEscalation confirmErasure failEscalation holdEscalation progressEscalation receiveEscalation rejectEscalation
      revealCase`,
    ),
    ...only(['SUPERVISOR'], 'reassignCallback setLineTarget'),
    ...only(
      EDITING,
      `confirmContent discardDraft publishContent retireContent returnContent revertContent saveClosingDay saveLine saveLocation saveOrganization
      saveQuestion saveService settleCorrection`,
    ),
    ...only(SITES, 'changeSite createSite revokeSite'),
    ...only(['SUPERVISOR', 'ADMINISTRATOR'], 'replayDeliveries replayDelivery setStaffSkills'),
  },
  Need: everyone('children code emergencyLines label language quickExit urgency'),
  NotFound: everyone('message'),
  NothingWaiting: only(DESK, 'message'),
  OpeningStatus: everyone('closedFor closesAt known label open opensAt'),
  Organization: everyone(`
    assuredDate commune description email id kind language lastModified name phones reviewedAt services slug source url`),
  OrganizationConnection: everyone('edges pageInfo totalCount'),
  OrganizationEdge: everyone('cursor node'),
  PageInfo: everyone('endCursor hasNextPage hasPreviousPage startCursor'),
  PartnerEndpoint: only(['ADMINISTRATOR'], 'checkedAt deliveries failingSince id pausedAt pausedWhy secrets url'),
  Partner: {
    ...only([...CASES, 'ADMINISTRATOR'], 'accepting areas capacity handOver languages needs openCases organization'),
    ...only(['ADMINISTRATOR'], 'email endpoint'),
  },
  PartnerOffer: only(DESK, 'against fits partner reasons unknown'),
  Phone: everyone('description id languages number uri'),
  Query: {
    ...everyone(`
      about audiences callback callbackEstimate callbackSlots communes faqEntries faqEntry findAid line lines needs
      noticeChannels organization organizations service services viewer`),
    ...only(['SUPERVISOR'], 'auditEvents chains colleagues demand'),
    ...only(DESK, 'callbackRequest callbackRequests deskNumbers escalationPartners escalationPreview escalationText myCall'),
    ...only(CASES, 'escalation escalations'),
    ...only(['PARTNER', 'ADMINISTRATOR'], 'partners'),
    ...only(['ADMINISTRATOR'], 'staff tokens'),
    ...only(SITES, 'site sites'),
    ...only(EDITING, 'contentCounts contentRecord contentRecords import imports ruleSentences'),
  },
  ReceiptEscalation: everyone('language partner since state'),
  Referral: only(DESK, 'at id member sentBy service'),
  RequiredDocument: everyone('document'),
  SafeContact: only(CASES, 'note sayWhoCalls sms voicemail'),
  Schedule: everyone('byday closesAt openOnHolidays opensAt validFrom validTo'),
  ScheduleException: everyone('closesAt firstDay lastDay opensAt reason'),
  Service: everyone(`
    alert applicationProcess assuredDate audiences capacities checkFailedOn description eligibility eligibilityDescription
    email faqEntries feesDescription freshness full id language languages lastModified locations maximumAge minimumAge name
    needs openingStatus organization phones requiredDocuments reviewedAt scheduleExceptions schedules serviceAreas slug
    source status translationOutdated url virtual`),
  ServiceArea: everyone('code kind name'),
  ServiceCapacity: everyone('available maximum unit updated'),
  ServiceConnection: everyone('edges pageInfo totalCount'),
  ServiceEdge: everyone('cursor node'),
  Site: only(
    SITES,
    'callbacksPerHour colours contrasts createdAt defaultLanguage key languages name organization origins radius revokedAt theme version',
  ),
  SiteColours: only(SITES, 'accent background onAccent text'),
  SiteContrast: only(SITES, 'enough needed of ratio'),
  SlotTaken: everyone('message slots'),
  StaffMember: {
    ...only(STAFF, 'id name'),
    ...only(['SUPERVISOR', 'ADMINISTRATOR'], 'languages lines memberships disabledAt'),
    ...only(['ADMINISTRATOR'], 'email'),
    ...only(['SUPERVISOR'], 'holds'),
  },
  StaffLink: only(['ADMINISTRATOR'], 'expiresAt link'),
  Subscription: only(['AGENT', 'SUPERVISOR'], 'callbackQueue'),
  TooManyRequests: everyone('message retryAfterSeconds'),
  UserError: everyone('message'),
  Viewer: only(STAFF, 'demonstration email endsAt id idleAt languages memberships name'),
}

/** Who may see a field; nobody when the table does not name it. */
export const audienceOf = (type: string, field: string): Audience => MATRIX[type]?.[field] ?? []
