import { describe, expect, it } from 'vitest'
import { blocksOf, piecesOf } from './markup'

describe('texts of people', () => {
  it('fall into paragraphs, lists and quotes', () => {
    expect(
      blocksOf('Dzień dobry,\njutro:\n- sala\n- kawa\n\n> kto prowadzi?\nEwa').map((block) => [
        block.kind,
        block.lines,
      ]),
    ).toEqual([
      ['text', ['Dzień dobry,', 'jutro:']],
      ['list', ['sala', 'kawa']],
      ['quote', ['kto prowadzi?']],
      ['text', ['Ewa']],
    ])
  })
  it('mark addresses without the full stop after them', () => {
    expect(piecesOf('Zobacz https://gov.pl/a.', [])).toEqual([
      { kind: 'text', words: 'Zobacz ' },
      { kind: 'link', words: 'https://gov.pl/a' },
      { kind: 'text', words: '.' },
    ])
  })
  it('mark only people who were mentioned, the longest name first', () => {
    expect(
      piecesOf('@Ewa Zawadzka-Lis i @Ewa Zawadzka i @Nikt', ['Ewa Zawadzka', 'Ewa Zawadzka-Lis'])
        .filter((piece) => piece.kind === 'mention')
        .map((piece) => piece.words),
    ).toEqual(['@Ewa Zawadzka-Lis', '@Ewa Zawadzka'])
  })
  it('leave stars that mark nothing', () => {
    expect(piecesOf('2 ** 3 i **ważne**', [])).toEqual([
      { kind: 'text', words: '2 ** 3 i ' },
      { kind: 'bold', words: 'ważne' },
    ])
  })
})
