// The key is asked through NCALayer, a program on the worker's own machine: a connection for each signing, one request at a time, frames that are no
// answer (heartbeats, news of the program) passed over. What comes back goes into the form, and the form is sent; the server judges it.
const basics = 'kz.gov.pki.knca.basics'
const common = 'kz.gov.pki.knca.commonUtils'
const signDocuments = '1.3.6.1.5.5.7.3.4'
const legalEntity = '1.2.398.3.3.4.1.2'
const patience = 6000
const fileStore = 'PKCS12'
/** This browser has met the program before: where it does not answer now it is not running; else it may not be there at all. */
const met = 'ncalayer-met'

/** Why there is no signature: the name of a state, and what the program said. */
class NotSigned extends Error {
  constructor(state, details = '') {
    super(details)
    this.state = state
  }
}

const addressOf = (url) => {
  if (!url.startsWith('/')) return url
  return new URL(url, location.href).href.replace(/^http/, 'ws')
}
const parsed = (frame) => {
  try {
    return JSON.parse(frame)
  } catch {
    return undefined
  }
}
const hasMet = () => {
  try {
    return localStorage.getItem(met) !== null
  } catch {
    return false
  }
}
const remember = () => {
  try {
    localStorage.setItem(met, 'yes')
  } catch {
    // A browser that keeps nothing is told both ways each time.
  }
}
/** What the program sends besides JSON: its own heartbeat. Anything else that is no JSON was an answer once. */
const isNoise = (frame) => /^-+heartbeat-+$/.test(frame)
const isAnswer = (frame) => typeof frame?.status === 'boolean' || typeof frame?.code === 'string' || frame?.success === false

/** A connection that has been greeted: `ask` sends one request and gives its answer. */
const connect = (url, stopped) =>
  new Promise((resolve, reject) => {
    let waiting
    let greeted = false
    const socket = new WebSocket(url)
    const fail = (state) => {
      clearTimeout(late)
      socket.close()
      const why = new NotSigned(state)
      waiting?.reject(why)
      reject(why)
    }
    const gone = () => fail(greeted ? 'cut' : hasMet() ? 'notRunning' : 'notInstalled')
    const late = setTimeout(gone, patience)
    stopped.addEventListener('abort', () => fail('cancelled'))
    socket.addEventListener('error', gone)
    socket.addEventListener('close', gone)
    socket.addEventListener('message', ({ data }) => {
      const frame = parsed(data)
      if (!greeted) {
        if (frame?.result?.version === undefined) return
        greeted = true
        remember()
        clearTimeout(late)
        return resolve({ ask, close: () => socket.close() })
      }
      if (waiting === undefined) return
      if (frame === undefined && !isNoise(data)) return fail('odd')
      if (!isAnswer(frame)) return
      const { resolve: give } = waiting
      waiting = undefined
      give(frame)
    })
    const ask = (request) =>
      new Promise((give, refuse) => {
        waiting = { resolve: give, reject: refuse }
        socket.send(JSON.stringify(request))
      })
  })

/** The program's own words for why not; a password is told in ours. */
const notSigned = (words) => new NotSigned(/password was incorrect|wrong.?password/i.test(words) ? 'wrongPassword' : 'failed', words)

/** A page that asks who somebody is wants the key of signing in, and no time-stamp. */
const isSignIn = (wish) => wish.usages !== undefined

const byBasics = async (layer, documents, wish) => {
  const usages = wish.usages?.split(' ') ?? [signDocuments, legalEntity]
  const signer = { extKeyUsageOids: usages, iin: wish.iin ?? '', bin: wish.bin ?? '', serialNumber: '' }
  const answer = await layer.ask({
    module: basics,
    method: 'sign',
    args: {
      allowedStorages: null,
      format: 'cms',
      data: documents.length === 1 ? documents[0] : documents,
      // Words, as the centre's own page sends them.
      signingParams: { decode: 'true', encapsulate: 'false', digested: 'false', tsaProfile: isSignIn(wish) ? null : {} },
      signerParams: wish.chain === 'any' ? { ...signer, chain: [] } : signer,
      locale: wish.locale,
    },
  })
  if (answer.success === false && answer.errorCode === 'MODULE_NOT_FOUND') return undefined
  if (answer.status !== true) throw notSigned([answer.message ?? answer.code, answer.details].filter(Boolean).join(' '))
  const result = answer.body?.result
  if (result === undefined) throw new NotSigned('cancelled')
  return Array.isArray(result) ? result : [result]
}

