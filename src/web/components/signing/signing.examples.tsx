import type { Example } from '../gallery/gallery.ts'
import { Signing } from './signing.tsx'

const documents = [{ field: '_signature', bytes: new TextEncoder().encode('{}') }]
const signer = { iin: '800101399917', organisationBin: '011040998864' }

export const examples = (): readonly Example[] => [
  { name: 'key', element: <Signing documents={documents} signer={signer} url="wss://127.0.0.1:13579/" phone /> },
  { name: 'emulator', element: <Signing documents={documents} signer={signer} url="/demo/ncalayer/1" anyChain server phone /> },
]
