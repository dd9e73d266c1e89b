import type { PaperSignature } from '../../../papers/paper.ts'
import { Clause } from '../clause/clause.tsx'
import { useSpeech } from '../speech.ts'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { WarningText } from '../warning-text/warning-text.tsx'

/** A signature as it stands on the paper: who, when by whose clock, with which certificate, over which bytes. */
export const SignatureMark = ({ mark }: { mark: PaperSignature }) => {
  const { t, dateTime, shortDate, language } = useSpeech()
  const said = (text: { kk: string; ru: string }) => (language === 'ru' ? text.ru : text.kk)
  const { certificate, algorithm } = mark
  return (
    <div class="q-mark">
      <SummaryList
        classes="govuk-summary-list--no-border"
        rows={[
          {
            key: t('signedPage.field.what'),
            value: (
              <>
                {t(`signedPage.signs.${mark.signs}`)} <Clause number={mark.clause} />
              </>
            ),
          },
          {
            key: t('signedPage.field.who'),
            value: (
              <>
                <strong>{mark.name}</strong>
                <br />
                {mark.post === undefined ? null : `${said(mark.post)}, `}
                {said(mark.organisation)}
              </>
            ),
          },
          {
            key: t('signedPage.field.at'),
            value: t(`signedPage.clock.${mark.clock}`, { at: dateTime(mark.at), authority: mark.authority ?? '' }),
          },
          certificate === undefined
            ? { key: t('signature.field.certificate'), value: t('signedPage.unread') }
            : {
                key: t('signature.field.certificate'),
                value: (
                  <>
                    <span class="q-hash">{certificate.serial}</span>
                    <br />
                    {t('signedPage.issued', {
                      issuer: certificate.issuer,
                      from: shortDate(certificate.from),
                      until: shortDate(certificate.until),
                    })}
                  </>
                ),
              },
          { key: t('signature.field.algorithm'), value: t(`signature.algorithm.${algorithm === 'unknown' ? 'none' : algorithm}`) },
          { key: 'SHA-256', value: <span class="q-hash">{grouped(mark.digest)}</span> },
        ]}
      />
      {mark.test ? <WarningText text={t('signedPage.test')} /> : null}
    </div>
  )
}

/** As on the paper, in groups of eight. */
export const grouped = (digest: string): string => digest.replaceAll(/.{8}(?=.)/g, '$& ')
