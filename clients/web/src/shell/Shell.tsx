import { useLive } from '../live'
import { DemonstrationStrip } from './DemonstrationStrip'
import { Keys } from './Keys'
import { useNarrowScreen } from './narrowScreen'
import { OfflineBar } from './OfflineBar'
import { Pages } from './Pages'
import { PhoneBar } from './PhoneBar'
import { Rail } from './Rail'
import { TopBar } from './TopBar'
import { texts } from './texts.pl'
import './shell.css'

/** Rail, top bar, the page. */
export function Shell() {
  const isDemonstration = useLive((state) => state.me?.demonstration ?? false)
  const isNarrow = useNarrowScreen()
  return (
    <div className="shell">
      <a href="#tresc" className="skip">
        {texts.skipToContent}
      </a>
      {isDemonstration ? <DemonstrationStrip /> : null}
      <div className="shell-parts">
        {isNarrow ? null : <Rail />}
        <div className="shell-main">
          <TopBar />
          <OfflineBar />
          <main id="tresc" className="shell-page" tabIndex={-1}>
            <Pages />
          </main>
        </div>
      </div>
      {isNarrow ? <PhoneBar /> : null}
      <Keys />
    </div>
  )
}
