import type { Translator } from '../../language/translator.ts'
import { type FaultRule, faultKinds, faultPlaces, type KeptRule } from '../faults/rule.ts'
import { Act, Document, type Frame, Table } from './frame.tsx'

export interface FaultsProps {
  readonly frame: Frame
  readonly rules: readonly KeptRule[]
  /** What was typed and why it was not taken. */
  readonly typed?: Readonly<Record<string, string>>
  readonly error?: string
}

export function FaultsPage({ frame, rules, typed = {}, error }: FaultsProps) {
  const { t } = frame
  return (
    <Document frame={frame} title={t('contour.faults.heading')} section="faults">
      <h1>{t('contour.faults.heading')}</h1>
      <p>{t('contour.faults.about')}</p>
      {rules.length === 0 ? <p>{t('contour.faults.empty')}</p> : <Rules t={t} rules={rules} />}
      <h2 id="add">{t('contour.faults.add')}</h2>
      {error !== undefined && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <NewRule t={t} typed={typed} />
    </Document>
  )
}

function Rules({ t, rules }: { t: Translator; rules: readonly KeptRule[] }) {
  const head = [
    t('contour.messages.number'),
    t('contour.faults.kind'),
    t('contour.faults.where'),
    { number: t('contour.faults.probability') },
    { number: t('contour.faults.met') },
    { number: t('contour.faults.struck') },
    t('contour.faults.remove'),
  ]
  return (
    <>
      <Table label={t('contour.faults.heading')} head={head}>
        {rules.map((rule) => (
          <tr>
            <th scope="row">{rule.id}</th>
            <td>
              {t(`contour.fault.${rule.kind}`)} <span class="soft">{detailOf(rule)}</span>
            </td>
            <td class="wide">
              {[rule.where === undefined ? null : t(`contour.channel.${rule.where}`), rule.operation, rule.service, rule.sender]
                .filter(Boolean)
                .join(' · ') || t('contour.faults.anywhere')}
            </td>
            <td class="number">{rule.probability}</td>
            <td class="number">{rule.met}</td>
            <td class="number">
              {rule.struck}
              {rule.count !== undefined && ` / ${rule.count}`} {rule.spent && t('contour.faults.spent')}
            </td>
            <td>
              <Act
                action={`/faults/${rule.id}/remove`}
                text={t('contour.faults.remove')}
                named={t('contour.faults.removeNamed', { id: rule.id })}
                plain
              />
            </td>
          </tr>
        ))}
      </Table>
      <div class="buttons">
        <Act action="/faults/clear" text={t('contour.faults.clear')} plain />
      </div>
    </>
  )
}

/** The numbers that belong to its kind. */
function detailOf(rule: FaultRule): string {
  if (rule.kind === 'delay' || rule.kind === 'drip' || rule.kind === 'reorder') return `${rule.delayMs} ms`
  if (rule.kind === 'fault') return rule.code
  return rule.kind
}

function NewRule({ t, typed }: { t: Translator; typed: Readonly<Record<string, string>> }) {
  const field = (name: 'operation' | 'service' | 'sender' | 'code' | 'message', otherwise = '') => (
    <div>
      <label for={`r-${name}`}>{t(`contour.faults.${name}`)}</label>
      <input id={`r-${name}`} name={name} value={typed[name] ?? otherwise} maxlength={250} />
    </div>
  )
  const number = (name: 'probability' | 'delayMs', label: string, otherwise: string, step: string) => (
    <div>
      <label for={`r-${name}`}>{label}</label>
      <input id={`r-${name}`} name={name} type="number" min="0" step={step} value={typed[name] ?? otherwise} />
    </div>
  )
  return (
    <form class="fields" method="post" action="/faults">
      <div>
        <label for="r-kind">{t('contour.faults.kind')}</label>
        <select id="r-kind" name="kind">
          {faultKinds.map((kind) => (
            <option value={kind} selected={typed.kind === kind}>
              {`${t(`contour.fault.${kind}`)} (${kind})`}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="r-where">{t('contour.faults.where')}</label>
        <select id="r-where" name="where">
          <option value="">{t('contour.faults.anywhere')}</option>
          {faultPlaces.map((place) => (
            <option value={place} selected={typed.where === place}>
              {t(`contour.channel.${place}`)}
            </option>
          ))}
        </select>
      </div>
      {field('service')}
      {field('sender')}
      {field('operation')}
      {number('probability', t('contour.faults.probability'), '1', '0.01')}
      <div>
        <label for="r-count">{t('contour.faults.count')}</label>
        <input id="r-count" name="count" type="number" min="1" step="1" value={typed.count ?? ''} aria-describedby="r-count-hint" />
        <span class="hint" id="r-count-hint">
          {t('contour.faults.countHint')}
        </span>
      </div>
      {number('delayMs', t('contour.faults.delay'), '1000', '1')}
      {field('code', 'SCE909')}
      {field('message')}
      <div class="check">
        <label>
          <input type="checkbox" name="taken" value="true" checked={typed.taken === 'true'} />
          {t('contour.faults.taken')}
        </label>
      </div>
      <button type="submit">{t('contour.faults.submit')}</button>
    </form>
  )
}
