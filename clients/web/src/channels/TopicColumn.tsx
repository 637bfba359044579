import type { ChannelId, Topic, TopicId } from '../live'
import { Link } from '../shell/Link'
import { at } from '../shell/route'
import { Button } from '../ui'
import { Plus } from '../ui/icons'
import { texts } from './texts.pl'

type Props = {
  channel: ChannelId
  topics: readonly Topic[]
  topic: TopicId | undefined
  withNew: ReadonlySet<string>
  mayWrite: boolean
  onNew: () => void
}

/** The topics of a conversation: all of them together, or one. */
export function TopicColumn({ channel, topics, topic, withNew, mayWrite, onNew }: Props) {
  return (
    <nav className="topics" aria-label={texts.topics}>
      <h2>{texts.topics}</h2>
      <ul>
        <li>
          <Link to={at.channel(channel)} current={!topic} className="topic">
            {texts.allTopics}
          </Link>
        </li>
        {topics.map((one) => (
          <li key={one.id}>
            <Link to={at.channel(channel, one.id)} current={one.id === topic} className="topic">
              <span className="topic-name">{one.name}</span>
              {withNew.has(one.id) ? (
                <span className="topic-new">
                  <span className="visually-hidden">{texts.hasNew}</span>
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <Button kind="quiet" small icon={<Plus />} onPress={onNew}>
          {texts.newTopic}
        </Button>
      ) : null}
    </nav>
  )
}
