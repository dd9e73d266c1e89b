/** Where script runs, asks `address` (`{ "waiting": true }`) until nothing is waited for, then shows the page anew. */
export const LookAgain = ({ address }: { address: string }) => <span data-island="look-again" data-address={address} hidden />
