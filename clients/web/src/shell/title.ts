import { useEffect } from 'react'
import { useLive } from '../live'

/**
 * What the browser's card is called: how many messages name one, and the kind of page. No names of people, places or
 * conversations, because titles stay in the history.
 */
export function useTitle(words: string) {
  const mentions = useLive((state) => [...state.channels.values()].reduce((sum, entry) => sum + entry.mentions, 0))
  useEffect(() => {
    document.title = `${mentions > 0 ? `(${mentions}) ` : ''}${words} – Splot`
  }, [mentions, words])
}
