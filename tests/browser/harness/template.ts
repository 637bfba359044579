import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GlobalSetupContext } from 'vitest/node'
import { placeOf, sql, startHub, startKeys } from './programs'

declare module 'vitest' {
  interface ProvidedContext {
    /** The demonstration's database, to be cloned, and the folder with its keys, to be copied. */
    template: { readonly database: string; readonly folder: string }
  }
}

/** The demonstration world is loaded once; each journey begins with a copy of it. */
export async function setup({ provide }: GlobalSetupContext) {
  const folder = mkdtempSync(join(tmpdir(), 'splot-browser-'))
  const database = `splot_browser_${process.pid}`
  sql(`CREATE DATABASE ${database}`)
  const keys = await startKeys(folder)
  const hub = await startHub(await placeOf(folder, 'template', database))
  await hub.stop()
  await keys.stop()
  provide('template', { database, folder })
  return () => {
    sql(`DROP DATABASE ${database} WITH (FORCE)`)
    rmSync(folder, { recursive: true, force: true })
  }
}
