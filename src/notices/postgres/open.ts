import type { Database } from '../../ledger/postgres/database.ts'
import type { NoticeLog } from '../log.ts'
import { noticeLogInPostgres } from './log.ts'
import { migrateNotices } from './migrate.ts'

/** The channel log, shared by every server process over one database; its table is made when it is absent. */
export async function openNoticeLog(database: Database): Promise<NoticeLog> {
  await migrateNotices(database)
  return noticeLogInPostgres(database)
}
