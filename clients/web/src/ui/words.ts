const rules = new Intl.PluralRules('pl')

/** The form that fits a number: 1 zadanie, 2 zadania, 5 zadań, 1,5 zadania. */
export function plural(n: number, one: string, few: string, many: string, fraction: string): string {
  const forms: Record<string, string> = { one, few, many, other: fraction }
  return forms[rules.select(n)] ?? fraction
}

/** The number and its noun: "35 osób". */
export function counted(n: number, one: string, few: string, many: string, fraction: string): string {
  return `${n}\u00a0${plural(n, one, few, many, fraction)}`
}

/** "Hanna, Lena i Nina": names as a sentence has them. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat('pl', { type: 'conjunction' }).format(names)
}

const collator = new Intl.Collator('pl')
export const byName = <T extends { name: string }>(a: T, b: T) => collator.compare(a.name, b.name)
export const compareWords = (a: string, b: string) => collator.compare(a, b)

/** For finding: without case, Polish marks and doubled spaces. */
export function folded(words: string): string {
  return words
    .toLocaleLowerCase('pl')
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** True when each word of `query` begins some word of `text`. */
export function matches(text: string, query: string): boolean {
  const words = folded(text).split(/[\s–—\-/„”".,()]+/)
  return folded(query)
    .split(' ')
    .every((part) => words.some((word) => word.startsWith(part)))
}

/** One-letter words stay with the next one (a, i, o, u, w, z), for texts made at run time. */
export function tied(words: string): string {
  return words.replace(/(?<=^|[\s(„])([aiouwz]) /giu, '$1\u00a0')
}
