import { Fragment, type ReactNode } from 'react'

/** Texts of people: paragraphs, lists, quotes, **bold**, addresses and mentions. Everything else stays as it was typed. */

type Block = { kind: 'text' | 'quote' | 'list'; lines: string[] }

const item = /^\s*[-•*] +/
const quote = /^\s*> ?/

function kindOf(line: string): Block['kind'] {
  if (item.test(line)) return 'list'
  return quote.test(line) ? 'quote' : 'text'
}

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      open = undefined
      continue
    }
    const kind = kindOf(line)
    if (open?.kind !== kind) {
      open = { kind, lines: [] }
      blocks.push(open)
    }
    open.lines.push(line.replace(kind === 'list' ? item : kind === 'quote' ? quote : /$^/, ''))
  }
  return blocks
}

export type Piece = { kind: 'text' | 'bold' | 'link' | 'mention'; words: string }

const address = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/

function escaped(words: string) {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** `names` are those of the people mentioned: "@Hanna Bąk" is marked only where it names one of them. */
export function piecesOf(line: string, names: readonly string[]): Piece[] {
  const mentions = [...names].sort((a, b) => b.length - a.length).map((name) => `@${escaped(name)}`)
  const any = new RegExp([address.source, '\\*\\*[^*\\s](?:[^*]*[^*\\s])?\\*\\*', ...mentions].join('|'), 'gu')
  const pieces: Piece[] = []
  let from = 0
  for (const found of line.matchAll(any)) {
    const words = found[0]
    if (found.index > from) pieces.push({ kind: 'text', words: line.slice(from, found.index) })
    if (words.startsWith('http')) pieces.push({ kind: 'link', words })
    else if (words.startsWith('@')) pieces.push({ kind: 'mention', words })
    else pieces.push({ kind: 'bold', words: words.slice(2, -2) })
    from = found.index + words.length
  }
  if (from < line.length) pieces.push({ kind: 'text', words: line.slice(from) })
  return pieces
}

function shown(piece: Piece): ReactNode {
  switch (piece.kind) {
    case 'link':
      return (
        <a href={piece.words} target="_blank" rel="noreferrer noopener">
          {piece.words}
        </a>
      )
    case 'bold':
      return <strong>{piece.words}</strong>
    case 'mention':
      return <span className="mention">{piece.words}</span>
    case 'text':
      return piece.words
  }
}

function Line({ line, names }: { line: string; names: readonly string[] }) {
  let at = 0
  return piecesOf(line, names).map((piece) => {
    const key = at
    at += piece.words.length
    return <Fragment key={key}>{shown(piece)}</Fragment>
  })
}

/** A text of somebody, as it is shown. */
export function Words({ text, names }: { text: string; names: readonly string[] }) {
  let place = 0
  return blocksOf(text).map((block) => {
    const key = place++
    const lines = block.lines.map((line, at) => ({ line, key: `${key}-${at}`, isLast: at === block.lines.length - 1 }))
    if (block.kind === 'list')
      return (
        <ul key={key} className="words-list">
          {lines.map(({ line, key }) => (
            <li key={key}>
              <Line line={line} names={names} />
            </li>
          ))}
        </ul>
      )
    const body = lines.map(({ line, key, isLast }) => (
      <Fragment key={key}>
        <Line line={line} names={names} />
        {isLast ? null : <br />}
      </Fragment>
    ))
    return block.kind === 'quote' ? (
      <blockquote key={key} className="words-quote">
        {body}
      </blockquote>
    ) : (
      <p key={key}>{body}</p>
    )
  })
}
