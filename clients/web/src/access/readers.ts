import { useEffect, useState } from 'react'
import {
  type Audience,
  type ChannelId,
  call,
  type Explanation,
  type MessageId,
  type Problem,
  type TeamId,
  useLive,
} from '../live'

export type Asked = { channel?: ChannelId; message?: MessageId; team?: TeamId; audience?: Audience }
export type Answer =
  | { status: 'loading'; explanation?: undefined; problem?: undefined }
  | { status: 'ready'; explanation: Explanation; problem?: undefined }
  | { status: 'failed'; explanation?: undefined; problem: Problem }

/**
 * Who reads something and why, as the hub itself decides it. Asked anew when mandates or memberships change and after
 * each reconnect, so that the strip above a composer never tells of yesterday.
 */
export function useExplanation(asked: Asked | null): Answer {
  const [answer, setAnswer] = useState<{ key: string; is: Answer }>({ key: '', is: { status: 'loading' } })
  const memberships = useLive((state) => state.memberships)
  const mandates = useLive((state) => state.mandates)
  const isOn = useLive((state) => state.connection.status === 'on')
  const key = JSON.stringify(asked)

  // biome-ignore lint/correctness/useExhaustiveDependencies: memberships and mandates are what the answer depends on
  useEffect(() => {
    const params: Asked | null = JSON.parse(key)
    if (!params || !isOn) return
    let isWanted = true
    call('access.explain', params).then((result) => {
      if (!isWanted) return
      setAnswer({
        key,
        is: result.ok ? { status: 'ready', explanation: result.value } : { status: 'failed', problem: result.problem },
      })
    })
    return () => {
      isWanted = false
    }
  }, [key, memberships, mandates, isOn])

  return answer.key === key ? answer.is : { status: 'loading' }
}
