import { coverageCommand } from './cli/coverage.ts'
import { selfcheckCommand } from './cli/selfcheck.ts'
import { readConfig } from './config.ts'

const [name, ...args] = process.argv.slice(2)
const streams = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }
if (name === 'coverage') process.exitCode = await coverageCommand(args, streams)
if (name === 'selfcheck') process.exitCode = await selfcheckCommand(args, streams, readConfig(process.env, true))
