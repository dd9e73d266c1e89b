import { randomUUID } from 'node:crypto'
import { constants, copyFile, lstat, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { flushFolder } from './flow.ts'

/** The server keeps no log of writes for a recovery to go by: a copy of its files alone can never be opened. */
export class NoArchive extends Error {
  constructor() {
    super('The server archives no WAL (archive_mode is off): switch it on first, docs/operations.md tells how.')
    this.name = 'NoArchive'
  }
}

/** Of the running server alone, or made anew at its start (PostgreSQL, "Backing Up the Data Directory"). */
const leftOut = /^(postmaster\.(pid|opts)|(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/.+)$/
const leftOutAnywhere = /^(pgsql_tmp.*|pg_internal\.init.*)$/

/**
 * The files of a running server's cluster, as the start of a recovery to any later moment: `<folder>/cluster`. What `pg_basebackup` does, which the
 * embedded server comes without. Returns the WAL position at which the copy is consistent. Throws NoArchive, EEXIST.
 * @param url the server, whose folder must be on this machine
 */
export async function copyCluster(url: string, folder: string): Promise<string> {
  if ((await lstat(folder).catch(() => null)) !== null)
    throw Object.assign(new Error(`${folder} exists and is not overwritten.`), { code: 'EEXIST', path: folder })
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const draft = `${folder}.unfinished-${randomUUID().slice(0, 8)}`
  try {
    const { rows } = await client.query<{ cluster: string; archiving: boolean }>(
      `select current_setting('data_directory') as cluster, current_setting('archive_mode') <> 'off' as archiving`,
    )
    const [server] = rows
    if (!server?.archiving) throw new NoArchive()
    await mkdir(join(draft, 'cluster'), { recursive: true, mode: 0o700 })
    await client.query(`select pg_backup_start('qyzmet', true)`)
    await copyFolder(server.cluster, join(draft, 'cluster'), '')
    // Last, as pg_basebackup does: it names the newest checkpoint.
    await copyOne(join(server.cluster, control), join(draft, 'cluster', control))
    // Comes back when everything that the copy needs is in the archive.
    const ended = await client.query<{ lsn: string; labelfile: string; spcmapfile: string }>('select * from pg_backup_stop(true)')
    const { lsn = '', labelfile = '', spcmapfile = '' } = ended.rows[0] ?? {}
    await write(join(draft, 'cluster', 'backup_label'), labelfile)
    if (spcmapfile.trim() !== '') await write(join(draft, 'cluster', 'tablespace_map'), spcmapfile)
    await flushFolder(join(draft, 'cluster'))
    await rename(draft, folder)
    await flushFolder(dirname(folder))
    return lsn
  } catch (cause) {
    await rm(draft, { recursive: true, force: true })
    throw cause
  } finally {
    await client.end().catch(() => {})
  }
}

const control = join('global', 'pg_control')

async function copyFolder(from: string, to: string, path: string): Promise<void> {
  for (const entry of await readdir(join(from, path), { withFileTypes: true })) {
    const name = path === '' ? entry.name : `${path}/${entry.name}`
    if (leftOut.test(name) || leftOutAnywhere.test(entry.name) || name === control) continue
    if (entry.isDirectory()) {
      await mkdir(join(to, name), { mode: 0o700 })
      await copyFolder(from, to, name)
      await flushFolder(join(to, name))
    } else if (entry.isFile()) await copyOne(join(from, name), join(to, name))
  }
}

/** A file that goes while we copy belonged to a table that was dropped: the WAL tells of it. */
async function copyOne(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return
    throw cause
  }
  await flush(to)
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600, flag: 'wx', flush: true })
}

async function flush(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
