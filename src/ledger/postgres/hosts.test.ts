import { describe, expect, it } from 'vitest'
import { hostsOf, writable } from './hosts.ts'

describe('several servers in one address', () => {
  it('are told apart; the driver gets one of them, without what only libpq knows', () => {
    const url = 'postgresql://q:p%40ss@a:5433,b,[::1]:6000/qyzmet?target_session_attrs=read-write&sslmode=disable'
    const { connectionString, hosts } = hostsOf(url)
    expect(hosts.map(({ host, port }) => [host, port])).toEqual([
      ['a', 5433],
      ['b', 5432],
      ['::1', 6000],
    ])
    expect(connectionString).toBe('postgresql://q:p%40ss@a:5433/qyzmet?sslmode=disable')
    expect(hosts[1]?.url).toBe('postgresql://q:p%40ss@b/qyzmet?sslmode=disable')
    expect(hostsOf('postgres://a,b/x?target_session_attrs=any').connectionString).toBe('postgres://a/x')
  })

  it.each(['postgresql://q@a/x', 'postgresql:///x?host=/tmp', 'postgres://q@%2Ftmp%2Fs/x', 'postgresql://q@/x?host=/run/a'])(
    'one stays as it is: %s',
    (url) => {
      expect(hostsOf(url)).toEqual({ connectionString: url, hosts: [] })
    },
  )

  it('without a name is told at once', () => {
    expect(() => hostsOf('postgres://a,:5432/x')).toThrow('names no host')
  })

  it('are asked in their order; who does not answer takes no writes, and in a failover nobody does', async () => {
    const { hosts } = hostsOf('postgres://away,standby,primary/x')
    const asked: string[] = []
    const takes =
      (primary: string) =>
      async ({ host }: { host: string }) => {
        asked.push(host)
        if (host === 'away') throw new Error('refused')
        return host === primary
      }
    expect((await writable(hosts, takes('primary')))?.host).toBe('primary')
    expect(asked).toEqual(['away', 'standby', 'primary'])
    expect(await writable(hosts, takes('nobody'))).toBeUndefined()
  })
})
