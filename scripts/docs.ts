// Writes the documents that are made from the schemas of the law and of messages: npm run docs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageSchema } from '../src/gateway/messages/schema.ts'
import { documents } from '../src/law/reference/reference.ts'

const message = { path: 'docs/schema/message.json', text: messageSchema() }
const root = join(import.meta.dirname, '..')
const introduction = readFileSync(join(root, 'src/law/reference/introduction.md'), 'utf8')
for (const { path, text } of [...documents(introduction), message]) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
