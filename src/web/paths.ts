/** An address on this server. Pages take addresses from here alone, so a page that moves is moved in one place. */
export type Path = `/${string}`

const part = encodeURIComponent

type Query = Readonly<Record<string, string>>
const queried = (query: Query): string => {
  const words = new URLSearchParams(query).toString()
  return words === '' ? '' : `?${words}`
}

export const paths = {
  start: '/',
  signIn: '/sign-in',
  /** A key's answer to the challenge of the page of signing in. */
  signInKey: '/sign-in/key',
  /** The one-time code after the password. */
  signInCode: '/sign-in/code',
  /** What somebody has to be told when they come in. */
  signInNews: '/sign-in/news',
  oneClick: '/sign-in/one-click',
  signOut: '/sign-out',
  grant: '/grant',
  password: '/password',
  /** Two-step sign-in of whoever reads. */
  secondFactor: '/second-factor',
  /** How long the session has left; asking extends it. */
  session: '/session',
  /** Where what is typed is kept until it is sent. */
  savedForm: '/saved-form',
  /** A form was kept for somebody else than who is signed in. */
  kept: '/saved-form/others',
  work: '/work',
  workFilters: '/work/filters',
  workFresh: '/work/fresh',
  /** The next case of the list that the reader came from. */
  workNext: '/work/next',
  several: '/work/several',
  /** What a courier takes and brings, by place. */
  round: '/work/round',
  live: '/live',
  newCase: '/cases/new',
  search: '/search',
  overview: '/overview',
  staff: '/staff',
  newPerson: '/staff/new',
  organisations: '/staff/organisations',
  newOrganisation: '/staff/organisations/new',
  /** Work that lies with nobody who could do it. */
  orphans: '/staff/work',
  /** Who read whose data. */
  journal: '/journal',
  /** What was exchanged with systems outside. */
  exchanges: '/exchanges',
  destruction: '/destruction',
  /** What is recorded about the reader. */
  me: '/me',
  /** Work that people of the reader's organisation have by name. */
  performers: '/performers',
  track: '/track',
  verify: '/verify',
  regulations: '/regulations',
  /** The operator's window: calling from the hall's queue. */
  window: '/window',
  /** Shows and sets the demonstration's clock. */
  clock: '/clock',
  /** What the demonstration may turn, and its simulated telephones and mailboxes. */
  demo: '/demo',
  messages: '/demo/messages',
  messageFaults: '/demo/messages/faults',
  /** What each key does; switches single letters off. */
  keys: '/keys',
  components: '/components',
} as const satisfies Record<string, Path>

export const newsPath = (next: Path): Path => `${paths.signInNews}${queried({ next })}`

/** Where a phone with eGov Mobile asks what it signs; and where the page asks whether it has. */
export const phonePrefix = '/egov-sign'
export const phoneAddress = (id: string): Path => `${phonePrefix}/${part(id)}`
export const phoneWaitingPath = (id: string): Path => `/signing/phone/${part(id)}`
/** The demonstration's telephone with eGov Mobile: the text of the code that it scanned, whose it is, and its language. */
export const phoneEmulatorPath = '/demo/egov-mobile'
export const phoneEmulatorAddress = (code: string, of: string, lang: string): Path =>
  `${phoneEmulatorPath}?${new URLSearchParams({ code, of, lang })}`
/** The demonstration's emulator of NCALayer: a machine's socket, and its window. */
export const emulatorPrefix = '/demo/ncalayer'
export const emulatorPath = (machine: string): Path => `${emulatorPrefix}/${part(machine)}`
export const emulatorDialogPath = (machine: string): Path => `${emulatorPath(machine)}/window`
export const componentPath = (name: string): Path => `/components/${part(name)}`
/** What was found: `handle` is sealed, see pages/staff/search/handle.ts. */
export const foundPath = (handle: string): Path => `/search/${handle}`
/** The work list as a filter's query shows it: `due=late&whose=mine`. */
export const workPath = (query: string): Path => (query === '' ? paths.work : `${paths.work}?${query}`)
/** The cases behind a number of supervision. */
export const termsPath = (query: Query): Path => `/overview/cases${queried(query)}`
export const normsPath = (query: Query): Path => `/overview/norms${queried(query)}`
/** An inspector's pack of cases drawn from the list. */
export const samplePath = (query: Query): Path => `/overview/sample.asice${queried(query)}`
export const overviewFile = (table: 'now' | 'norms' | 'cases', ending: 'csv' | 'xlsx', query: Query): Path =>
  `/overview/${table}.${ending}${queried(query)}`
