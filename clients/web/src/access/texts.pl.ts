import { counted } from '../ui/words'

const people = (n: number) => counted(n, 'osoba', 'osoby', 'osób', 'osoby')
const fromInstitutions = (n: number) => `z ${counted(n, 'instytucji', 'instytucji', 'instytucji', 'instytucji')}`

/** Why do I see this, and who sees it. */
export const texts = {
  why: 'Dlaczego to widzę?',
  who: 'Kto to widzi?',
  whyChannel: 'Dlaczego widzę tę rozmowę?',
  whyMessage: 'Dlaczego widzę tę wiadomość?',
  whyTeam: 'Dlaczego widzę ten zespół?',
  whoChannel: 'Kto widzi tę rozmowę?',
  whoMessage: 'Kto widzi tę wiadomość?',
  whoTeam: 'Kto widzi ten zespół?',
  holds: 'spełnione',
  fails: 'brakuje',
  gate: {
    account: 'Konto',
    mandate: 'Upoważnienie',
    membership: 'Zespół',
    lane: 'Rola',
    audience: 'Grono',
    since: 'Od kiedy',
  } as Record<string, string>,
  actsFor: (institution: string) => `w imieniu: ${institution}`,
  from: (day: string) => `od ${day}`,
  until: (day: string) => `do ${day}`,
  all: (count: number, institutions: number) => `${people(count)} ${fromInstitutions(institutions)}`,
  seeLabel: 'Widzą:',
  see: (count: number, institutions: number) => `${people(count)} ${fromInstitutions(institutions)}`,
  onlyYou: 'tylko Ty',
  counting: 'liczę…',
  unknown: 'nie udało się policzyć',
  you: 'Ty',
  readersTitle: 'Kto to przeczyta',
  mistake:
    'Coś się nie zgadza? Powiedz animatorowi zespołu albo kierownikowi swojej instytucji. Podaj, co widzisz, a czego nie powinno tu być.',
  onlyTechnical: 'Osoby, które opiekują się Splotem od strony technicznej, nie mają wglądu w treść przez Splot.',
}
