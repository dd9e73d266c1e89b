import { no, type PeopleAnswer, type PersonName, yes } from './model.ts'

const shortest = 10
/** Beyond it hashing would only serve whoever wants to load the machine. */
const longest = 200

/** What attackers try first; a password that is one of these with digits or signs around it is no better. */
const common =
  /^(?:password|passw0rd|parol|пароль|құпиясөз|құпия|qwerty|qwertyuiop|йцукен|йцукенгшщз|administrator|admin|qyzmet|demo|қызмет|letmein|welcome|kazakhstan|қазақстан|казахстан|almaty|алматы|aktobe|ақтөбе|astana|астана)+$/

/** Whether a password may be set (NIST SP 800-63B, 5.1.1.2: length and known words, no rules of composition). */
export function checkPassword(password: string, of: { login: string; name?: PersonName }): PeopleAnswer<string> {
  const letters = [...password.normalize('NFKC')]
  if (letters.length < shortest) return no('passwordShort', { least: shortest })
  if (letters.length > longest) return no('passwordLong', { most: longest })
  const folded = letters.join('').toLowerCase()
  if (new Set(letters).size < 5 || isRun(folded)) return no('passwordMonotonous')
  const bare = folded.replaceAll(/[^\p{L}]/gu, '')
  if (common.test(folded) || (bare !== '' && common.test(bare) && letters.length < shortest + 4)) return no('passwordCommon')
  const own = [of.login, ...of.login.split('.'), of.name?.surname, of.name?.name].filter(
    (part) => part !== undefined && [...part].length >= 4,
  )
  if (own.some((part) => part !== undefined && remainder(folded, part.toLowerCase()) < 6)) return no('passwordOwnName')
  return yes(password)
}

/** `abcdefghij`, `9876543210`: each sign the neighbour of the one before. */
function isRun(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, i) => code - (codes[i] ?? 0)))
  return [...steps].every((step) => step === 1 || step === -1 || step === -9 || step === 9)
}

/** Letters left when the person's own word is taken out. */
const remainder = (text: string, part: string): number =>
  text.includes(part) ? [...text.replaceAll(part, '')].length : Number.POSITIVE_INFINITY
