import { counted } from '../ui/words'

/** "Mój tydzień". */
export const texts = {
  title: (week: string) => `Tydzień ${week}`,
  short: 'Mój tydzień',
  hello: (name: string) => `Dzień dobry, ${name}.`,
  forYou: 'Do Ciebie',
  forYouEmpty: 'Nikt teraz na Ciebie nie czeka.',
  mentions: (n: number) =>
    counted(n, 'wiadomość do Ciebie', 'wiadomości do Ciebie', 'wiadomości do Ciebie', 'wiadomości do Ciebie'),
  unread: 'Nowe w rozmowach',
  unreadEmptyTitle: 'Wszystko przeczytane',
  unreadEmpty: 'Gdy ktoś napisze, zobaczysz to tutaj.',
  notSent: 'Niewysłane',
  notSentWords: (n: number) =>
    `${counted(n, 'wiadomość czeka', 'wiadomości czekają', 'wiadomości czeka', 'wiadomości czeka')} na wysłanie. Otwórz rozmowę, żeby zobaczyć dlaczego.`,
  mandates: 'Twoje upoważnienia',
  until: (day: string) => `do ${day}`,
  noEnd: 'bez daty końca',
  endsSoon: 'kończy się wkrótce',
  noMandatesTitle: 'Nie masz jeszcze upoważnienia',
  noMandates:
    'Kierownik Twojej instytucji musi Cię upoważnić do pracy w zespole. Do tego czasu nie zobaczysz tu rozmów.',
  open: 'Otwórz',
  more: 'Spotkania i zadania pojawią się tutaj, gdy zespół zacznie ich używać w Splocie.',
}
