/** Instants are shown as they are in Poland, wherever the computer thinks it is. */
const zone = 'Europe/Warsaw'
const dayKey = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })
const clock = new Intl.DateTimeFormat('pl-PL', { timeZone: zone, hour: 'numeric', minute: '2-digit' })
const longDay = new Intl.DateTimeFormat('pl-PL', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' })
const longDayWithYear = new Intl.DateTimeFormat('pl-PL', {
  timeZone: zone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const shortDay = new Intl.DateTimeFormat('pl-PL', {
  timeZone: zone,
  weekday: 'short',
  day: 'numeric',
  month: 'numeric',
})
const plainDate = new Intl.DateTimeFormat('pl-PL', {
  timeZone: zone,
  day: 'numeric',
  month: 'numeric',
  year: 'numeric',
})
const dayAndMonth = new Intl.DateTimeFormat('pl-PL', { timeZone: zone, day: 'numeric', month: 'long' })

/** "2026-11-24": the day in Poland, for comparing. */
export const dayOf = (at: string | Date) => dayKey.format(new Date(at))
/** "9:05" */
export const timeOf = (at: string | Date) => clock.format(new Date(at))
/** "24.11.2026" */
export const dateOf = (at: string | Date) => plainDate.format(new Date(at))

/** "dziś", "wczoraj", or "wtorek, 24 listopada"; with the year when it is another one. */
export function dayName(at: string | Date, now: Date): string {
  const day = dayOf(at)
  if (day === dayOf(now)) return 'dziś'
  if (day === dayOf(new Date(now.getTime() - 86_400_000))) return 'wczoraj'
  return (day.slice(0, 4) === dayOf(now).slice(0, 4) ? longDay : longDayWithYear).format(new Date(at))
}

/** "9:05" today, "wczoraj, 9:05", "wt., 24.11, 9:05" before. */
export function when(at: string | Date, now: Date): string {
  const day = dayOf(at)
  if (day === dayOf(now)) return timeOf(at)
  if (day === dayOf(new Date(now.getTime() - 86_400_000))) return `wczoraj, ${timeOf(at)}`
  return `${shortDay.format(new Date(at))}, ${timeOf(at)}`
}

/** "23–29 listopada": Monday to Sunday of the week of `now`. */
export function weekName(now: Date): string {
  const weekday = (new Date(`${dayOf(now)}T12:00:00Z`).getUTCDay() + 6) % 7
  const monday = new Date(now.getTime() - weekday * 86_400_000)
  const sunday = new Date(monday.getTime() + 6 * 86_400_000)
  const from = dayAndMonth.format(monday)
  const to = dayAndMonth.format(sunday)
  const sameMonth = dayOf(monday).slice(0, 7) === dayOf(sunday).slice(0, 7)
  return sameMonth ? `${from.split(' ')[0]}–${to}` : `${from} – ${to}`
}
