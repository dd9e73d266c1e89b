import type { Scan } from '../../../desk/scanRoom.ts'
import { longestScan } from '../../../desk/scans/verdict.ts'
import { scanPath, scansPath } from '../../paths.ts'
import { classes } from '../common.ts'
import { useSpeech } from '../speech.ts'

const megabyte = 1024 * 1024
const megabytes = longestScan / megabyte
/** For the browser's own dialogue; what comes is checked by its content. */
const accepted = '.pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png'

export interface ScanLinkProps {
  /** Of the case. */
  number: string
  scan: Scan
  /** What is scanned, for those who do not see where the link stands. */
  about: string
}

/** The way to a scan, with its kind, pages and size. */
export const ScanLink = ({ number, scan, about }: ScanLinkProps) => {
  const { t } = useSpeech()
  return (
    <span class="q-scan__kept">
      <a class="govuk-link" href={scanPath(number, scan.sha256)} target="_blank" rel="noopener">
        {t('scans.open')}
        <span class="govuk-visually-hidden"> – {about}</span>
      </a>{' '}
      <span class="q-scan__facts">
        <ScanFacts scan={scan} />
      </span>
    </span>
  )
}

/** "PDF, 3 pages, 420 KB". */
export const ScanFacts = ({ scan }: { scan: Pick<Scan, 'type' | 'pages' | 'size'> }) => {
  const speech = useSpeech()
  return <>{scanFacts(speech, scan)}</>
}

/** The same in plain text, for what is no page. */
export function scanFacts(
  { t, number, language }: ReturnType<typeof useSpeech>,
  { type, pages, size }: Pick<Scan, 'type' | 'pages' | 'size'>,
): string {
  const large = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const length =
    size >= megabyte
      ? t('scans.sizeLarge', { size: large.format(size / megabyte) })
      : t('scans.size', { size: number(Math.max(1, Math.round(size / 1024))) })
  return [t(`scans.type.${type}`), ...(type === 'application/pdf' ? [t('scans.pages', { count: pages })] : []), length].join(', ')
}

export interface ScanFieldProps {
  /** Of the case: the scan is kept under its key. */
  number: string
  /** Code of the document in the Standard; fields are `documents.<code>.file` and `scan.<code>`. */
  document: string
  /** The document's title. */
  about: string
  /** SHA-256 that the form holds, `''` without a scan. */
  file: string
  /** Every scan of the case. */
  scans: readonly Scan[]
  error?: string | undefined
}

/**
 * A document's scan inside a form of `multipart/form-data`: chosen and sent with it where no script runs; sent at once, with progress, again
 * when the network is back, where one does. The form then carries the scan's SHA-256.
 */
export const ScanField = ({ number, document, about, file, scans, error }: ScanFieldProps) => {
  const { t } = useSpeech()
  const kept = scans.find(({ sha256 }) => sha256 === file)
  const id = `scan.${document}`
  const field = `documents.${document}.file`
  const gone = file !== '' && kept === undefined ? t('scans.gone') : undefined
  const told = error ?? gone
  return (
    <div
      class={classes('q-scan', told && 'q-scan--error')}
      data-island="scans"
      data-address={scansPath(number)}
      data-uploading={t('scans.uploading', { percent: '%%' })}
      data-waiting={t('scans.waiting')}
      data-not-sent={t('scans.notSent')}
      data-one={t('scans.oneAtATime')}
      data-attached={t('scans.attached')}
      data-removed={t('scans.removed')}
      data-too-large={t('scans.problem.tooLarge', { most: megabytes })}
      data-most={longestScan}
    >
      <input type="hidden" name={field} id={field} value={kept ? file : ''} data-scan-file />
      <p class="q-scan__state" data-scan-state hidden={kept === undefined}>
        {kept ? <ScanLink number={number} scan={kept} about={about} /> : null}
      </p>
      <label class="q-scan__choose" for={id}>
        <span data-scan-choose data-replace={t('scans.replace')} data-choose={t('scans.choose')}>
          {t(kept ? 'scans.replace' : 'scans.choose')}
        </span>
        <span class="govuk-visually-hidden"> – {about}</span>
        <span class="q-scan__hint" id={`${id}-hint`}>
          {t('scans.what', { most: megabytes })}{' '}
          <span data-scan-drop hidden>
            {t('scans.drop')}
          </span>
        </span>
      </label>
      <input
        class="q-scan__input"
        type="file"
        id={id}
        name={id}
        accept={accepted}
        aria-describedby={[`${id}-hint`, `${id}-told`].join(' ')}
      />
      <progress class="q-scan__progress" max="100" value="0" aria-label={`${t('scans.choose')} – ${about}`} hidden />
      <p class={classes('q-scan__told', told && 'govuk-error-message')} id={`${id}-told`} role="status">
        {told ?? ''}
      </p>
      <span class="q-scan__actions">
        <button
          class="q-scan__button"
          type="submit"
          name="_removeScan"
          value={document}
          formnovalidate
          hidden={kept === undefined}
          data-scan-remove
        >
          {t('scans.remove')}
          <span class="govuk-visually-hidden"> – {about}</span>
        </button>
        <button class="q-scan__button" type="button" hidden data-scan-again>
          {t('scans.again')}
        </button>
        <button class="q-scan__button" type="button" hidden data-scan-cancel>
          {t('scans.cancel')}
        </button>
      </span>
    </div>
  )
}

/** Once after the documents: sends what was chosen and shows the form again. Scripts send at once, so they hide it. */
export const AttachScans = () => {
  const { t } = useSpeech()
  return (
    <button
      class="govuk-button govuk-button--secondary q-scan__attach"
      type="submit"
      name="_attachScans"
      value="yes"
      formnovalidate
      data-scans-attach
    >
      {t('scans.attach')}
    </button>
  )
}
