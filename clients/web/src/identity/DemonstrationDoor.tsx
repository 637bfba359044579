import { useState } from 'react'
import { type Card, enterAs, type Problem } from '../live'
import { Banner, Button, ComboBox } from '../ui'
import { besideAddress } from './beside'
import { StartAnew } from './StartAnew'
import { texts } from './texts.pl'

/** The demonstration's people on cards: one press enters (D-03, D-38), a link opens one beside (D-39). */
export function DemonstrationDoor({ cards }: { cards: readonly Card[] }) {
  const [entering, setEntering] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const enter = async (login: string) => {
    setEntering(login)
    setProblem(null)
    const result = await enterAs(login)
    if (!result.ok) setProblem(result.problem)
    setEntering(null)
  }
  const main = cards.filter((card) => card.sentence)
  const others = cards.filter((card) => !card.sentence)
  return (
    <>
      <div className="door-intro">
        <h1>{texts.doorTitle}</h1>
        <p>{texts.doorLead}</p>
      </div>
      {problem ? <Banner tone="danger">{problem.message}</Banner> : null}
      <section aria-labelledby="wejdz-jako" className="door-part">
        <div>
          <h2 id="wejdz-jako">{texts.enterAs}</h2>
          <p className="muted">
            {texts.enterAsLead} {texts.besideHint}
          </p>
        </div>
        <ul className="door-cards">
          {main.map((card) => (
            <li key={card.login} className="door-card">
              <h3>{card.name}</h3>
              <p className="door-who">
                {card.post}, {card.institution}
              </p>
              <p>{card.sentence}</p>
              <div className="door-card-actions">
                <Button
                  kind="primary"
                  isPending={entering === card.login}
                  onPress={() => enter(card.login)}
                  aria-label={texts.enterAsOne(card.name)}
                >
                  {texts.enter}
                </Button>
                <a
                  className="door-beside"
                  href={besideAddress(card.login)}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={texts.openBesideOne(card.name)}
                >
                  {texts.openBeside}
                </a>
              </div>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="ktos-inny" className="door-part door-others">
        <h2 id="ktos-inny">{texts.someoneElse}</h2>
        <div className="door-others-row">
          <SomeoneElse cards={others} onEnter={enter} />
          <StartAnew />
        </div>
      </section>
    </>
  )
}

function SomeoneElse({ cards, onEnter }: { cards: readonly Card[]; onEnter: (login: string) => void }) {
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <div className="door-someone">
      <ComboBox
        label={texts.someoneElseLabel}
        options={cards.map((card) => ({
          value: card.login,
          label: card.name,
          hint: `${card.post}, ${card.institution}`,
        }))}
        value={chosen}
        onChange={setChosen}
      />
      <Button isDisabled={!chosen} onPress={() => chosen && onEnter(chosen)}>
        {texts.enter}
      </Button>
    </div>
  )
}
