import { useCallback, useEffect, useState } from 'react'
import { call, liveState } from '../live'

export type CheckName = 'page' | 'socket' | 'speed' | 'microphone'
export type CheckResult = { status: 'waiting' | 'ok' | 'bad' | 'not_tried'; detail?: string }

const slow = 500

async function reachPage(): Promise<CheckResult> {
  try {
    const answer = await fetch('/healthz', { cache: 'no-store' })
    return { status: answer.ok ? 'ok' : 'bad' }
  } catch {
    return { status: 'bad' } // fetch says only that it failed
  }
}

async function reachHub(): Promise<{ socket: CheckResult; speed: CheckResult }> {
  if (liveState().connection.status !== 'on') return { socket: { status: 'bad' }, speed: { status: 'not_tried' } }
  const from = performance.now()
  const result = await call('streams.sync', {})
  const took = Math.round(performance.now() - from)
  return {
    socket: { status: result.ok ? 'ok' : 'bad' },
    speed: result.ok ? { status: took < slow ? 'ok' : 'bad', detail: `${took} ms` } : { status: 'not_tried' },
  }
}

async function hearMicrophone(): Promise<CheckResult> {
  if (!navigator.mediaDevices) return { status: 'bad' }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    for (const track of stream.getTracks()) track.stop()
    return { status: 'ok' }
  } catch (error) {
    if (error instanceof DOMException) return { status: 'bad', detail: error.name }
    throw error
  }
}

const before: Record<CheckName, CheckResult> = {
  page: { status: 'waiting' },
  socket: { status: 'waiting' },
  speed: { status: 'waiting' },
  microphone: { status: 'not_tried' },
}

/** What the office's network lets through (E-08). The microphone only when asked for: the browser asks for consent. */
export function useChecks() {
  const [results, setResults] = useState(before)
  const run = useCallback(async () => {
    setResults((last) => ({ ...before, microphone: last.microphone }))
    const [page, hub] = await Promise.all([reachPage(), reachHub()])
    setResults((last) => ({ ...last, page, ...hub }))
  }, [])
  const tryMicrophone = useCallback(async () => {
    setResults((last) => ({ ...last, microphone: { status: 'waiting' } }))
    const microphone = await hearMicrophone()
    setResults((last) => ({ ...last, microphone }))
  }, [])
  useEffect(() => {
    run()
  }, [run])
  return { results, run, tryMicrophone }
}
