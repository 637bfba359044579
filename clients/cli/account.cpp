#include "clients/cli/calendar.h"
#include "clients/cli/commands.h"
#include "clients/cli/format.h"
#include "clients/cli/names.h"
#include "clients/cli/utf8.h"

#include <algorithm>
#include <iostream>
#include <unistd.h>

namespace splot::cli {

using client::Async;

namespace {

struct WhoAmI {
    std::string hub;
    Person person;
    bool administrator;
    bool demonstration;
    std::vector<Mandate> mandates;
};
BOOST_DESCRIBE_STRUCT(WhoAmI, (), (hub, person, administrator, demonstration, mandates))

/// Trust is told about where it begins: at the first sign-in.
void tell_about_certificate(const Desk& desk) {
    if (desk.is_unchecked())
        desk.say("Hub działa na tym komputerze: jego certyfikat nie jest sprawdzany (--ca PLIK, żeby był).\n");
}

/// The second step of a sign-in, until it is right or given up.
Async<Outcome<door::SignedIn>> show_second_factor(Desk& desk, door::SecondStep step) {
    for (;;) {
        CO_TRY(auto code, ask_password(desk, "Kod z aplikacji, z karty albo kod odzyskiwania: "));
        door::SecondFactor ask{step.attempt, way_of(code.reveal()), std::move(code), desk.args.remember};
        const auto answer = co_await desk.client.second_factor(std::move(ask));
        if (answer) co_return *answer;
        const bool again = answer.error().field == "code" && can_ask() && !desk.args.password_stdin;
        if (!again) co_return answer.error();
        std::cerr << answer.error().message << '\n';
    }
}

Async<Outcome<>> list_doors(Desk& desk) {
    CO_TRY(const auto doors, co_await desk.client.doors());
    if (!doors.demonstration)
        co_return Failure{Exit::gate_closed, "To nie jest demonstracja; tu wchodzi się hasłem.", "splot sign-in LOGIN"};
    std::vector<std::vector<std::string>> rows;
    for (const auto& card : doors.cards) {
        desk.tell(card);
        rows.push_back({printable(card.login), printable(card.name.reveal()), printable(card.institution),
                        printable(card.sentence.empty() ? card.post : card.sentence)});
    }
    desk.say("Wejdź jako: splot enter-as LOGIN\n" + format_table(rows, 2));
    co_return Outcome<>{};
}

} // namespace

std::string device_name(const Desk& desk) {
    if (!desk.args.device.empty()) return desk.args.device;
    char host[256] = "?";
    ::gethostname(host, sizeof host - 1);
    return "splot, " + std::string(host);
}

/// The next line of the input, or an answer typed in silence.
Outcome<Personal<std::string>> ask_password(const Desk& desk, std::string_view question) {
    TRY(auto text, desk.args.password_stdin ? read_line() : ask_secretly(question));
    return Personal(std::move(text));
}

/// A new password is typed twice, because it is not seen.
Outcome<Personal<std::string>> ask_new_password(const Desk& desk, const std::string& question) {
    TRY(auto first, ask_password(desk, question));
    if (desk.args.password_stdin) return first;
    TRY(const auto second, ask_password(desk, "Jeszcze raz to samo: "));
    if (first != second) return Failure{Exit::usage, "Hasła są różne.", "Spróbuj jeszcze raz."};
    return first;
}

/// A code of an app, a card or the recovery sheet: told apart by how it looks.
Factor way_of(std::string_view code) {
    const auto digits =
        static_cast<std::size_t>(std::ranges::count_if(code, [](char c) { return c >= '0' && c <= '9'; }));
    const auto marks =
        static_cast<std::size_t>(std::ranges::count_if(code, [](char c) { return c == ' ' || c == '-'; }));
    if (digits + marks != code.size()) return Factor::recovery_code;
    return digits == 6 ? Factor::totp : Factor::code_card;
}

Async<Outcome<>> greet(Desk& desk, std::string login, door::SignedIn signed_in) {
    CO_CHECK(desk.save_sign_in(login, signed_in.until));
    if (signed_in.level == SessionLevel::first) {
        desk.tell(signed_in);
        desk.say("Hasło się zgadza. Zanim cokolwiek się otworzy, dodaj drugi składnik:\n"
                 "  splot account totp        aplikacja w telefonie\n"
                 "  splot account code-card   karta kodów do wydrukowania\n");
        co_return Outcome<>{};
    }
    CO_CHECK(co_await desk.open());
    desk.tell(signed_in);
    tell_about_certificate(desk);
    desk.say("Dzień dobry: " + desk.roster().name(signed_in.person) + ". Sesja trwa najdłużej do " +
             moment_text(signed_in.until) + ".\nKanały pokazuje: splot list\n");
    co_return Outcome<>{};
}

Async<Outcome<>> sign_in(Desk& desk) {
    CO_TRY(auto secret, ask_password(desk, "Hasło: "));
    door::SignIn ask{desk.args.login, std::move(secret), device_name(desk)};
    CO_TRY(auto answer, co_await desk.client.sign_in(std::move(ask)));
    if (answer.session) co_return co_await greet(desk, desk.args.login, *std::move(answer.session));
    CO_TRY(auto signed_in, co_await show_second_factor(desk, *std::move(answer.second_step)));
    co_return co_await greet(desk, desk.args.login, std::move(signed_in));
}

Async<Outcome<>> enter_as(Desk& desk) {
    if (desk.args.login.empty()) co_return co_await list_doors(desk);
    door::EnterAs ask{desk.args.login, device_name(desk)};
    CO_TRY(auto signed_in, co_await desk.client.enter_as(std::move(ask)));
    co_return co_await greet(desk, desk.args.login, std::move(signed_in));
}

Async<Outcome<>> sign_out(Desk& desk) {
    if (!desk.client.cookie().empty()) {
        const auto answer = co_await desk.client.sign_out();
        if (!answer && answer.error().code != Code::unauthenticated) co_return answer.error();
    }
    CO_CHECK(desk.forget_sign_in());
    desk.tell(Nothing{});
    desk.say("Wylogowano.\n");
    co_return Outcome<>{};
}

Async<Outcome<>> set_up(Desk& desk) {
    const auto& args = desk.args;
    CO_TRY(auto administrators, ask_new_password(desk, "Hasło administratora (" + args.administrator_login + "): "));
    CO_TRY(auto heads, ask_new_password(desk, "Hasło kierownika (" + args.head_login + "): "));
    door::Setup ask;
    ask.code = args.code;
    ask.administrator_name = Personal(args.administrator_name);
    ask.administrator_login = args.administrator_login;
    ask.administrator_password = std::move(administrators);
    ask.institution_name = args.name;
    ask.institution_short_name = args.short_name;
    ask.institution_kind = args.kind;
    ask.institution_town = args.town;
    ask.head_name = Personal(args.head_name);
    ask.head_login = args.head_login;
    ask.head_password = std::move(heads);
    CO_CHECK(co_await desk.client.setup(std::move(ask)));
    desk.tell(Nothing{});
    desk.say("Gotowe. Zaloguj się jako kierownik: splot sign-in " + args.head_login +
             "\nalbo jako administrator: splot sign-in " + args.administrator_login + "\n");
    co_return Outcome<>{};
}

Async<Outcome<>> who_am_i(Desk& desk) {
    const auto& started = desk.roster().started();
    desk.tell(WhoAmI{desk.hub(), started.person, started.administrator, started.demonstration, started.mandates});
    desk.say(desk.look.bold(desk.roster().name(started.person.id)) +
             (started.person.post.empty() ? "" : ", " + printable(started.person.post)) + "\nHub: " + desk.hub() +
             (started.administrator ? "\nAdministrator huba" : "") + "\n");
    std::vector<std::vector<std::string>> rows;
    for (const auto& mandate : started.mandates)
        rows.push_back({short_id(mandate.id), desk.roster().name(mandate),
                        mandate.until ? "do " + moment_text(*mandate.until) : ""});
    desk.say(rows.empty() ? "Żaden mandat nie jest teraz ważny.\n" : "Mandaty:\n" + format_table(rows, 2));
    co_return Outcome<>{};
}

Async<Outcome<>> devices(Desk& desk) {
    identity::ListDevices ask;
    CO_TRY(const auto list, co_await desk.call(ask));
    if (!desk.args.name.empty()) {
        std::vector<Candidate> candidates;
        for (const auto& device : list.devices)
            candidates.push_back({{device.name}, device.id.text(), {}});
        const auto best = best_fits(desk.args.name, candidates);
        if (best.size() != 1)
            co_return Failure{best.empty() ? Exit::not_found : Exit::usage,
                              "Nie wiadomo, które urządzenie wylogować: „" + desk.args.name + "”.",
                              "splot devices pokazuje nazwy i identyfikatory"};
        identity::SignOutDevice sign_out{list.devices[best.front()].id};
        CO_TRY(const auto made, co_await desk.call(sign_out));
        desk.tell(made);
        desk.say("Wylogowano: " + printable(list.devices[best.front()].name) + "\n");
        co_return Outcome<>{};
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& device : list.devices) {
        desk.tell(device);
        std::string notes = device.current ? "(to)" : "";
        if (device.locked) notes += (notes.empty() ? "" : ", ") + std::string("zablokowane");
        if (device.remembered) notes += (notes.empty() ? "" : ", ") + std::string("zapamiętane");
        rows.push_back({device.id.text(), printable(device.name), "od " + moment_text(device.signed_in_at),
                        "ostatnio " + moment_text(device.last_used_at), notes});
    }
    desk.say(format_table(rows));
    rows.clear();
    for (const auto& device : list.remembered) {
        desk.tell(device);
        rows.push_back({device.id.text(), printable(device.name), "do " + moment_text(device.until)});
    }
    if (!rows.empty()) desk.say("Zapamiętane, o drugi składnik pytają raz dziennie:\n" + format_table(rows));
    co_return Outcome<>{};
}

Async<Outcome<>> change_password(Desk& desk) {
    CO_TRY(auto before, ask_password(desk, "Dotychczasowe hasło: "));
    CO_TRY(auto after, ask_new_password(desk, "Nowe hasło (co najmniej 8 znaków): "));
    identity::ChangePassword ask;
    ask.old_password = std::move(before);
    ask.new_password = std::move(after);
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    desk.tell(made);
    desk.say("Hasło zmienione.\n");
    co_return Outcome<>{};
}

} // namespace splot::cli
