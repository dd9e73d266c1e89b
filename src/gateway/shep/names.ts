/** Names on the wire of SHEP v10 ("BIP" by its old product name). Two are misspelt, and have to be. */
export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'
export const syncNamespace = 'http://bip.bee.kz/SyncChannel/v10/Types'
export const asyncNamespace = 'http://bip.bee.kz/AsyncChannel/v10/Types'
export const clientNamespace = 'http://bip.bee.kz/AsyncChannel/v10/Types/Client'
export const schemaInstanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance'

export type Operation =
  | 'SendMessage'
  | 'sendMessage'
  | 'sendDeliveryNotification'
  | 'getMessageStatus'
  | 'getMessages'
  | 'changeMassageStatusNotification'

/** Where an operation lives: of the gateway's two channels, or of the push client that a participant serves. */
export type Channel = 'sync' | 'async' | 'client'

/**
 * Under which namespaces a channel's operations come; the first is what we write. Newer clients of the gateway are called with the
 * channel's own namespace, older ones with the client's.
 */
export const namespacesOf: Readonly<Record<Channel, readonly [string, ...string[]]>> = {
  sync: [syncNamespace],
  async: [asyncNamespace],
  client: [clientNamespace, asyncNamespace],
}

/** The only status of a synchronous answer that means that it is one. */
export const processedCode = 'SCSS001'
export const processedText = 'Message has been processed successfully'
