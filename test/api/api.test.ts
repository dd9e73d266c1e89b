import { describe } from 'vitest'
import { homeOf } from '../../src/desk/numbers.ts'
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
    return { app, secretOf, seal, close }
  }))