/** One term of a case with its proof; `back` is the list that led there. */
export const duePath = (number: string, due: string, back?: Path): Path =>
  `/cases/${part(number)}/terms/${part(due)}${back === undefined ? '' : `?back=${part(back)}`}`
export const regulationPath = (id: string): Path => `/regulations/${part(id)}`
export const liveCasePath = (number: string): Path => `/live/cases/${part(number)}`
export const casePath = (number: string): Path => `/cases/${part(number)}`
export const stepPath = (number: string, step: string): Path => `/cases/${part(number)}/steps/${part(step)}`
/** Where an application comes in, all steps of the desk on one screen. */
export const intakePath = (number: string): Path => `${casePath(number)}/intake`
export const intakeAgainPath = (number: string, earlier: string): Path => `${intakePath(number)}?again=${part(earlier)}`
/** Says whether the person has applied before; the number goes in the body. */
export const earlierPath = (number: string): Path => `${intakePath(number)}/earlier`
/** A new application that begins from one that came to nothing. */
export const againPath = (number: string): Path => `/cases/new?again=${part(number)}`
export const waitingPath = (number: string, step: string): Path => `${stepPath(number, step)}/waiting`
export const paperPath = (number: string, paper: string): Path => `/cases/${part(number)}/papers/${part(paper)}`
export const reissuePath = (number: string, paper: string): Path => `${paperPath(number, paper)}/reissue`
/** Where a script sends a scan of the case. */
export const scansPath = (number: string): Path => `${casePath(number)}/scans`
export const scanPath = (number: string, sha256: string): Path => `${scansPath(number)}/${part(sha256)}`
/** Chain, path and seals of a case, for a script that is not ours. */
/** What was signed in a case. */
export const signedPath = (number: string): Path => `${casePath(number)}/signed`
export const signedFilePath = (number: string, file: string, what: 'statement' | 'signature' | 'evidence'): Path =>
  `${signedPath(number)}/${part(file)}/${what}`
/** The inspector's pack. */
export const packPath = (number: string): Path => `${casePath(number)}/pack.asice`
export const proofPath = (number: string): Path => `${casePath(number)}/proof.json`
export const correctPath = (number: string): Path => `${casePath(number)}/correct`
export const returnPath = (number: string): Path => `${casePath(number)}/return`
export const replacePath = (number: string): Path => `${casePath(number)}/replace`
export const withdrawPath = (number: string): Path => `${casePath(number)}/withdraw`
export const staffPersonPath = (id: string): Path => `/staff/${part(id)}`
export const personPart = (id: string, what: 'name' | 'role' | 'password' | 'second-factor' | 'leave' | 'return'): Path =>
  `${staffPersonPath(id)}/${what}`
export const grantPart = (id: string, grant: string, what: 'end' | 'acting'): Path => `${staffPersonPath(id)}/grants/${part(grant)}/${what}`
export const organisationPath = (id: string): Path => `/staff/organisations/${part(id)}`
export const organisationPart = (id: string, what: 'card' | 'units' | 'hours' | 'close' | 'reopen'): Path =>
  `${organisationPath(id)}/${what}`

/** One attempt to exchange something with a system outside. */
export const exchangePath = (home: number, id: string): Path => `/exchanges/${home}/${part(id)}`
/** What an order destroys of a case, and what it left. */
export const destructionPath = (number: string): Path => `/destruction/${part(number)}`

/** The same as a file that proves itself. */
export const containerPath = (home: number, id: string): Path => `${exchangePath(home, id)}/container.zip`

/** The applicant's page of a case; what opens it is a cookie, never the address. */
export const trackPath = (number: string): Path => `/track/${part(number)}`
export const trackedPaperPath = (number: string, paper: string): Path => `${trackPath(number)}/papers/${part(paper)}`

/** `seen` is the version of the case before a command: the page then tells what came after it. */
export const tellingSince = (path: Path, seen: number): Path => `${path}?since=${seen}`

/** Where to go after signing in. Anything that is not a plain address of this server is the start: a link must not lead elsewhere. */
export function localPath(wanted: string | undefined): Path | undefined {
  if (wanted === undefined || !/^\/(?![/\\])/.test(wanted)) return undefined
  const url = URL.canParse(wanted, 'http://page.invalid') ? new URL(wanted, 'http://page.invalid') : undefined
  if (url?.host !== 'page.invalid' || url.pathname.startsWith('//')) return undefined
  return `/${`${url.pathname}${url.search}`.slice(1)}`
}
