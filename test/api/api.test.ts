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
    return { app, secretOf, close }
  }))
