/** What the components themselves say. */
export const texts = {
  close: 'Zamknij',
  clear: 'Wyczyść',
  choose: 'Wybierz',
  nothingFound: 'Nic nie pasuje. Spróbuj innych słów.',
  showPassword: 'Pokaż hasło',
  hidePassword: 'Ukryj hasło',
  errorTitle: 'Nie udało się tego wczytać',
  tryAgain: 'Spróbuj jeszcze raz',
  supportCode: (code: string) => `Kod dla osoby, która opiekuje się Splotem: ${code}`,
  loading: 'Wczytuję…',
  notices: 'Powiadomienia',
}
