import { counted } from '../ui/words'

/** What stands around every page. */
export const texts = {
  name: 'Splot',
  skipToContent: 'Przejdź do treści',
  skipToMenu: 'Przejdź do menu',
  menu: 'Menu',
  week: 'Mój tydzień',
  weekShort: 'Tydzień',
  channels: 'Rozmowy',
  teams: 'Zespoły',
  people: 'Osoby',
  settings: 'Ustawienia',
  administration: 'Administracja',
  help: 'Pomoc',
  more: 'Więcej',
  unread: (n: number) => counted(n, 'nowa wiadomość', 'nowe wiadomości', 'nowych wiadomości', 'nowej wiadomości'),

  demonstration: 'Dane pokazowe.',
  demonstrationWords: 'Osoby, instytucje i rozmowy są zmyślone.',
  someoneElse: 'Wejdź jako ktoś inny',
  tour: 'Co tu zobaczyć',
  someoneElseShort: 'Inna osoba',

  actingAs: 'Działasz jako',
  actingAsChoose: 'W czyim imieniu działasz',
  me: 'Ja',
  meMenu: (name: string) => `${name}: ustawienia i wyjście`,
  signOut: 'Wyloguj',
  signOutTitle: 'Wylogować z tego urządzenia?',
  signOutWords: 'Szkice i niewysłane wiadomości znikną z tego komputera.',
  stay: 'Zostań',
  search: 'Szukaj lub przejdź',
  searchKeys: 'Ctrl+K',

  starting: 'Łączę…',
  reconnecting: 'Łączę ponownie…',
  offline: 'Brak sieci',
  offlineSince: (time: string) =>
    `Brak połączenia od ${time}. Piszesz dalej, wyślę po powrocie. To, co widzisz, może być starsze.`,
  back: 'Połączenie wróciło.',
  staleAt: (time: string) => `stan z ${time}`,

  paletteTitle: 'Szukaj lub przejdź',
  paletteHint: 'Wpisz nazwę rozmowy, osoby, instytucji albo strony.',
  paletteEmpty: 'Nic nie pasuje. Spróbuj innych słów.',
  paletteKinds: { page: 'strona', channel: 'rozmowa', team: 'zespół', institution: 'instytucja', person: 'osoba' },

  shortcuts: 'Skróty klawiszowe',
  shortcutsLead: 'Skróty z jednym klawiszem można wyłączyć w ustawieniach.',
  shortcutList: [
    ['Ctrl+K', 'szukaj lub przejdź'],
    ['?', 'ta lista'],
    ['g, potem t', 'Mój tydzień'],
    ['g, potem r', 'Rozmowy'],
    ['g, potem z', 'Zespoły'],
    ['g, potem u', 'Ustawienia'],
    ['j albo ↓', 'następna wiadomość'],
    ['k albo ↑', 'poprzednia wiadomość'],
    ['r', 'odpowiedz na zaznaczoną wiadomość'],
    ['@', 'wspomnij osobę'],
    ['Ctrl+Enter', 'wyślij'],
    ['Esc', 'zamknij okno albo przestań odpowiadać'],
  ] as const,

  notFoundTitle: 'Nie ma takiej strony',
  notFound: 'Adres jest niepełny albo ta rzecz nie jest dla Ciebie dostępna.',
  toWeek: 'Przejdź do: Mój tydzień',
  brokenTitle: 'Coś się zepsuło w tym oknie',
  broken:
    'Szkice i wysłane wiadomości są bezpieczne. Odśwież stronę. Jeśli to wróci, zadzwoń do osoby, która opiekuje się Splotem.',
  reload: 'Odśwież stronę',
}
