// A person's own factors, at the terminal.
#include "clients/cli/calendar.h"
#include "clients/cli/commands.h"
#include "clients/cli/format.h"
#include "clients/cli/names.h"
#include "clients/cli/utf8.h"

#include <qrencode.h>

#include <memory>

namespace splot::cli {

using client::Async;

namespace {

/// Two rows of the code in one line of half blocks, dark on light whatever the terminal's colours are.
std::string qr_code(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M),
                                                               QRcode_free);
    if (!code) return {};
    constexpr int margin = 2;
    const auto is_dark = [&](int x, int y) {
        return x >= 0 && y >= 0 && x < code->width && y < code->width && (code->data[y * code->width + x] & 1);
    };
    std::string out;
    for (int y = -margin; y < code->width + margin; y += 2) {
        out += "\x1b[30;107m";
        for (int x = -margin; x < code->width + margin; ++x) {
            const bool upper = is_dark(x, y), lower = is_dark(x, y + 1);
            out += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
        }
        out += "\x1b[0m\n";
    }
    return out;
}

/// What every renewed session is: kept under its new cookie.
Outcome<> keep(Desk& desk, const door::SignedIn& signed_in) {
    const auto login = desk.saved().login;
    return desk.save_sign_in(login, signed_in.until);
}

Async<Outcome<>> confirm(Desk& desk, Factor way, std::string question) {
    CO_TRY(auto code, ask_password(desk, question));
    door::ConfirmFactor ask{way, std::move(code)};
    CO_TRY(const auto signed_in, co_await desk.client.confirm_factor(std::move(ask)));
    CO_CHECK(keep(desk, signed_in));
    desk.tell(signed_in);
    desk.say("Działa. Zrób jeszcze kody na czarną godzinę: splot account recovery-codes\n");
    co_return Outcome<>{};
}

void show_codes(const Desk& desk, const door::CodeSheet& sheet, std::size_t in_line) {
    desk.tell(sheet);
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < sheet.codes.size(); ++i) {
        if (i % in_line == 0) rows.emplace_back();
        rows.back().push_back(sheet.codes[i].reveal());
    }
    desk.say(format_table(rows, 2));
}

std::string yes_or_no(bool is) { return is ? "tak" : "nie"; }

} // namespace

Async<Outcome<>> show_account(Desk& desk) {
    CO_CHECK(co_await desk.client.connect());
    identity::ListFactors ask;
    CO_TRY(const auto mine, co_await desk.call(ask));
    desk.tell(mine);
    std::vector<std::vector<std::string>> rows{{"login", printable(mine.login)},
                                               {"hasło", yes_or_no(mine.password)},
                                               {"aplikacja z kodami", yes_or_no(mine.totp)},
                                               {"karta kodów", std::to_string(mine.code_card) + " zostało"},
                                               {"kody odzyskiwania", std::to_string(mine.recovery_codes) + " zostało"},
                                               {"PIN", yes_or_no(mine.pin)}};
    for (const auto& passkey : mine.passkeys)
        rows.push_back({"klucz dostępu", printable(passkey.name) + ", od " + moment_text(passkey.made_at)});
    desk.say(format_table(rows));
    if (mine.level == SessionLevel::first)
        desk.say("Najpierw dodaj drugi składnik: splot account totp albo splot account code-card\n");
    co_return Outcome<>{};
}

Async<Outcome<>> add_totp(Desk& desk) {
    CO_TRY(const auto offer, co_await desk.client.offer_totp());
    desk.tell(offer);
    if (desk.look.width > 0) desk.say(qr_code(offer.uri.reveal()));
    desk.say("Sfotografuj kod aplikacją (np. Aegis, FreeOTP) albo przepisz sekret:\n  " + offer.secret.reveal() + "\n");
    co_return co_await confirm(desk, Factor::totp, "Sześć cyfr z aplikacji: ");
}

Async<Outcome<>> make_code_card(Desk& desk) {
    CO_TRY(const auto card, co_await desk.client.offer_code_card());
    desk.say("Wydrukuj albo przepisz. Każdy kod działa raz; skreśl ten, którego użyjesz.\n");
    show_codes(desk, card, 4);
    co_return co_await confirm(desk, Factor::code_card, "Jeden z kodów, na próbę (zużyje się): ");
}

