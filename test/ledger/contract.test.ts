import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { ledgerContract } from '../contracts/ledger.ts'
import { ledgerViewsContract } from '../contracts/ledgerViews.ts'
import { dropDatabase, newDatabase, testKeyRing } from './database.ts'

async function postgresLedger() {
  const url = await newDatabase()
  const ledger = await openLedger({ url, keyRing: testKeyRing })
  return {
    ledger,
    dispose: async () => {
      await ledger.close()
      await dropDatabase(url)
    },
  }
}

ledgerContract('PostgreSQL', postgresLedger)
ledgerViewsContract('PostgreSQL', postgresLedger)
