/** Help: short answers to what people ask. */
export const texts = {
  title: 'Pomoc',
  lead: 'Krótkie odpowiedzi. Jeśli tu ich nie ma, zapytaj animatora zespołu.',
  questions: [
    {
      question: 'Kto przeczyta to, co piszę?',
      answer:
        'Zawsze stoi to nad polem pisania: liczba osób i instytucji. Naciśnij liczbę, a zobaczysz nazwiska. Grono możesz zawęzić do instytucji albo osób. Odpowiedź nigdy nie trafi do większego grona niż wiadomość, na którą odpowiadasz.',
    },
    {
      question: 'Dlaczego coś widzę, a czegoś nie?',
      answer:
        'Wskaż wiadomość, otwórz jej menu i wybierz „Dlaczego to widzę?”. Zobaczysz kolejne powody: ważne upoważnienie, udział instytucji w zespole, rolę i grono. Treści widzisz od dnia, w którym dołączasz.',
    },
    {
      question: 'Napisałam nie tam, gdzie trzeba. Co teraz?',
      answer:
        'Otwórz menu wiadomości i wybierz „Usuń”. Treść zniknie u wszystkich, zostanie tylko ślad. Jeśli były w niej dane rodziny, powiedz też animatorowi zespołu: mogły je zobaczyć inne osoby.',
    },
    {
      question: 'Ktoś odpowiedział przez telefon. Jak to zapisać?',
      answer:
        'Przy polu pisania naciśnij trzy kropki i „Zapisz czyjąś odpowiedź”. Wybierz osobę ze swojej instytucji i sposób. Wiadomość będzie jej odpowiedzią, a przy niej zobaczą, kto ją zapisał.',
    },
    {
      question: 'Zniknęło połączenie. Czy stracę to, co piszę?',
      answer:
        'Nie. Pisz dalej. Szkic zostaje, a wysłane wiadomości czekają i wyjdą same po powrocie sieci. Gdyby którejś nie dało się wysłać, zostanie na ekranie z powodem i przyciskiem „Wyślij jeszcze raz”.',
    },
    {
      question: 'Co to jest rozmowa zapieczętowana?',
      answer:
        'Jej treść ma osobny klucz, a każde otwarcie zapisuje się w dzienniku: kto i kiedy. Dlatego otwierasz ją przyciskiem. Szkiców z takiej rozmowy przeglądarka nie przechowuje.',
    },
    {
      question: 'Czy informatyk czyta nasze rozmowy?',
      answer: 'Nie przez Splot. Opieka techniczna nie daje roli, która czyta treść.',
    },
  ],
  keys: 'Skróty klawiszowe',
  keysWords: 'Całą stronę obsłużysz klawiaturą.',
  showKeys: 'Pokaż skróty',
  connection: 'Sprawdź połączenie',
  connectionWords: 'Gdy Splot się zacina, zobacz, co przeszkadza w sieci biura.',
}
