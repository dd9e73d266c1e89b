/** RFC 3339 with the offset of Kazakhstan; `ms` is the machine's, for waiting and for measuring. */
export interface ContourClock {
  now(): string
  ms(): number
}

/** Every message carries its offset. The country has had one zone, +05:00, since 1 March 2024; before, Almaty and Astana had +06:00. */
const zone = 'Asia/Almaty'

/** From `start` on (RFC 3339) at real speed; without it the machine's time. */
export function contourClock(start?: string): ContourClock {
  const ahead = start === undefined ? 0 : Temporal.Instant.from(start).epochMilliseconds - Date.now()
  return {
    now: () =>
      Temporal.Instant.fromEpochMilliseconds(Date.now() + ahead)
        .toZonedDateTimeISO(zone)
        .toString({ timeZoneName: 'never', smallestUnit: 'millisecond' }),
    ms: () => Date.now(),
  }
}

/** The moment `ms` after another, RFC 3339. */
export const later = (from: string, ms: number): string =>
  Temporal.Instant.from(from)
    .add({ milliseconds: ms })
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', smallestUnit: 'millisecond' })
