import { compareWords, matches } from '../ui/words'

export type Named = { id: string; name: string; where: string }

/** What is being typed after "@" right before the cursor, or nothing. */
export function mentionAt(text: string, cursor: number): { from: number; query: string } | null {
  const before = text.slice(0, cursor)
  const at = before.lastIndexOf('@')
  if (at < 0 || (at > 0 && !/[\s(„"]/.test(before.charAt(at - 1)))) return null
  const query = before.slice(at + 1)
  // Two words are a whole name; a line end or a third word is talk again.
  if (query.includes('\n') || query.split(' ').length > 2 || query.length > 40) return null
  return { from: at, query }
}

export function found(people: readonly Named[], query: string): Named[] {
  return people
    .filter((person) => query.trim() === '' || matches(`${person.name} ${person.where}`, query))
    .sort((a, b) => compareWords(a.name, b.name))
    .slice(0, 8)
}

/** Those whose "@Imię Nazwisko" stands in the text. The longer name wins where one begins another. */
export function mentioned(text: string, people: readonly Named[]): Named[] {
  let rest = text
  const hits: Named[] = []
  for (const person of [...people].sort((a, b) => b.name.length - a.name.length)) {
    const mark = `@${person.name}`
    if (!person.name || !rest.includes(mark)) continue
    const same = people.filter((other) => other.name === person.name)
    if (!hits.some((hit) => hit.name === person.name)) hits.push(...same)
    rest = rest.replaceAll(mark, '')
  }
  return hits
}
