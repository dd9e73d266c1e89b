import { type ShepCode, shepCodes, wordsOf } from '../../gateway/shep/faults.ts'
import type { Translator } from '../../language/translator.ts'
import { readable, shown } from '../watch/shown.ts'
import { type Note, outcomes, type SeenPassage, type Watch, type WatchFilter } from '../watch/watch.ts'
import { Document, type Frame, moment, Table } from './frame.tsx'

const filters = ['service', 'sender', 'outcome', 'channel', 'correlation', 'message'] as const

export interface MessagesProps {
  readonly frame: Frame
  readonly watch: Watch
  readonly filter: WatchFilter
  readonly addresses: { readonly sync: string; readonly async: string }
}

const most = 50

export function MessagesPage({ frame, watch, filter, addresses }: MessagesProps) {
  const { t } = frame
  const rows = watch.list(filter, most)
  const isFiltered = filters.some((name) => filter[name] !== undefined)
  const last = rows.at(-1)
  return (
    <Document frame={frame} title={t('contour.messages.heading')} section="messages">
      <h1>{t('contour.messages.heading')}</h1>
      <Filter frame={frame} filter={filter} isFiltered={isFiltered} />
      <p
        data-live-state
        hidden
        aria-live="off"
        data-on={t('contour.live.on')}
        data-off={t('contour.live.off')}
        data-resume={t('contour.live.resume')}
      >
        {' '}
      </p>
      <div {...(filter.before === undefined ? { 'data-live': '' } : {})}>
        {rows.length === 0 ? (
          <p>{isFiltered || filter.before !== undefined ? t('contour.messages.nothing') : t('contour.messages.empty', addresses)}</p>
        ) : (
          <Table label={t('contour.messages.heading')} head={headOf(t)}>
            {rows.map((row) => (
              <Row t={t} row={row} />
            ))}
          </Table>
        )}
      </div>
      <p>
        {rows.length === most && last !== undefined && (
          <a href={`/?${query({ ...filter, before: last.id })}`}>{t('contour.messages.older')}</a>
        )}{' '}
        {filter.before !== undefined && <a href={`/?${query({ ...filter, before: undefined })}`}>{t('contour.messages.newest')}</a>}
      </p>
    </Document>
  )
}

const headOf = (t: Translator) => [
  t('contour.messages.number'),
  t('contour.messages.at'),
  t('contour.messages.operation'),
  t('contour.messages.service'),
  t('contour.messages.sender'),
  t('contour.messages.receiver'),
  t('contour.messages.outcome'),
  t('contour.messages.code'),
  { number: t('contour.messages.ms') },
]

const query = (filter: WatchFilter) =>
  new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString()

function Row({ t, row }: { t: Translator; row: SeenPassage }) {
  return (
    <tr>
      <th scope="row">
        <a href={`/messages/${row.id}`}>{row.id}</a>
      </th>
      <td>{moment(row.at).slice(11)}</td>
      <td>
        {row.operation} <span class="soft">{t(`contour.way.${row.direction}`)}</span>
      </td>
      <td class="wide">{row.service}</td>
      <td class="wide">{row.sender}</td>
      <td class="wide">{row.receiver}</td>
      <td>
        <span class={`mark ${row.outcome}`}>{t(`contour.outcome.${row.outcome}`)}</span>
      </td>
      <td>{row.code ?? row.faults.join(', ')}</td>
      <td class="number">{row.ms.toFixed(1)}</td>
    </tr>
  )
}

function Filter({ frame: { t }, filter, isFiltered }: { frame: Frame; filter: WatchFilter; isFiltered: boolean }) {
  const field = (name: 'service' | 'sender' | 'correlation') => (
    <div>
      <label for={`f-${name}`}>{t(`contour.messages.${name}`)}</label>
      <input id={`f-${name}`} name={name} value={filter[name] ?? ''} maxlength={200} />
    </div>
  )
  const choice = (name: 'outcome' | 'channel', values: readonly string[]) => (
    <div>
      <label for={`f-${name}`}>{t(`contour.messages.${name}`)}</label>
      <select id={`f-${name}`} name={name}>
        <option value="">{t('contour.messages.all')}</option>
        {values.map((value) => (
          <option value={value} selected={filter[name] === value}>
            {t(`contour.${name}.${value}`)}
          </option>
        ))}
      </select>
    </div>
  )
  return (
    <details open={isFiltered}>
      <summary>{t('contour.messages.filter')}</summary>
      <form class="fields" method="get" action="/">
        {field('service')}
        {field('sender')}
        {choice('outcome', outcomes)}
        {choice('channel', ['sync', 'async', 'push'])}
        {field('correlation')}
        <button type="submit">{t('contour.messages.show')}</button>
        {isFiltered && <a href="/">{t('contour.messages.clear')}</a>}
      </form>
    </details>
  )
}

