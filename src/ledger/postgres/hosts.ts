import { Socket } from 'node:net'
import pg from 'pg'

/** Where a server may be; one of several is the one that takes writes. */
export interface Host {
  readonly host: string
  readonly port: number
  /** The address of this one alone. */
  readonly url: string
}

const ordinaryPort = 5432
const probeMs = 2_000

/**
 * Several servers in one address, as libpq has them: `postgresql://user@a:5432,b:5432/qyzmet?target_session_attrs=read-write`. The driver knows one: it is
 * given the first, and the socket goes to whichever takes writes. Of one server the address stays as it is, and nobody is asked.
 */
export function hostsOf(url: string): { connectionString: string; hosts: readonly Host[] } {
  const [, before = '', list = '', after = ''] = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/s.exec(url) ?? []
  const named = list.split(',').filter((one) => one !== '')
  if (named.length < 2) return { connectionString: url, hosts: [] }
  const rest = after.replace(/([?&])target_session_attrs=[^&]*&?/, '$1').replace(/[?&]$/, '')
  const hosts = named.map((one): Host => {
    const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(one) ?? []
    if (host === '') throw new TypeError(`the database's address names no host: ${one}`)
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? ordinaryPort), url: `${before}${one}${rest}` }
  })
  return { connectionString: hosts[0]?.url ?? url, hosts }
}

/** The one that takes writes, asked in the order given; undefined while none does, as during a failover. */
export async function writable(hosts: readonly Host[], takesWrites: (host: Host) => Promise<boolean>): Promise<Host | undefined> {
  for (const host of hosts) if (await takesWrites(host).catch(() => false)) return host
  return undefined
}

/** Sockets for the driver's connections: each finds anew where writes go, beginning with where they went last. */
export function socketsTo(hosts: readonly Host[]): () => Socket {
  let last = hosts.slice(0, 1)
  const find = async () => {
    const found = await writable([...new Set([...last, ...hosts])], takesWrites)
    if (found) last = [found]
    return found
  }
  return () => new SocketToWrites(find)
}

class SocketToWrites extends Socket {
  readonly #find: () => Promise<Host | undefined>

  constructor(find: () => Promise<Host | undefined>) {
    super()
    this.#find = find
  }

  /** What the driver names is the first of several: where to, is asked. */
  override connect(): this {
    void this.#find().then((found) => {
      if (this.destroyed) return
      if (found) super.connect(found.port, found.host)
      else this.destroy(Object.assign(new Error('no server takes writes'), { code: 'ECONNREFUSED' }))
    })
    return this
  }
}

async function takesWrites({ url }: Host): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: probeMs,
    query_timeout: probeMs,
    application_name: 'qyzmet',
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ writes: boolean }>(
      `select not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off' as writes`,
    )
    return rows[0]?.writes ?? false
  } finally {
    void client.end().catch(() => {})
  }
}
