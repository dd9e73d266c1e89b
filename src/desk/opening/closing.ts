/** What is opened says here how it is closed: the last first. */
export type OnClose = (step: () => Promise<unknown> | unknown) => void
