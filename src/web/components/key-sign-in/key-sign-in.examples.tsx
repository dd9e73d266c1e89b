import type { Example } from '../gallery/gallery.ts'
import { KeySignIn } from './key-sign-in.tsx'

const bytes = new TextEncoder().encode('{}')

export const examples = (): readonly Example[] => [
  { name: 'beside a password', element: <KeySignIn bytes={bytes} url="wss://127.0.0.1:13579/" password /> },
  { name: 'alone', element: <KeySignIn bytes={bytes} url="/demo/ncalayer/1" dialog="/demo/ncalayer/1/window" anyChain password={false} /> },
]
