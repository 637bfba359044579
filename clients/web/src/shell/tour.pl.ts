/** "Co tu zobaczyć": the first two minutes of the demonstration. */
export const tour = {
  title: 'Co tu zobaczyć w dwie minuty',
  lead: (name: string) => `Patrzysz oczami osoby: ${name}.`,
  seen: 'już widziane',
  steps: [
    {
      id: 'talk',
      title: 'Trzy tygodnie rozmów zespołu',
      how: 'Otwórz „Na co dzień”. Po lewej są tematy.',
    },
    {
      id: 'audience',
      title: 'Kto to przeczyta, zanim wyślesz',
      how: 'Nad polem pisania naciśnij liczbę osób. Zobaczysz nazwiska.',
    },
    {
      id: 'narrow',
      title: 'Wiadomość tylko dla wybranych',
      how: 'Naciśnij „Zawęź grono”, wybierz swoją instytucję i wyślij. Inni jej nie zobaczą.',
    },
    {
      id: 'live',
      title: 'Dwie osoby obok siebie',
      how: 'W „Wejdź jako ktoś inny” otwórz drugą osobę w nowej karcie. Napisz coś i patrz na drugą kartę.',
    },
    {
      id: 'refusal',
      title: 'Dlaczego to widzisz, a czego nie zobaczysz',
      how: 'Wskaż wiadomość, otwórz jej menu i wybierz „Dlaczego to widzę?”.',
    },
  ],
}
