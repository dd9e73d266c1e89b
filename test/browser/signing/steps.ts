import type { House } from '../../../src/web/house.ts'
import type { Day, Wanted } from '../days/harness.ts'
import type { Keyboard } from '../days/keyboard.ts'
import { fill, leading } from '../fill.ts'
import type { AtSigning, FailureName } from './failures.ts'

/** A step at which somebody signs: a case that waits there, who comes to it, and which failures are shown there before it is signed. */
export interface SigningStep {
  readonly wanted: Omit<Wanted, 'count'>
  readonly login: string
  /** Under `/cases/<number>`. */
  readonly path: string
  readonly language?: 'ru'
  readonly failures: readonly FailureName[]
  /** What the event is called in the state of the case. */
  readonly leaves: 'signature' | 'seal'
}

const office = (region: Wanted['region'], provider: string, waits: string) => ({ region, channel: 'office', provider, waits })
const corporation = (region: Wanted['region'], provider: string, branch: string, waits: string) => ({
  ...{ region, channel: 'corporation', provider, branch, waits },
})
const defect = { document: 'diploma', ground: 'notMeeting', fact: 'екінші беті жоқ', remedy: 'екі бетін де тапсырыңыз' }

/** By `<regulation> <step>`: each step of the law that asks for a signature must be here. */
export const steps: Readonly<Record<string, SigningStep>> = {
  'aktobe-teacher-attestation accept': {
    wanted: office('aktobe', 'aktobe.directorate', 'accept'),
    ...{ login: 'aktobe.clerk', path: '/intake', leaves: 'signature' },
    failures: ['notInstalled', 'wrongPassword', 'wrongPerson'],
  },
  'aktobe-teacher-attestation sendRequest': {
    wanted: corporation('aktobe', 'aktobe.directorate', 'aktobe.city', 'sendRequest'),
    ...{ login: 'aktobe.operator', path: '/intake', leaves: 'seal' },
    failures: ['cutShort', 'wrongOrganisation', 'signInOnly'],
  },
  'aktobe-teacher-attestation checkConformity': {
    wanted: corporation('aktobe', 'aktobe.directorate', 'aktobe.city', 'checkConformity'),
    ...{ login: 'aktobe.clerk', path: '/steps/checkConformity', leaves: 'signature' },
    failures: ['cutBefore', 'revoked', 'stopped'],
  },
  'aktobe-teacher-attestation formRefusal': {
    wanted: { ...corporation('aktobe', 'aktobe.directorate', 'aktobe.city', 'formRefusal'), differs: () => ({ defects: [defect] }) },
    ...{ login: 'aktobe.clerk', path: '/steps/formRefusal', leaves: 'signature' },
    failures: ['otherShape', 'busyElsewhere', 'untrusted'],
  },
  'almaty-teacher-attestation signAnswer': {
    wanted: office('almaty', 'almaty.directorate', 'signAnswer'),
    ...{ login: 'almaty.head', path: '/steps/signAnswer', leaves: 'signature' },
    failures: ['notRunning', 'cancelled', 'cutAfter', 'expired'],
  },
  'almaty-teacher-attestation signPackageAnswer': {
    wanted: corporation('almaty', 'almaty.directorate', 'almaty.bostandyq', 'signPackageAnswer'),
    ...{ login: 'almaty.head', path: '/steps/signPackageAnswer', leaves: 'signature', language: 'ru' },
    failures: ['cancelled', 'wrongPerson'],
  },
  'akmola-college-transfer signAnswer': {
    wanted: { ...office('akmola', 'akmola.college', 'signAnswer'), differs: () => ({ asks: 'transfer' }) },
    ...{ login: 'akmola.head', path: '/steps/signAnswer', leaves: 'signature' },
    failures: [],
  },
  'akmola-college-transfer signPackageAnswer': {
    wanted: { ...corporation('akmola', 'akmola.college', 'akmola.city', 'signPackageAnswer'), differs: () => ({ asks: 'transfer' }) },
    ...{ login: 'akmola.head', path: '/steps/signPackageAnswer', leaves: 'signature' },
    failures: [],
  },
}

/** From the files of the law: every step whose performer is asked for a signature. */
export const signingSteps = ({ statutes }: House): string[] =>
  statutes.library.regulations.flatMap(({ regulation }) =>
    regulation.steps
      .filter(({ does }) => does.some(({ act }) => act === 'sign' || act === 'sealRequest'))
      .map(({ id }) => `${regulation.id} ${id}`),
  )

/** Somebody sits down, fills what the form asks besides the signature, and comes to the page of signing by its button for one's own key. */
export async function comeToSign(
  day: Day,
  step: SigningStep,
  number: string,
  language: 'kk' | 'ru' | 'en' = step.language ?? 'kk',
): Promise<AtSigning> {
  const hands = await day.sitDown(step.login)
  const { page } = hands
  await page.goto(`/cases/${number}${step.path}?lang=${language}`)
  await fill(page, {})
  const reason = page.locator('main input[type="radio"][name$=".reason"]:visible')
  if ((await reason.count()) > 0) await reason.first().check()
  await toSigning(hands)
  return { house: day.stage.server.house, hands, key: step.login }
}

/** What is shown once more to be looked at is looked at, and sent. */
async function toSigning({ page }: Keyboard): Promise<void> {
  const byKey = page.locator('main button[name="_sign"][value="key"]')
  if ((await byKey.count()) === 0) await leading(page, page.locator('main form[method="post"] button:not([name]):visible').last())
  await leading(page, byKey.last())
  if ((await page.locator('[data-island="ncalayer"]').count()) === 0) throw new Error(await page.locator('main').innerText())
}
