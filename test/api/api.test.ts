import { describe } from 'vitest'
import { apiContract } from '../contracts/api.ts'
import { openTestHouse } from '../house.ts'

describe('the API of a whole demonstration', () => apiContract(openTestHouse))