/** A program from before 2022: one document at a time, and nothing is said of whose key it must be. */
const byCommon = async (layer, documents, wish, told) => {
  const use = isSignIn(wish) ? 'AUTHENTICATION' : 'SIGNATURE'
  const signatures = []
  // A token that is plugged in is meant; else a file.
  const { responseObject: tokens } = await layer.ask({ module: common, method: 'getActiveTokens' })
  const store = (Array.isArray(tokens) && tokens.find((one) => typeof one === 'string')) || fileStore
  for (const [index, document] of documents.entries()) {
    told(`${index + 1} / ${documents.length}`)
    const answer = await layer.ask({ module: common, method: 'createCAdESFromBase64', args: [store, use, document, false] })
    if (answer.message === 'action.canceled') throw new NotSigned('cancelled')
    if (String(answer.code) !== '200') throw notSigned(answer.message ?? String(answer.code))
    signatures.push(answer.responseObject)
  }
  return signatures
}

/** One request at a time, from whichever tab of this browser it is. Browsers have no locks on pages that came by plain HTTP from elsewhere. */
const alone = (work) => {
  if (navigator.locks === undefined) return work()
  return navigator.locks.request('ncalayer', { ifAvailable: true }, (lock) => {
    if (lock === null) throw new NotSigned('busy')
    return work()
  })
}

for (const box of document.querySelectorAll('[data-island="ncalayer"]')) {
  const form = box.closest('form')
  if (!form) continue
  const say = box.dataset
  const told = box.querySelector('[data-sign-told]')
  const fields = [...box.querySelectorAll('[data-sign]')]
  let running

  const link = (href, text) =>
    Object.assign(document.createElement('a'), { className: 'govuk-link', href, target: '_blank', rel: 'opener', textContent: text })
  const tell = (text, { wrong = false, help = '', more = [] } = {}) => {
    told.setAttribute('role', wrong ? 'alert' : 'status')
    told.classList.toggle('q-signing__told--wrong', wrong)
    const strong = Object.assign(document.createElement(wrong ? 'strong' : 'span'), { textContent: text })
    told.replaceChildren(strong, ...(help ? [' ', help] : []), ...more.flatMap((one) => [' ', one]))
    // Buttons in here come and go, and the keyboard would be lost with them: whoever failed stands at what went wrong.
    if (wrong) told.focus()
  }
  const stop = () => {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'q-signing__stop', textContent: say.stop })
    button.addEventListener('click', () => running?.abort())
    return button
  }
  const waits = () => [...(say.dialog ? [link(say.dialog, say.window)] : []), stop()]

  const askFor = async (stopped) => {
    const layer = await connect(addressOf(say.url), stopped.signal)
    try {
      tell(say.sayAsking, { more: waits() })
      const documents = fields.map((field) => field.dataset.sign)
      const each = (which) => tell(say.sayAskingeach.replace('%%', which), { more: waits() })
      return (await byBasics(layer, documents, say)) ?? (await byCommon(layer, documents, say, each))
    } finally {
      layer.close()
    }
  }

  const sign = async () => {
    const stopped = new AbortController()
    running = stopped
    tell(say.sayConnecting, { more: [stop()] })
    try {
      const signatures = await alone(() => askFor(stopped))
      if (signatures.length !== fields.length || !signatures.every((one) => typeof one === 'string' && one !== ''))
        throw new NotSigned('odd')
      for (const [index, field] of fields.entries()) field.value = signatures[index]
      tell(say.saySigned)
      form.requestSubmit()
    } catch (cause) {
      const { state = 'odd', message } = cause
      const named = `${state[0].toUpperCase()}${state.slice(1).toLowerCase()}`
      tell(
        (say[`say${named}`] ?? say.sayOdd).replace('%%', () => message),
        { wrong: true, help: say[`help${named}`] ?? say.helpAgain },
      )
    } finally {
      running = undefined
    }
  }

  // Before anybody else sees the form go: it goes once it is signed.
  form.addEventListener(
    'submit',
    (event) => {
      if (!event.submitter?.matches('[data-sign-key]')) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (running) return tell(say.sayBusy, { help: say.helpBusy, more: waits() })
      for (const field of fields) field.value = ''
      // By the press itself, else the browser keeps the window back.
      if (say.dialog) open(say.dialog, `ncalayer-${say.dialog}`, 'popup,width=560,height=760')
      sign()
    },
    true,
  )
}