export function MessagePage({ frame, row, watch }: { frame: Frame; row: SeenPassage; watch: Watch }) {
  const { t } = frame
  const title = t('contour.detail.heading', { id: row.id })
  const inward = row.direction === 'in'
  const parts = [
    ['request', inward ? t('contour.detail.request') : t('contour.detail.sent')],
    ['response', inward ? t('contour.detail.response') : t('contour.detail.heard')],
  ] as const
  return (
    <Document frame={frame} title={title} section="messages">
      <p>
        <a href="/">{t('contour.detail.back')}</a>
      </p>
      <h1>{title}</h1>
      <Why t={t} row={row} />
      <Facts t={t} row={row} />
      <p class="soft">{t('contour.detail.hidden')}</p>
      <div class="two">
        {parts.map(([which, heading]) => (
          <Body t={t} row={row} which={which} heading={heading} bytes={watch.body(row.id, which)} />
        ))}
      </div>
    </Document>
  )
}

/** What was wrong with it, in words; the code alone says too little to whoever has sent it. */
function Why({ t, row }: { t: Translator; row: SeenPassage }) {
  const code = row.code
  return (
    <section class={`why ${row.outcome}`} aria-labelledby="why">
      <h2 id="why">{t('contour.detail.why')}</h2>
      <p>
        <span class={`mark ${row.outcome}`}>{t(`contour.outcome.${row.outcome}`)}</span>{' '}
        {code !== null &&
          (isShep(code) ? t('contour.detail.codeMeans', { code, words: wordsOf(code)[t.language === 'ru' ? 'ru' : 'kk'] }) : code)}
      </p>
      {row.faults.length > 0 && (
        <p>{t('contour.detail.struck', { kinds: row.faults.map((kind) => t(`contour.fault.${kind}`)).join('; ') })}</p>
      )}
      {row.notes.length > 0 && (
        <ul>
          {row.notes.map((note) => (
            <li class="wide">{noteWords(t, note)}</li>
          ))}
        </ul>
      )}
      {code === null && row.notes.length === 0 && row.faults.length === 0 && <p>{t('contour.detail.clean')}</p>}
    </section>
  )
}

const isShep = (code: string): code is ShepCode => shepCodes.some((known) => known === code)

export const noteWords = (t: Translator, { code, params = {} }: Note): string =>
  t.has(`contour.note.${code}`) ? t(`contour.note.${code}`, params) : code

function Facts({ t, row }: { t: Translator; row: SeenPassage }) {
  const facts: readonly (readonly [string, string | null])[] = [
    [t('contour.messages.at'), `${moment(row.at)} · ${row.at.slice(-6)}`],
    [t('contour.messages.channel'), t(`contour.channel.${row.channel}`)],
    [t('contour.messages.operation'), row.operation],
    [t('contour.messages.service'), row.service],
    [t('contour.messages.sender'), row.sender],
    [t('contour.messages.receiver'), row.receiver],
    [t('contour.messages.message'), row.message],
    [t('contour.messages.ms'), row.ms.toFixed(1)],
  ]
  return (
    <>
      <h2>{t('contour.detail.facts')}</h2>
      <dl>
        {facts.flatMap(([name, value]) => (value === null ? [] : [<dt>{name}</dt>, <dd>{value}</dd>]))}
        {row.correlation !== null && (
          <>
            <dt>{t('contour.messages.correlation')}</dt>
            <dd>
              {row.correlation} · <a href={`/?${query({ correlation: row.correlation })}`}>{t('contour.detail.talk')}</a>
            </dd>
          </>
        )}
      </dl>
    </>
  )
}

interface BodyProps {
  readonly t: Translator
  readonly row: SeenPassage
  readonly which: 'request' | 'response'
  readonly heading: string
  readonly bytes: Uint8Array | null
}

function Body({ t, row, which, heading, bytes }: BodyProps) {
  const { size, sha256 } = row[which]
  const text = bytes === null || bytes.length === 0 ? '' : readable(bytes)
  return (
    <section aria-label={heading}>
      <h2>{heading}</h2>
      {size === 0 ? (
        <p>{t('contour.detail.nothing')}</p>
      ) : (
        <>
          <p class="soft wide">
            {t('contour.detail.size', { bytes: size, sha256 })} {bytes !== null && bytes.length < size && t('contour.detail.cut')}
          </p>
          <p>
            <a href={`/api/messages/${row.id}/${which}?raw`}>{t('contour.detail.raw')}</a>
          </p>
          {text === null ? <p>{t('contour.detail.unreadable')}</p> : <pre tabindex={0}>{laidOut(shown(text))}</pre>}
        </>
      )}
    </section>
  )
}

/** Each element that holds others on a line of its own: for eyes only, the bytes stay as they are. Long lists are shown as they came. */
export function laidOut(text: string): string {
  if (/>\s*\n\s*</.test(text) || text.length > 200_000) return text
  let depth = 0
  return text
    .replaceAll(/>\s*</g, '>\n<')
    .split('\n')
    .map((line) => {
      if (line.startsWith('</')) depth = Math.max(0, depth - 1)
      const indented = '  '.repeat(Math.min(depth, 30)) + line
      if (/^<[^!?/]/.test(line) && !/<\//.test(line) && !/\/>$/.test(line)) depth++
      return indented
    })
    .join('\n')
}
