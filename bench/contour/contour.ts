// `npm run bench:contour`: messages a second through the test contour, asked by 32 callers at once from another process of the same machine.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, callers: { type: 'string', default: '32' }, json: { type: 'boolean' } },
})
const [seconds, callers] = [Number(values.seconds), Number(values.callers)]

const sender = '<sender><senderId>demo-iis</senderId><password>demo-secret</password></sender>'
const envelope = (body: string) =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header/><soap:Body>${body}</soap:Body></soap:Envelope>`
const date = '2019-08-21T10:15:30.120+06:00'
const question = envelope(
  `<n:SendMessage xmlns:n="http://bip.bee.kz/SyncChannel/v10/Types"><request><requestInfo><messageId>m</messageId><serviceId>GBDFL_UniversalServiceSync</serviceId><messageDate>${date}</messageDate>${sender}</requestInfo><requestData><data xmlns:cs="http://message.persistence.interactive.nat" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="cs:Request"><messageId>m</messageId><messageDate>${date}</messageDate><senderCode>DEMO</senderCode><iin>840404499918</iin></data></requestData></request></n:SendMessage>`,
)
const letter = envelope(
  `<n:sendMessage xmlns:n="http://bip.bee.kz/AsyncChannel/v10/Types"><request><messageInfo><serviceId>BENCH</serviceId><messageType>REQUEST</messageType><messageDate>${date}</messageDate>${sender}</messageInfo><messageData><data><a xmlns="urn:bench">${'x'.repeat(2000)}</a></data></messageData></request></n:sendMessage>`,
)

const contenders = [
  { name: 'person, RSA', algorithm: 'rsa', strict: true, path: '/bip-sync-wss-gost/', body: question },
  { name: 'person, GOST', algorithm: 'gost', strict: true, path: '/bip-sync-wss-gost/', body: question },
  { name: 'message taken, RSA', algorithm: 'rsa', strict: true, path: '/bip-async/', body: letter },
  { name: 'message taken, unsigned', algorithm: 'rsa', strict: false, path: '/bip-async/', body: letter },
] as const

const agent = new Agent({ keepAlive: true, maxSockets: callers })

function post(url: string, body: string | Buffer): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers: { 'content-type': 'text/xml', soapaction: '""' } }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

async function measure({ name, algorithm, strict, path, body }: (typeof contenders)[number]) {
  const child = fork(new URL('./other.ts', import.meta.url))
  child.send({ algorithm, strict })
  const [{ url }] = await once(child, 'message')
  const signed = strict ? (await post(`${url}/api/sign`, body)).text : body
  const cpu = async (): Promise<number> => {
    child.send('cpu')
    const [{ user, system }] = await once(child, 'message')
    return (user + system) / 1000
  }
  const before = await cpu()
  const took: number[] = []
  let errors = 0
  const until = performance.now() + seconds * 1000
  const caller = async () => {
    while (performance.now() < until) {
      const began = performance.now()
      const { status } = await post(url + path, signed)
      took.push(performance.now() - began)
      if (status !== 200) errors++
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const cpuMs = Number((((await cpu()) - before) / took.length).toFixed(2))
  child.send('end')
  await once(child, 'exit')
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1))
  return {
    name,
    callers,
    seconds,
    perSecond: Math.round(took.length / seconds),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    cpuMs,
    errors,
  }
}

const runs = []
for (const contender of contenders) runs.push(await measure(contender))
agent.destroy()
const machine = { processors: cpus().length, model: cpus()[0]?.model, load: loadavg()[0] }
if (values.json) console.log(JSON.stringify({ machine, runs }))
else console.table(runs)
