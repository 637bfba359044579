import { useState } from 'react'
import { ReaderList } from '../access/ReaderList'
import { useExplanation } from '../access/readers'
import { texts as access } from '../access/texts.pl'
import { type Channel, call, type PersonId, useLive } from '../live'
import { placeOf, useRoles } from '../shell/acting'
import { Link } from '../shell/Link'
import { at } from '../shell/route'
import { Banner, Button, ComboBox, ErrorState, IconButton, Sheet, Skeleton, tell } from '../ui'
import { X } from '../ui/icons'
import { byName } from '../ui/words'
import { mayModerateIn } from './rights'
import { texts } from './texts.pl'

/** What this conversation is for, where it belongs, and who reads it. */
export function ChannelInfo({
  channel,
  listed,
  onClose,
}: {
  channel: Channel
  listed: readonly PersonId[]
  onClose: () => void
}) {
  const team = useLive((state) => (channel.team ? state.teams.get(channel.team) : undefined))
  const institution = useLive((state) =>
    channel.institution ? state.institutions.get(channel.institution) : undefined,
  )
  const answer = useExplanation({ channel: channel.id })
  const roles = useRoles(placeOf(channel))
  return (
    <Sheet title={channel.name} onClose={onClose}>
      <dl className="facts">
        {channel.purpose ? (
          <div>
            <dt>{texts.purpose}</dt>
            <dd>{channel.purpose}</dd>
          </div>
        ) : null}
        <div>
          <dt>{texts.whoFor}</dt>
          <dd>{texts.laneHint[channel.lane]}</dd>
        </div>
        {team ? (
          <div>
            <dt>{texts.place}</dt>
            <dd>
              <Link to={at.team(team.id)} onFollow={onClose}>
                {team.name}
              </Link>
            </dd>
          </div>
        ) : null}
        {institution ? (
          <div>
            <dt>{texts.place}</dt>
            <dd>
              <Link to={at.institution(institution.id)} onFollow={onClose}>
                {institution.name}
              </Link>
            </dd>
          </div>
        ) : null}
        {channel.sealed ? (
          <div>
            <dt>{texts.sealedTitle}</dt>
            <dd>{texts.sealedWords}</dd>
          </div>
        ) : null}
      </dl>
      {channel.lane === 'listed' ? (
        <Listed channel={channel} listed={listed} mayChange={mayModerateIn(channel, roles)} />
      ) : null}
      <section className="sheet-part">
        <h3>{texts.members}</h3>
        {answer.status === 'loading' ? <Skeleton rows={5} /> : null}
        {answer.status === 'failed' ? <ErrorState>{answer.problem.message}</ErrorState> : null}
        {answer.status === 'ready' ? (
          <>
            <p>{access.all(answer.explanation.readers.length, answer.explanation.institutions)}</p>
            <ReaderList explanation={answer.explanation} />
          </>
        ) : null}
      </section>
    </Sheet>
  )
}

function Listed({ channel, listed, mayChange }: { channel: Channel; listed: readonly PersonId[]; mayChange: boolean }) {
  const people = useLive((state) => state.people)
  const mandates = useLive((state) => state.mandates)
  const [chosen, setChosen] = useState<PersonId | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const inTeam = new Set(
    [...mandates.values()].filter((mandate) => mandate.team === channel.team).map((mandate) => mandate.person),
  )
  const others = [...people.values()]
    .filter((person) => inTeam.has(person.id) && !listed.includes(person.id))
    .sort(byName)
  const change = async (method: 'channels.add_member' | 'channels.remove_member', person: PersonId, done: string) => {
    const result = await call(method, { channel: channel.id, person })
    setProblem(result.ok ? null : result.problem.message)
    if (!result.ok) return
    setChosen(null)
    tell(done)
  }
  return (
    <section className="sheet-part">
      <h3>{texts.list}</h3>
      {problem ? <Banner tone="danger">{problem}</Banner> : null}
      <ul className="rows">
        {listed
          .flatMap((id) => people.get(id) ?? [])
          .sort(byName)
          .map((person) => (
            <li key={person.id} className="listed-row">
              <span>
                {person.name}
                <span className="meta"> {person.post}</span>
              </span>
              {mayChange ? (
                <IconButton
                  label={texts.removeMember(person.name)}
                  icon={<X />}
                  onPress={() => change('channels.remove_member', person.id, texts.memberRemoved(person.name))}
                />
              ) : null}
            </li>
          ))}
      </ul>
      {mayChange ? (
        <div className="listed-add">
          <ComboBox<PersonId>
            label={texts.memberToAdd}
            options={others.map((person) => ({ value: person.id, label: person.name, hint: person.post }))}
            value={chosen}
            onChange={setChosen}
          />
          <Button
            isDisabled={!chosen}
            onPress={() =>
              chosen && change('channels.add_member', chosen, texts.memberAdded(people.get(chosen)?.name ?? ''))
            }
          >
            {texts.addMember}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
