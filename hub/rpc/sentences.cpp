#include "hub/rpc/sentences.h"

#include <stdexcept>

namespace splot {
namespace {

struct Sharper {
    Code code;
    Rule rule;
    std::string_view sentence;
};

constexpr Sharper by_rule[] = {
    {Code::invalid, "A-43",
     "Odpowiedź nie może trafić do większej liczby osób niż wiadomość, na którą odpowiadasz. Zawęź grono odbiorców "
     "albo zacznij nową rozmowę."},
    {Code::invalid, "T-05",
     "Zespół do pracy z rodzinami należy do jednego partnerstwa, każdy inny do żadnego. Popraw to i wyślij jeszcze "
     "raz."},
    {Code::invalid, "T-08",
     "Działasz w imieniu kilku instytucji lub zespołów. Wybierz, w czyim imieniu robisz to teraz."},
    {Code::invalid, "T-17",
     "Gość i superwizor mają dostęp do wyznaczonego dnia. Podaj ten dzień i wyślij jeszcze raz."},
    {Code::invalid, "T-55",
     "To miejsce jest tylko dla osób z tej instytucji. Napisz w kanale zespołu albo wybierz kogoś z jej pracowników."},

    {Code::invalid, "A-40",
     "Odzyskanie konta potwierdza ktoś inny niż osoba, która je zaczęła, i nie właściciel konta. Dwóch administratorów "
     "nie wystarczy."},
    {Code::invalid, "E-01", "To Twój jedyny drugi sposób potwierdzania, że Ty to Ty. Najpierw dodaj inny."},

    {Code::gate_closed, "A-36",
     "Twoja rola w zespole tego nie obejmuje. Poproś animatora zespołu albo kierownika swojej instytucji."},
    {Code::gate_closed, "A-73",
     "Ta treść została trwale zniszczona i nikt jej już nie odczyta. Zapytaj animatora zespołu, kto o tym zdecydował."},
    {Code::gate_closed, "D-03",
     "Wejść jako ktoś inny można tylko w wersji pokazowej, na komputerze, na którym działa. Zaloguj się na własne "
     "konto."},
    {Code::gate_closed, "E-01",
     "To konto niedawno odzyskano, więc przez dobę nic się z niego nie wyprowadza. Spróbuj jutro."},
    {Code::gate_closed, "T-07",
     "Nie reprezentujesz teraz tej instytucji. Poproś jej kierownika, żeby wyznaczył Cię na nowo."},
    {Code::gate_closed, "T-10", "Reprezentantów instytucji wyznacza i odwołuje tylko jej kierownik. Poproś go o to."},
    {Code::gate_closed, "T-55", "To miejsce jest tylko dla osób z tej instytucji. Napisz w kanale zespołu."},

    {Code::conflict, "A-40", "To ostatni administrator tego Splotu. Najpierw wyznacz następnego."},
    {Code::conflict, "E-01",
     "Ten klucz dostępu wygląda na skopiowany, więc go nie przyjmujemy. Wejdź innym sposobem i usuń go z listy."},
    {Code::conflict, "A-73", "Ta treść została trwale zniszczona i nie da się do niej nic dopisać. Załóż nowy kanał."},

    {Code::unauthenticated, "E-01",
     "Coś się nie zgadza: login, hasło, PIN albo przepisane znaki. Sprawdź i spróbuj jeszcze raz."},
    {Code::rate_limited, "E-01",
     "Hasło do tego konta odpoczywa po wielu nieudanych próbach. Wejdź kluczem dostępu albo poproś kierownika o "
     "odzyskanie konta."},
};

std::string_view by_code(Code code) {
    switch (code) {
    case Code::invalid:
        return "Coś jest wpisane nie tak. Popraw zaznaczone pole i wyślij jeszcze raz.";
    case Code::not_found:
        return "Nie ma tu takiej rzeczy albo nie jest dla Ciebie dostępna. Sprawdź odnośnik lub zapytaj osobę, "
               "od której go masz.";
    case Code::gate_closed:
        return "Tego nie możesz teraz zrobić. Zapytaj animatora zespołu, czego brakuje.";
    case Code::conflict:
        return "Ktoś zmienił to przed chwilą albo jest już na to za późno. Zobacz, jak jest teraz, i zdecyduj jeszcze "
               "raz.";
    case Code::unauthenticated:
        return "Nie udało się sprawdzić, kim jesteś. Sprawdź login oraz hasło i zaloguj się jeszcze raz.";
    case Code::rate_limited:
        return "Za dużo naraz. Odczekaj chwilę i spróbuj jeszcze raz.";
    case Code::unavailable:
        return "Chwilowo nie możemy tego wykonać i nic się nie zmieniło. Spróbuj za minutę.";
    case Code::too_large:
        return "To za dużo jak na jedną wiadomość. Skróć tekst albo wyślij go w częściach.";
    case Code::internal:
        return "Coś się u nas zepsuło. Sprawdź, czy zmiana jest widoczna, i spróbuj jeszcze raz; gdy to się powtórzy, "
               "daj znać osobie, która opiekuje się Splotem.";
    case Code::parse_error:
    case Code::bad_request:
        return "Nie rozumiemy tego, co wysłał Twój program. Odśwież stronę albo zainstaluj nowszą wersję programu.";
    case Code::enrolment_required:
        return "Najpierw dodaj drugi sposób potwierdzania, że Ty to Ty: klucz dostępu, aplikację albo kartę kodów. "
               "Potem "
               "wszystko się otworzy.";
    case Code::step_up_required:
        return "To ważna zmiana, więc potwierdź jeszcze raz, że Ty to Ty. Potem zrobimy, o co prosisz.";
    case Code::locked:
        return "Ekran jest zablokowany. Wpisz PIN; to, co piszesz, czeka na swoim miejscu.";
    case Code::unknown_method:
        return "Twój program prosi o coś, czego tu nie ma. Zainstaluj wersję pasującą do tego Splotu.";
    }
    throw std::logic_error("a code without a sentence");
}

} // namespace

std::string_view sentence_for(const Problem& problem) {
    for (const auto& sharper : by_rule)
        if (sharper.code == problem.code && sharper.rule == problem.rule) return sharper.sentence;
    return by_code(problem.code);
}

} // namespace splot
