import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { acceptance, findings } from '../../api/samples.ts'
import type { Office } from './office.ts'

/** Both phases of a signature that is made elsewhere. */
export function signaturesContract(office: () => Office): void {
  describe('a signature', () => {
    const comesToHead = async () => {
      const { step } = office()
      const number = await office().open()
      expect((await step('almaty.clerk', number, 'accept', acceptance)).status).toBe(200)
      return number
    }
    const prepare = (number: string, step: string, body: unknown) =>
      office().call('POST', `/api/v1/cases/${number}/steps/${step}/prepare`, { token: office().tokens['almaty.head'], body })

    it('is prepared as bytes and their digest, twice the same; a step that asks for none says so', async () => {
      const { call, tokens, step } = office()
      const number = await comesToHead()
      const specialist = (await call('GET', '/api/v1/me', { token: tokens['almaty.specialist'] })).json.id
      expect((await prepare(number, 'refer', { assignee: specialist, taken: true })).json).toMatchObject({ asked: false, bytes: null })
      expect((await step('almaty.head', number, 'refer', { assignee: specialist, taken: true })).status).toBe(200)
      const examined = await step('almaty.specialist', number, 'examine', { findings, taken: true })
      expect(examined.status, JSON.stringify(examined.json)).toBe(200)
      const [first, second] = [await prepare(number, 'signAnswer', { taken: true }), await prepare(number, 'signAnswer', { taken: true })]
      expect(first).toMatchObject({ status: 200, json: { asked: true, version: examined.json.version, signer: { role: 'head' } } })
      expect(second.json).toEqual(first.json)
      const bytes = Buffer.from(first.json.bytes, 'base64')
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(first.json.digest)
      expect(JSON.parse(bytes.toString('utf8'))).toMatchObject({ case: number, step: 'signAnswer', answer: 'result' })
      // What is no signature is refused with its reason, and the step stays open.
      for (const [algorithm, value, reason] of [
        ['cms', 'not base64!', 'damaged'],
        ['none', 'AAAA', 'unknownAlgorithm'],
      ] as const) {
        const signature = { algorithm, value }
        const { status, json } = await step('almaty.head', number, 'signAnswer', { taken: true, signature })
        expect([status, json.code, json.reasons]).toEqual([422, 'unsigned', [reason]])
      }
      expect((await prepare(number, 'signAnswer', { taken: true })).json.digest).toBe(first.json.digest)
    })

    it('is prepared for nobody else', async () => {
      const number = await comesToHead()
      const asks = (login: 'almaty.clerk' | 'aktobe.clerk', step: string) =>
        office().call('POST', `/api/v1/cases/${number}/steps/${step}/prepare`, { token: office().tokens[login], body: { taken: true } })
      const colleague = await asks('almaty.clerk', 'signAnswer')
      expect([colleague.status, colleague.json.code]).toEqual([409, 'notNow'])
      // Whoever has no part in the case is not told that there is one, whatever they ask.
      for (const step of ['refer', 'signAnswer']) expect((await asks('aktobe.clerk', step)).status).toBe(404)
    })

    it('is judged for anybody: a paper as it was issued, the same with one byte more, and what is no signed file', async () => {
      const { call, step, tokens } = office()
      const number = await office().open()
      expect((await step('almaty.clerk', number, 'accept', acceptance)).status).toBe(200)
      const paper = new Uint8Array((await call('GET', `/api/v1/cases/${number}/papers/receipt-1`, { token: tokens['almaty.clerk'] })).bytes)
      const judge = (raw: Uint8Array<ArrayBuffer>) =>
        call('POST', '/api/v1/verify', { raw, headers: { 'content-type': 'application/octet-stream' }, key: null })
      expect(await judge(paper)).toMatchObject({ status: 200, json: { answer: 'true', kind: 'paper' } })
      expect((await judge(new Uint8Array([...paper, 10]))).json.answer).not.toBe('true')
      expect((await judge(new TextEncoder().encode('no signature'))).json.answer).toBe('unknown')
    })
  })
}
