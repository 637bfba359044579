import { StartAnew } from '../identity/StartAnew'
import { signOut } from '../live'
import { Button, Popover } from '../ui'
import { List, Switch } from '../ui/icons'
import { useNarrowScreen } from './narrowScreen'
import { Tour } from './Tour'
import { texts } from './texts.pl'

/** On every screen of the demonstration, and on every print (D-02). */
export function DemonstrationStrip() {
  const isNarrow = useNarrowScreen()
  return (
    <div className="demonstration" role="note">
      <p>
        <strong>{texts.demonstration}</strong> <span className="demonstration-words">{texts.demonstrationWords}</span>
      </p>
      <div className="demonstration-actions">
        <Popover
          label={texts.tour}
          trigger={
            <Button kind="quiet" small icon={<List />}>
              {texts.tour}
            </Button>
          }
        >
          <Tour />
        </Popover>
        <Button kind="quiet" small icon={<Switch />} onPress={() => signOut()}>
          {isNarrow ? texts.someoneElseShort : texts.someoneElse}
        </Button>
        <span className="demonstration-anew">
          <StartAnew />
        </span>
      </div>
    </div>
  )
}
