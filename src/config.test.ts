import { describe, expect, it } from 'vitest'
import { ConfigWrong, factorRule, readConfig } from './config.ts'

const read = (env: Record<string, string>) => readConfig(env, false)

describe('where metrics are told', () => {
  it('is nowhere unless a port is named, and this machine unless more is', () => {
    expect(read({}).metrics).toBeUndefined()
    expect(read({ QYZMET_METRICS_PORT: '9464' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 })
    expect(read({ QYZMET_METRICS_PORT: '9464', QYZMET_METRICS_HOST: '0.0.0.0', QYZMET_METRICS_TOKEN: 't' }).metrics).toEqual({
      host: '0.0.0.0',
      port: 9464,
      token: 't',
    })
  })

  it('is not beyond this machine without a token', () => {
    for (const host of ['0.0.0.0', '::', '10.0.0.7', '127.example'])
      expect(() => read({ QYZMET_METRICS_PORT: '9464', QYZMET_METRICS_HOST: host }), host).toThrow(ConfigWrong)
  })
})

it('what cannot be meant is refused by the name of its variable', () => {
  for (const [name, value] of [
    ['PORT', 'x'],
    ['QYZMET_METRICS_PORT', '70000'],
    ['QYZMET_LOG', 'xml'],
    ['QYZMET_LEAST_FREE', '-1'],
    ['QYZMET_EXCHANGES_DAYS', '30'],
    ['QYZMET_EXCHANGES_DAYS', 'never'],
  ] as const)
    expect(() => read({ [name]: value }), name).toThrow(name)
})

it('national keys are believed only with their roots', () => {
  expect(read({}).seals).toBeUndefined()
  const { seals } = read({ QYZMET_TRUST: '/etc/qyzmet/trust', QYZMET_TSP: 'http://tsp.pki.gov.kz/' })
  expect(seals).toEqual({
    trust: '/etc/qyzmet/trust',
    timestamps: 'http://tsp.pki.gov.kz/',
    ocsp: undefined,
    evidence: { marginDays: 180, digest: 'sha256' },
  })
  const trust = { QYZMET_TRUST: '/etc/qyzmet/trust' }
  expect(() => read({ ...trust, QYZMET_EVIDENCE_DIGEST: 'sha1' })).toThrow('QYZMET_EVIDENCE_DIGEST')
  expect(() => read({ ...trust, QYZMET_EVIDENCE_MARGIN_DAYS: '0' })).toThrow('QYZMET_EVIDENCE_MARGIN_DAYS')
  expect(() => read({ QYZMET_TSP: 'http://tsp.pki.gov.kz/' })).toThrow('QYZMET_TRUST')
  expect(() => read({ QYZMET_TRUST: '/etc', QYZMET_OCSP: 'ocsp.pki.gov.kz' })).toThrow('QYZMET_OCSP')
})

describe('ways of signing in', () => {
  const trust = { QYZMET_TRUST: '/etc/qyzmet/trust' }

  it('are a password, and a key where keys can be judged; or those that are named', () => {
    expect(read({}).signIn).toEqual({ password: true, key: false })
    expect(read(trust).signIn).toEqual({ password: true, key: true })
    expect(readConfig({}, true).signIn).toEqual({ password: true, key: true })
    expect(read({ ...trust, QYZMET_SIGN_IN: 'key' }).signIn).toEqual({ password: false, key: true })
    expect(read({ ...trust, QYZMET_SIGN_IN: 'password' }).signIn).toEqual({ password: true, key: false })
    for (const given of ['', 'passwort', 'key,', 'key']) expect(() => read({ QYZMET_SIGN_IN: given }), given).toThrow(ConfigWrong)
  })

  it('want a second factor of nobody, of everybody, or of roles that there are', () => {
    expect(read({}).secondFactor).toBeUndefined()
    const roles = new Set(['clerk', 'head'])
    const wants = (given: string, held: string[]) => factorRule(read({ QYZMET_SECOND_FACTOR: given }).secondFactor, roles)(held)
    expect(wants('', ['administrator'])).toBe(false)
    expect(wants('everybody', ['clerk'])).toBe(true)
    expect(wants('head, administrator', ['clerk', 'administrator'])).toBe(true)
    expect(wants('head, administrator', ['clerk'])).toBe(false)
    expect(() => wants('haed', ['head'])).toThrow(ConfigWrong)
    expect(() => read({ QYZMET_SECOND_FACTOR: 'head;clerk' })).toThrow(ConfigWrong)
  })
})
