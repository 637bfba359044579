// Makes src/live/protocol.gen.ts from openrpc.json on standard input.
//   node generate.mjs            writes the file
//   node generate.mjs --check    says whether the file is the one that would be written
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const target = fileURLToPath(new URL('../src/live/protocol.gen.ts', import.meta.url))
const document = JSON.parse(readFileSync(0, 'utf8'))
const ids = new Set()

const nameOf = (reference) => reference.slice(reference.lastIndexOf('/') + 1)

/** A JSON Schema of ours as a TypeScript type. What it does not know is an error, not `any`. */
function type(schema) {
  if (schema.$ref) return nameOf(schema.$ref)
  if (schema.oneOf) return schema.oneOf.map(type).join(' | ')
  if (schema.enum) return schema.enum.map((one) => `'${one}'`).join(' | ')
  if (schema.title && schema.format === 'uuid') {
    ids.add(schema.title)
    return schema.title
  }
  switch (schema.type) {
    case 'string':
      return { uuid: 'Uuid', 'date-time': 'Instant', date: 'CalendarDate' }[schema.format] ?? 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array': {
      const of = type(schema.items)
      return of.includes('|') ? `readonly (${of})[]` : `readonly ${of}[]`
    }
    case 'object':
      if (schema.properties) return fields(schema)
      return `Readonly<Record<string, ${type(schema.additionalProperties)}>>`
    case undefined:
      if (Object.keys(schema).length === 0) return 'unknown'
  }
  throw new Error(`no TypeScript for ${JSON.stringify(schema)}`)
}

function fields(schema) {
  const required = new Set(schema.required)
  const lines = Object.entries(schema.properties).map(
    ([name, of]) => `  readonly ${name}${required.has(name) ? '' : '?'}: ${type(of)}`,
  )
  return lines.length ? `{\n${lines.join('\n')}\n}` : 'Record<never, never>'
}

const indent = (text) => text.replaceAll('\n', '\n  ')
const members = (lines) => `{\n${lines.map((line) => `  ${indent(line)}`).join('\n')}\n}`

function params(method) {
  const own = method.params.filter((param) => param.name !== 'as')
  return fields({
    properties: Object.fromEntries(own.map((param) => [param.name, param.schema])),
    required: own.filter((param) => param.required).map((param) => param.name),
  })
}

function text() {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) =>
    schema.enum ? `export type ${name} = ${type(schema)}` : `export type ${name} = ${fields(schema)}`,
  )
  const methods = document.methods.map(
    (method) =>
      `/** Caller: ${method['x-caller']}. */\n'${method.name}': { params: ${params(method)}; answer: ${type(method.result.schema)} }`,
  )
  const effects = document.methods.map((method) => `'${method.name}': '${method['x-effect']}',`)
  const events = document['x-events'].map((event) => `${event.kind}: ${type(event.schema)}`)
  const notices = document['x-notices'].map((notice) => `'${notice.name}': ${type(notice.params)}`)
  const routes = document['x-routes'].map(
    ({ route, body, answer }) => `'${route}': { body: ${type(body)}; answer: ${type(answer)} }`,
  )
  const codes = Object.keys(document.components.errors)
    .sort()
    .map((code) => `'${code}'`)
  return `// Generated from openrpc.json by tools/generate; do not edit.

type Id<Of extends string> = string & { readonly of: Of }
export type Uuid = string
/** ISO 8601 with offset. */
export type Instant = string
/** A day: 2026-11-24. */
export type CalendarDate = string
${[...ids]
  .sort()
  .map((id) => `export type ${id} = Id<'${id}'>`)
  .join('\n')}

${schemas.join('\n\n')}

/** Stable codes of problems. */
export type Code = ${codes.join(' | ')}

/** What may be called. */
export interface Methods ${members(methods)}

/** How a call must be treated: what writes and appends is repeated under its id until it is answered. */
export const effects = ${members(effects)} as const satisfies Record<keyof Methods, string>

/** What streams tell: by \`Event.kind\`. */
export interface Events ${members(events)}

/** What the hub says without being asked. */
export interface Notices ${members(notices)}

/** What goes over HTTP before a socket exists. */
export interface Routes ${members(routes)}
`
}

// The types are made first: they say which ids there are.
text()
const made = text()
if (!process.argv.includes('--check')) {
  writeFileSync(target, made)
} else if (readFileSync(target, 'utf8') !== made) {
  console.error('src/live/protocol.gen.ts is not what openrpc.json says; run clients/web/tools/generate and commit it.')
  process.exitCode = 1
}
