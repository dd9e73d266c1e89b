import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealCheckCommand } from '../../src/cli/sealCheck.ts'
import { makePki, type Pki } from '../../src/contour/pki/pki.ts'
import { loadLanguages } from '../../src/language/load.ts'
import { createTranslator } from '../../src/language/translator.ts'
import { signCms } from '../../src/seal/cms/sign.ts'

/** `qyzmet seal check`, offline: a folder of roots and lists is all that it has, and GOST is what the country signs with. */
const at = '2019-10-14T10:00:00+06:00'
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-check-'))
const languages = loadLanguages('src/language')
const document = join(folder, 'document.json')
let pki: Pki
beforeAll(async () => {
  pki = await makePki({ algorithm: 'gost', at, folder: join(folder, 'trust') })
  // Before the lists are made, so that it stands in them.
  await pki.identity('almaty.operator.revoked')
  writeFileSync(document, '{"іс":"075-191014-48213-4"}')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function signed(name: string): Promise<string> {
  const { key, chain } = await pki.identity(name)
  const [certificate, ...above] = chain.map(({ der }) => der)
  if (certificate === undefined) return expect.fail('no certificate')
  const file = join(folder, `${name}.p7s`)
  writeFileSync(file, await signCms(Buffer.from('{"іс":"075-191014-48213-4"}'), [{ key, certificate, chain: above }], { at }))
  return file
}

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []]
  const into = (lines: string[]) =>
    new Writable({
      write(piece, _, done) {
        lines.push(String(piece))
        done()
      },
    })
  const io = { stdin: Readable.from([]), stdout: into(out), stderr: into(err) }
  const code = await sealCheckCommand(args, io, { env: {}, translator: (language) => createTranslator(languages[language], language) })
  return { code, out: out.join(''), err: err.join('') }
}

describe('qyzmet seal check', () => {
  const trust = () => ['--trust', join(folder, 'trust')]

  it('says true, not true or that it cannot be told, each by its exit code', async () => {
    const file = await signed('almaty.head')
    const alone = await run(file, '--signed', document, '--at', at, ...trust())
    expect([alone.code, alone.out]).toEqual([3, expect.stringContaining('Айту мүмкін емес')])
    for (const which of ['root', 'authority'] as const) writeFileSync(join(folder, 'trust', `${which}.crl`), await pki.crl(which, at))
    const whole = await run(file, '--signed', document, '--at', at, ...trust())
    expect([whole.code, whole.out]).toEqual([0, expect.stringMatching(/Шын[\s\S]*МЕМСТ 34\.10-2015[\s\S]*Подлинно[\s\S]*ГОСТ 34\.10-2015/)])
    writeFileSync(join(folder, 'other.json'), '{}')
    expect((await run(file, '--signed', join(folder, 'other.json'), '--at', at, ...trust())).code).toBe(1)
    expect((await run(file, '--signed', document, '--at', at)).out).toContain('QYZMET_TRUST')
  })

  it('is read by a program', async () => {
    const { code, out } = await run(await signed('almaty.operator.revoked'), '--signed', document, '--at', at, '--json', ...trust())
    expect([code, JSON.parse(out)]).toEqual([
      1,
      expect.objectContaining({
        format: 'qyzmet.verdict/1',
        kind: 'cms',
        answer: 'false',
        signatures: [expect.objectContaining({ reasons: ['revoked'] })],
      }),
    ])
  })

  it('used wrongly says how it is used', async () => {
    for (const args of [[], ['a', 'b'], ['a', '--at', 'yesterday'], ['a', '--other']]) {
      const { code, err } = await run(...args)
      expect([code, err]).toEqual([2, expect.stringContaining('qyzmet seal check <файл>')])
    }
    expect((await run('--help')).code).toBe(0)
    await expect(run(join(folder, 'absent'))).rejects.toThrow('ENOENT')
  })
})
