import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import { startEmbedded } from '../ledger/embedded/server.ts'

/** An empty database beside the installation's own, gone afterwards. */
export async function withFreshDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  const name = `qyzmet_fresh_${randomUUID().replaceAll('-', '')}`
  if (config.databaseUrl !== undefined) {
    const own = new URL(config.databaseUrl)
    own.pathname = `/${name}`
    return withDatabase(config.databaseUrl, name, () => work(own.href))
  }
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  const server = await startEmbedded(join(config.data, 'postgres'))
  try {
    return await withDatabase(server.url, name, () => work(server.urlOf(name)))
  } finally {
    await server.stop()
  }
}

async function withDatabase<T>(url: string, name: string, work: () => Promise<T>): Promise<T> {
  await administer(url, `create database ${name} template template0 encoding 'UTF8'`)
  try {
    return await work()
  } finally {
    await administer(url, `drop database if exists ${name} with (force)`)
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
