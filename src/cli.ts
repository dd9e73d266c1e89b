import { coverageCommand } from './cli/coverage.ts'

const [name, ...args] = process.argv.slice(2)
const streams = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }
if (name === 'coverage') process.exitCode = await coverageCommand(args, streams)
