import type { Translator } from '../../language/translator.ts'
import type { Participant } from '../shep/participants.ts'
import { Act, Document, type Frame, Table } from './frame.tsx'

export interface ParticipantsProps {
  readonly frame: Frame
  readonly participants: readonly Participant[]
  readonly strict: boolean
  readonly typed?: Readonly<Record<string, string>>
  readonly error?: string
}

export function ParticipantsPage({ frame, participants, strict, typed = {}, error }: ParticipantsProps) {
  const { t } = frame
  return (
    <Document frame={frame} title={t('contour.participants.heading')} section="participants">
      <h1>{t('contour.participants.heading')}</h1>
      <p>{t('contour.participants.about')}</p>
      <Registered t={t} participants={participants} />
      <h2>{t('contour.participants.add')}</h2>
      {error !== undefined && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <Registration t={t} typed={typed} />
      <h2>{t('contour.participants.strict')}</h2>
      <p>{strict ? t('contour.participants.strictOn') : t('contour.participants.strictOff')}</p>
      <Act
        action="/participants/signatures"
        text={strict ? t('contour.participants.makeLax') : t('contour.participants.makeStrict')}
        fields={{ strict: String(!strict) }}
        plain
      />
      <p>
        <a href="/api/trust">{t('contour.participants.trust')}</a>
      </p>
      <h2>{t('contour.reset.heading')}</h2>
      <p>{t('contour.reset.about')}</p>
      <Act action="/reset" text={t('contour.reset.submit')} plain />
    </Document>
  )
}

function Registered({ t, participants }: { t: Translator; participants: readonly Participant[] }) {
  const head = [
    t('contour.participants.sender'),
    t('contour.participants.name'),
    t('contour.participants.serves'),
    t('contour.participants.push'),
    t('contour.participants.password'),
    t('contour.participants.remove'),
  ]
  return (
    <Table label={t('contour.participants.heading')} head={head}>
      {participants.map((one) => (
        <tr>
          <th scope="row" class="wide">
            {one.senderId}
          </th>
          <td class="wide">{one.name}</td>
          <td class="wide">{one.serves.join(' ') || t('contour.none')}</td>
          <td class="wide">{[one.push ?? t('contour.participants.fetches'), one.sync].filter(Boolean).join(' · ')}</td>
          <td>{one.asksPassword ? t('contour.participants.asks') : t('contour.participants.open')}</td>
          <td>
            <Act
              action="/participants/remove"
              fields={{ senderId: one.senderId }}
              text={t('contour.participants.remove')}
              named={t('contour.participants.removeNamed', { sender: one.senderId })}
              plain
            />
          </td>
        </tr>
      ))}
    </Table>
  )
}

function Registration({ t, typed }: { t: Translator; typed: Readonly<Record<string, string>> }) {
  const field = (name: string, label: string, more: { hint?: string; type?: string; required?: boolean } = {}) => (
    <div>
      <label for={`p-${name}`}>{label}</label>
      <input
        id={`p-${name}`}
        name={name}
        type={more.type ?? 'text'}
        autocomplete="off"
        maxlength={500}
        value={more.type === 'password' ? '' : (typed[name] ?? '')}
        required={more.required}
        {...(more.hint === undefined ? {} : { 'aria-describedby': `p-${name}-hint` })}
      />
      {more.hint !== undefined && (
        <span class="hint" id={`p-${name}-hint`}>
          {more.hint}
        </span>
      )}
    </div>
  )
  return (
    <form class="fields" method="post" action="/participants">
      {field('senderId', t('contour.participants.sender'), { required: true })}
      {field('name', t('contour.participants.name'))}
      {field('serves', t('contour.participants.serves'), { hint: t('contour.participants.servesHint') })}
      {field('push', t('contour.participants.push'), { hint: t('contour.participants.pushHint') })}
      {field('sync', t('contour.participants.sync'))}
      {field('password', t('contour.participants.password'), { type: 'password', hint: t('contour.participants.passwordHint') })}
      <button type="submit">{t('contour.participants.submit')}</button>
    </form>
  )
}
