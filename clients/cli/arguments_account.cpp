#include "clients/cli/tree.h"
#include "protocol/teams/types.h"

namespace splot::cli {

void Tree::add_account() {
    auto& sign_in = command(app_, "sign-in", "zaloguj się hasłem");
    option(sign_in, "login", args.login, "", "login")->required();
    option(sign_in, "--device", args.device, "NAZWA", "nazwa tego programu na liście urządzeń");
    password(sign_in, "hasło i, gdy trzeba, kod z wierszy wejścia");
    sign_in.add_flag("--remember", args.remember, "to urządzenie biurowe: o kod pytaj raz dziennie");
    auto& enter = command(app_, "enter-as", "wejdź jako osoba z demonstracji (bez nazwy: kto jest)");
    option(enter, "login", args.login, "", "login z listy");
    command(app_, "sign-out", "wyloguj się");
    auto& setup = command(app_, "setup", "pierwszy administrator, instytucja i jej kierownik (raz, z kodem)");
    option(setup, "--code", args.code, "KOD", "kod wypisany przez hub przy pierwszym starcie")->required();
    option(setup, "--administrator-name", args.administrator_name, "OSOBA", "imię i nazwisko")->required();
    option(setup, "--administrator-login", args.administrator_login, "LOGIN", "login administratora")->required();
    option(setup, "--institution", args.name, "NAZWA", "pełna nazwa instytucji")->required();
    option(setup, "--short", args.short_name, "SKRÓT", "krótka nazwa, np. PCPR")->required();
    choice(setup, "--kind", args.kind, "rodzaj", names_of_all<InstitutionKind>())->required();
    option(setup, "--town", args.town, "MIEJSCOWOŚĆ", "siedziba")->required();
    option(setup, "--head-name", args.head_name, "OSOBA", "imię i nazwisko kierownika")->required();
    option(setup, "--head-login", args.head_login, "LOGIN", "login kierownika")->required();
    password(setup, "hasła z dwóch wierszy wejścia: administratora, kierownika");
    command(app_, "whoami", "kim jestem i w czyim imieniu mogę działać");
    auto& devices = command(app_, "devices", "moje zalogowane urządzenia");
    option(devices, "--sign-out", args.name, "URZĄDZENIE", "wyloguj to urządzenie (nazwa albo identyfikator)");
    password(command(app_, "password", "zmień hasło"), "stare i nowe hasło z dwóch wierszy wejścia");
    auto& completion = command(app_, "completion", "skrypt podpowiedzi dla powłoki: source <(splot completion bash)");
    choice(completion, "powłoka", args.shell, "powłoka", {"bash", "zsh"})->required();
}

/// Accounts and ways into them.
void Tree::add_keeping() {
    auto& account = group("account", "moje konto: drugi składnik, PIN, urządzenia");
    command(account, "show", "czym potwierdzam, że to ja");
    command(account, "totp", "dodaj aplikację z kodami (pokazuje kod QR)");
    command(account, "code-card", "nowa karta 40 kodów do wydrukowania; poprzednia przestaje działać");
    command(account, "recovery-codes", "10 kodów na czarną godzinę; poprzednie przestają działać");
    auto& pin = command(account, "pin", "ustaw PIN, który odblokowuje po przerwie");
    pin.add_flag("--remove", args.remove, "usuń PIN");
    password(pin, "PIN z pierwszego wiersza wejścia");
    password(command(account, "confirm", "potwierdź jeszcze raz, że to ja (na 10 minut)"), "kod z wiersza wejścia");
    command(account, "lock", "zablokuj to urządzenie");
    password(command(account, "unlock", "odblokuj PIN-em"), "PIN z pierwszego wiersza wejścia");
    auto& remove = command(account, "remove", "usuń drugi składnik");
    choice(remove, "co", args.kind, "co", {"totp", "code_card", "recovery_code", "passkey"})->required();
    option(remove, "--passkey", args.name, "NAZWA", "który klucz dostępu");
    option(command(account, "forget-device", "niech urządzenie biurowe znów pyta o kod"), "urządzenie", args.name, "",
           "nazwa albo identyfikator")
        ->required();
    command(account, "sign-out-others", "wyloguj wszystkie inne urządzenia");

    auto& invitations = group("invitations", "zaproszenia: konto przez odnośnik");
    auto& invite = command(invitations, "create", "zaproś osobę (kierownik, administrator)");
    option(invite, "osoba", args.name, "", "imię i nazwisko: nowa albo już wpisana")->required();
    option(invite, "--institution", args.institution, "INSTYTUCJA", "przy której (bez: administrator techniczny)",
           Completes::institution);
    option(invite, "--post", args.post, "STANOWISKO", "np. pracownik socjalny");
    option(command(invitations, "list", "zaproszenia i odzyskiwania"), "--institution", args.institution, "INSTYTUCJA",
           "której (bez: wszystkich, dla administratora)", Completes::institution);
    option(command(invitations, "link", "pokaż odnośnik do przekazania"), "zaproszenie", args.message, "",
           "oznaczenie z listy")
        ->required();
    option(command(invitations, "revoke", "unieważnij"), "zaproszenie", args.message, "", "oznaczenie z listy")
        ->required();
    auto& accept = command(invitations, "accept", "przyjmij zaproszenie: wybierz login i hasło");
    option(accept, "odnośnik", args.subject, "", "cały odnośnik albo jego część po #")->required();
    option(accept, "--login", args.login, "LOGIN", "gdy nie ma jeszcze żadnego");
    option(accept, "--device", args.device, "NAZWA", "nazwa tego programu na liście urządzeń");
    password(accept);

    auto& recovery = group("recovery", "odzyskanie konta przez dwie osoby");
    auto& start = command(recovery, "start", "zacznij (kierownik, administrator)");
    option(start, "osoba", args.person, "", "czyje konto", Completes::person)->required();
    option(start, "--institution", args.institution, "INSTYTUCJA", "przy której wpisana", Completes::institution);
    option(start, "--reason", args.purpose, "POWÓD", "co się stało")->required();
    option(command(recovery, "list", "odzyskania, które czekają na drugą osobę"), "--institution", args.institution,
           "INSTYTUCJA", "której (bez: wszystkich, dla administratora)", Completes::institution);
    option(command(recovery, "confirm", "potwierdź jako druga osoba"), "odzyskanie", args.message, "",
           "oznaczenie z listy")
        ->required();

    auto& accounts = group("accounts", "konta instytucji albo całego Splotu");
    option(command(accounts, "list", "konta, bez treści"), "--institution", args.institution, "INSTYTUCJA",
           "której (bez: wszystkich, dla administratora)", Completes::institution);
    for (const auto& [name, help] :
         {std::pair{"close", "zamknij konto; sesje kończą się od razu"}, std::pair{"reopen", "otwórz zamknięte konto"},
          std::pair{"make-administrator", "daj prawa administratora technicznego"},
          std::pair{"remove-administrator", "odbierz prawa administratora technicznego"}}) {
        auto& one = command(accounts, name, help);
        option(one, "osoba", args.person, "", "czyje", Completes::person)->required();
        option(one, "--institution", args.institution, "INSTYTUCJA", "przy której wpisana", Completes::institution);
    }
}

} // namespace splot::cli
