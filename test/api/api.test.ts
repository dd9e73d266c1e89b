import { describe } from 'vitest'
import { homeOf } from '../../src/desk/numbers.ts'
import { installation } from '../../src/people/model.ts'
import { apiContract } from '../contracts/api.ts'
import { openTestHouse } from '../house.ts'

describe('the API of a whole demonstration', () =>
  apiContract(async () => {
    const { app, house, close } = await openTestHouse()
    const secretOf = async (number: string) => {
      const loaded = await house.ledger.load(homeOf(number) ?? 0, number)
      return String(loaded?.events[0]?.personal?.secret)
    }
    const seal = () => house.ledger.seals.make('2019-10-14T10:00:00+06:00')
    const password = 'жеті қазына тоғыз жол'
    const administrator = async () => {
      const made = await house.people.accounts.createStaff(
        {
          ...{ login: 'installation.keeper', iin: null, post: { kk: 'Әкімші', ru: 'Администратор' } },
          name: { surname: 'Үлгібаев', name: 'Ерлан' },
          grants: [{ role: 'administrator', organisation: installation, unit: 'management', from: '2019-10-14' }],
        },
        password,
        { kind: 'commandLine' },
        { mustChange: false },
      )
      if (!made.ok) throw new Error(made.error.code)
      const signed = await house.people.signIn({ login: 'installation.keeper', password, address: '127.0.0.1' }, 'token')
      if (!signed.ok) throw new Error(signed.error.code)
      return signed.value.token
    }
    return { app, secretOf, seal, administrator, close }
  }))
