import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs'
import { EmbeddedServerError } from './breakage.ts'

/** How the server's programs are run: PostgreSQL refuses root, and initdb refuses an account without a name. */
export interface Account {
  wrap(program: string, args: string[]): [string, string[]]
  /** For spawn; absent: our own. */
  uid?: number
  gid?: number
  /** Give a folder that the server must own to it. */
  own(folder: string): void
}

const ourselves: Account = { wrap: (program, args) => [program, args], own: () => {} }

/**
 * - an ordinary user with a name: as itself;
 * - root over a folder of another user: as that user;
 * - root, or a user without a name (containers): in a user namespace which gives us a name there. The files stay ours, so folders of mode 0700 work;
 * - root where namespaces are forbidden: as `postgres` or `nobody`, who must be able to reach the folder.
 */
export function chooseAccount(cluster: string): Account {
  const uid = process.getuid?.() ?? -1
  const owner = existsSync(cluster) ? statSync(cluster) : undefined
  if (owner && uid > 0 && owner.uid !== uid)
    throw new EmbeddedServerError(
      'notOwner',
      `${cluster} belongs to user ${owner.uid}, and this process is user ${uid}: run as its owner or choose another QYZMET_DATA.`,
    )
  if (owner && uid === 0 && owner.uid !== 0) return otherUser(owner.uid, owner.gid)
  const names = accounts()
  if (uid !== 0 && (names === undefined || names.some((a) => a.uid === uid))) return ourselves
  const inside = (names ?? []).find((a) => a.name === 'postgres') ?? (names ?? []).find((a) => a.uid > 0 && a.uid < 60_000)
  if (inside && mayUseNamespaces(inside.uid)) return namespace(inside.uid)
  const servant = (names ?? []).find((a) => a.name === 'postgres') ?? (names ?? []).find((a) => a.name === 'nobody')
  if (uid === 0 && servant) return otherUser(servant.uid, servant.gid)
  throw new EmbeddedServerError(
    'noAccount',
    'PostgreSQL runs neither as root nor as a user without a name, and user namespaces are not allowed here: run as an ordinary user, or set DATABASE_URL.',
  )
}

function namespace(uid: number): Account {
  const mapping = ['--user', `--map-user=${uid}`, `--map-group=${uid}`, '--']
  return { wrap: (program, args) => ['unshare', [...mapping, program, ...args]], own: () => {} }
}

function otherUser(uid: number, gid: number): Account {
  return { ...ourselves, uid, gid, own: (folder) => chownSync(folder, uid, gid) }
}

function mayUseNamespaces(uid: number): boolean {
  return (
    process.platform === 'linux' && spawnSync('unshare', ['--user', `--map-user=${uid}`, `--map-group=${uid}`, '--', 'true']).status === 0
  )
}

/** undefined where accounts do not live in this file (macOS): there every login has a name. */
function accounts(): { name: string; uid: number; gid: number }[] | undefined {
  if (process.platform !== 'linux' || !existsSync('/etc/passwd')) return undefined
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
