// After the bundler: checks the budgets, and lays a .br and a .gz beside everything that shrinks.
//   node finish.mjs FOLDER
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const folder = (process.argv[2] ?? 'dist').replace(/\/$/, '')
const manifestFile = join(folder, 'manifest.build.json')
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
const kilobyte = 1024

const gzip = (path) => gzipSync(readFileSync(path), { level: 9 }).length
const sizeOf = (key) => gzip(join(folder, manifest[key].file))
const withImports = (key, seen = new Set()) => {
  if (!seen.has(key)) {
    seen.add(key)
    for (const one of manifest[key].imports ?? []) withImports(one, seen)
  }
  return seen
}

/** What a budget allows in KB of gzip, and what is there. */
const rows = []
const spend = (name, allowed, bytes) => rows.push({ name, allowed, spent: bytes / kilobyte })

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
if (!entry) throw new Error('the bundler made no entry')
const first = withImports(entry)
let script = 0
for (const key of first) script += sizeOf(key)
spend('first load', 150, script)
for (const [key, chunk] of Object.entries(manifest))
  if (!first.has(key) && chunk.file.endsWith('.js')) spend(chunk.name ?? key, 80, sizeOf(key))
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile())
  .map((file) => join(file.path, file.name))
const styles = files.filter((file) => extname(file) === '.css').reduce((sum, file) => sum + gzip(file), 0)
spend('styles', 40, styles)
const fonts = files
  .filter((file) => extname(file) === '.woff2')
  .reduce((sum, file) => sum + readFileSync(file).length, 0)
spend('fonts', 60, fonts)

rows.sort((a, b) => b.spent / b.allowed - a.spent / a.allowed)
const over = rows.filter(({ allowed, spent }) => spent > allowed)
for (const { name, allowed, spent } of over.length > 0 ? over : rows.slice(0, 4))
  console.log(`${spent > allowed ? 'too much: ' : ''}${name}: ${spent.toFixed(1)} KB of ${allowed}`)
if (over.length > 0) process.exit(1)

rmSync(manifestFile)

// The service worker of exactly these files.
const assets = files
  .map((file) => file.slice(folder.length))
  .filter((file) => file.startsWith('/assets/'))
  .sort()
const page = readFileSync(join(folder, 'index.html'))
const code = readFileSync(new URL('../worker.js', import.meta.url), 'utf8')
const hash = createHash('sha256').update(page).update(code).digest('hex').slice(0, 16)
const release = { name: `splot-${hash}`, page: '/index.html', files: assets }
writeFileSync(join(folder, 'worker.js'), `const release = ${JSON.stringify(release)}\n${code}`)
files.push(join(folder, 'worker.js'))

for (const file of files) {
  if (!['.js', '.css', '.html', '.svg', '.webmanifest'].includes(extname(file))) continue
  const bytes = readFileSync(file)
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  if (brotli.length < bytes.length) writeFileSync(`${file}.br`, brotli)
  const zipped = gzipSync(bytes, { level: 9 })
  if (zipped.length < bytes.length) writeFileSync(`${file}.gz`, zipped)
}