Async<Outcome<>> make_recovery_codes(Desk& desk) {
    CO_TRY(const auto sheet, co_await desk.client.make_recovery_codes());
    desk.say("Schowaj je poza tym komputerem. Każdy działa raz, gdy zawiedzie wszystko inne.\n");
    show_codes(desk, sheet, 2);
    co_return Outcome<>{};
}

Async<Outcome<>> set_pin(Desk& desk) {
    identity::SetPin ask;
    if (!desk.args.remove) {
        CO_TRY(ask.pin, ask_new_password(desk, "Nowy PIN (4–12 cyfr): "));
    }
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    desk.tell(made);
    desk.say(desk.args.remove ? "Nie ma już PIN-u: po przerwie trzeba się zalogować.\n" : "PIN ustawiony.\n");
    co_return Outcome<>{};
}

Async<Outcome<>> step_up(Desk& desk) {
    CO_TRY(auto code, ask_password(desk, "Kod z aplikacji, z karty albo kod odzyskiwania: "));
    door::StepUp ask;
    ask.way = way_of(code.reveal());
    ask.code = std::move(code);
    CO_TRY(const auto signed_in, co_await desk.client.step_up(std::move(ask)));
    CO_CHECK(keep(desk, signed_in));
    desk.tell(signed_in);
    desk.say("Potwierdzone na 10 minut.\n");
    co_return Outcome<>{};
}

Async<Outcome<>> lock_device(Desk& desk) {
    CO_TRY(const auto done, co_await desk.client.lock());
    desk.tell(done);
    if (!done.locked) CO_CHECK(desk.forget_sign_in());
    desk.say(done.locked ? "Zablokowane. Odblokuj: splot account unlock\n" : "Nie ma PIN-u, więc wylogowano.\n");
    co_return Outcome<>{};
}

Async<Outcome<>> unlock_device(Desk& desk) {
    CO_TRY(auto pin, ask_password(desk, "PIN: "));
    door::Unlock ask{std::move(pin)};
    const auto signed_in = co_await desk.client.unlock(std::move(ask));
    if (!signed_in) {
        if (desk.client.cookie().empty()) CO_CHECK(desk.forget_sign_in());
        co_return signed_in.error();
    }
    CO_CHECK(keep(desk, *signed_in));
    desk.tell(*signed_in);
    desk.say("Odblokowane.\n");
    co_return Outcome<>{};
}

Async<Outcome<>> remove_factor(Desk& desk) {
    identity::RemoveFactor ask;
    ask.way = *parse_enum<Factor>(desk.args.kind);
    if (ask.way == Factor::passkey) {
        identity::ListFactors list;
        CO_TRY(const auto mine, co_await desk.call(list));
        std::vector<Candidate> candidates;
        for (const auto& passkey : mine.passkeys)
            candidates.push_back({{passkey.name}, passkey.id.text(), {}});
        const auto best = best_fits(desk.args.name, candidates);
        if (best.size() != 1)
            co_return Failure{best.empty() ? Exit::not_found : Exit::usage, "Nie wiadomo, który klucz dostępu.",
                              "splot account show pokazuje nazwy"};
        ask.passkey = mine.passkeys[best.front()].id;
    }
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    desk.say("Usunięto.\n");
    co_return Outcome<>{};
}

Async<Outcome<>> forget_device(Desk& desk) {
    identity::ListDevices list;
    CO_TRY(const auto devices, co_await desk.call(list));
    std::vector<Candidate> candidates;
    for (const auto& device : devices.remembered)
        candidates.push_back({{device.name}, device.id.text(), {}});
    const auto best = best_fits(desk.args.name, candidates);
    if (best.size() != 1)
        co_return Failure{best.empty() ? Exit::not_found : Exit::usage, "Nie wiadomo, które urządzenie.",
                          "splot devices pokazuje nazwy i identyfikatory"};
    identity::ForgetDevice ask{devices.remembered[best.front()].id};
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    desk.say("Od teraz pyta o drugi składnik: " + printable(devices.remembered[best.front()].name) + "\n");
    co_return Outcome<>{};
}

Async<Outcome<>> sign_out_others(Desk& desk) {
    identity::SignOutOthers ask;
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    desk.say("Wylogowano inne urządzenia: " + std::to_string(made.made.size()) + ".\n");
    co_return Outcome<>{};
}

} // namespace splot::cli
