// Keeping the accounts of others: invitations, recovery by two people, closing, administrators.
#include "clients/cli/calendar.h"
#include "clients/cli/commands.h"
#include "clients/cli/format.h"
#include "clients/cli/names.h"
#include "clients/cli/utf8.h"
#include "protocol/identity/accounts.h"

#include <algorithm>

namespace splot::cli {

using client::Async;

namespace {

/// Of --institution, or none.
Async<Outcome<std::optional<InstitutionId>>> institution_given(Desk& desk) {
    if (desk.args.institution.empty()) co_return std::optional<InstitutionId>{};
    CO_TRY(const auto institution, co_await desk.institution(desk.args.institution));
    co_return std::optional(institution.id);
}

/// The one of a list that the arguments mean, by the digits that lists show.
template <class Row> Outcome<Row> row_given(const Desk& desk, const std::vector<Row>& rows) {
    std::vector<const Row*> fitting;
    for (const auto& row : rows)
        if (id_fits(row.id, desk.args.message)) fitting.push_back(&row);
    if (fitting.size() == 1) return *fitting.front();
    return Failure{fitting.empty() ? Exit::not_found : Exit::usage, "Nie wiadomo, które: „" + desk.args.message + "”.",
                   "Podaj cały identyfikator z listy (--json)."};
}

/// A whole id, or the digits of one among those of all institutions that one keeps.
Async<Outcome<InvitationId>> invitation_given(Desk& desk) {
    if (const auto id = InvitationId::parse(desk.args.message)) co_return *id;
    std::vector<identity::Invitation> all;
    for (const auto& mandate : desk.roster().started().mandates) {
        identity::ListInvitations ask{mandate.institution};
        const auto list = co_await desk.call(ask);
        if (list) all.insert(all.end(), list->invitations.begin(), list->invitations.end());
    }
    if (desk.roster().started().administrator) {
        identity::ListInvitations ask;
        CO_TRY(const auto list, co_await desk.call(ask));
        all = list.invitations;
    }
    std::ranges::sort(all, {}, &identity::Invitation::id);
    const auto [first, last] = std::ranges::unique(all, {}, &identity::Invitation::id);
    all.erase(first, last);
    CO_TRY(const auto row, row_given(desk, all));
    co_return row.id;
}

Async<Outcome<>> hand_over(Desk& desk, InvitationId invitation) {
    identity::ShowLink ask{invitation};
    CO_TRY(const auto link, co_await desk.call(ask));
    desk.tell(link);
    desk.say("Przekaż osobie ten odnośnik; działa raz, do " + moment_text(link.until) + ":\n  " + desk.hub() +
             link.path + "\n");
    co_return Outcome<>{};
}

template <class Ask> Async<Outcome<>> keep_account(Desk& desk, std::string sentence) {
    CO_TRY(const auto institution, co_await institution_given(desk));
    CO_TRY(const auto person, co_await desk.person(desk.args.person, institution));
    Ask ask{person.id};
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    desk.say(sentence + " " + printable(person.name.reveal()) + "\n");
    co_return Outcome<>{};
}

std::string state_of(const identity::Invitation& row) {
    if (row.used_at) return "użyte " + moment_text(*row.used_at);
    if (row.revoked_at) return "unieważnione " + moment_text(*row.revoked_at);
    return "ważne do " + moment_text(row.until);
}

} // namespace

/// Somebody entered before is invited under their name, else a new person is entered.
Async<Outcome<>> invite_person(Desk& desk) {
    CO_TRY(const auto institution, co_await institution_given(desk));
    identity::InvitePerson ask;
    ask.institution = institution;
    const auto known = co_await desk.person(desk.args.name, institution);
    if (known && fold(known->name.reveal()) == fold(desk.args.name))
        ask.person = known->id;
    else
        ask.name = Personal(desk.args.name);
    ask.post = desk.args.post;
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    desk.tell(made);
    co_return co_await hand_over(desk, InvitationId(made.made.front()));
}

Async<Outcome<>> list_invitations(Desk& desk) {
    CO_TRY(const auto institution, co_await institution_given(desk));
    identity::ListInvitations ask{institution};
    CO_TRY(const auto list, co_await desk.call(ask));
    std::vector<std::vector<std::string>> rows;
    for (const auto& row : list.invitations) {
        desk.tell(row);
        rows.push_back({short_id(row.id), printable(row.person.name.reveal()),
                        row.purpose == InvitationPurpose::recovery ? "odzyskanie" : "zaproszenie", state_of(row)});
    }
    desk.say(rows.empty() ? "Nie ma zaproszeń.\n" : format_table(rows));
    co_return Outcome<>{};
}

Async<Outcome<>> show_link(Desk& desk) {
    CO_TRY(const auto invitation, co_await invitation_given(desk));
    co_return co_await hand_over(desk, invitation);
}

Async<Outcome<>> revoke_invitation(Desk& desk) {
    CO_TRY(const auto invitation, co_await invitation_given(desk));
    identity::RevokeInvitation ask{invitation};
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    desk.say("Unieważniono.\n");
    co_return Outcome<>{};
}

Async<Outcome<>> accept_invitation(Desk& desk) {
    const auto mark = desk.args.subject.rfind('#');
    const auto token = mark == std::string::npos ? desk.args.subject : desk.args.subject.substr(mark + 1);
    door::InvitationToken look{token};
    CO_TRY(const auto shown, co_await desk.client.open_invitation(std::move(look)));
    desk.say(printable(shown.name.reveal()) + ", " + printable(shown.institution) + "\n");
    door::AcceptInvitation ask;
    ask.token = token;
    ask.device = device_name(desk);
    std::string login = shown.login.value_or(desk.args.login);
    if (login.empty()) {
        CO_TRY(login, cli::ask("Login, jaki wybierasz: "));
    }
    if (!shown.login) ask.login = login;
    CO_TRY(ask.password, ask_new_password(desk, "Nowe hasło (co najmniej 8 znaków): "));
    CO_TRY(auto signed_in, co_await desk.client.accept_invitation(std::move(ask)));
    co_return co_await greet(desk, login, std::move(signed_in));
}

Async<Outcome<>> start_recovery(Desk& desk) {
    CO_TRY(const auto institution, co_await institution_given(desk));
    CO_TRY(const auto person, co_await desk.person(desk.args.person, institution));
    identity::StartRecovery ask{person.id, desk.args.purpose};
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    desk.tell(made);
    desk.say("Czeka na drugą osobę (24 godziny): splot recovery confirm " + short_id(made.made.front()) + "\n");
    co_return Outcome<>{};
}

Async<Outcome<>> list_recoveries(Desk& desk) {
    CO_TRY(const auto institution, co_await institution_given(desk));
    identity::ListRecoveries ask{institution};
    CO_TRY(const auto list, co_await desk.call(ask));
    std::vector<std::vector<std::string>> rows;
    for (const auto& row : list.recoveries) {
        desk.tell(row);
        rows.push_back({short_id(row.id), printable(row.person.name.reveal()), printable(row.reason),
                        "zaczęte przez: " + desk.roster().name(row.started_by), "do " + moment_text(row.until)});
    }
    desk.say(rows.empty() ? "Nic nie czeka.\n" : format_table(rows));
    co_return Outcome<>{};
}

Async<Outcome<>> confirm_recovery(Desk& desk) {
    auto id = RecoveryId::parse(desk.args.message);
    if (!id) {
        std::vector<identity::Recovery> all;
        for (const auto& mandate : desk.roster().started().mandates) {
            identity::ListRecoveries list{mandate.institution};
            const auto waiting = co_await desk.call(list);
            if (waiting) all.insert(all.end(), waiting->recoveries.begin(), waiting->recoveries.end());
        }
        std::ranges::sort(all, {}, &identity::Recovery::id);
        const auto [first, last] = std::ranges::unique(all, {}, &identity::Recovery::id);
        all.erase(first, last);
        CO_TRY(const auto row, row_given(desk, all));
        id = row.id;
    }
    identity::ConfirmRecovery ask{*id};
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    co_return co_await hand_over(desk, InvitationId(made.made.front()));
}

Async<Outcome<>> list_accounts(Desk& desk) {
    CO_TRY(const auto institution, co_await institution_given(desk));
    identity::ListAccounts ask{institution};
    CO_TRY(const auto list, co_await desk.call(ask));
    std::vector<std::vector<std::string>> rows;
    for (const auto& row : list.accounts) {
        desk.tell(row);
        std::string notes = row.closed_at ? "zamknięte" : row.second_factor ? "" : "bez drugiego składnika";
        if (!row.login) notes = "nie loguje się";
        if (row.administrator) notes += (notes.empty() ? "" : ", ") + std::string("administrator");
        rows.push_back({printable(row.person.name.reveal()), printable(row.login.value_or("")),
                        row.last_used_at ? "ostatnio " + moment_text(*row.last_used_at) : "", notes});
    }
    desk.say(format_table(rows));
    co_return Outcome<>{};
}

Async<Outcome<>> close_account(Desk& desk) {
    return keep_account<identity::CloseAccount>(desk, "Zamknięto konto, sesje się skończyły:");
}
Async<Outcome<>> reopen_account(Desk& desk) { return keep_account<identity::ReopenAccount>(desk, "Otwarto konto:"); }
Async<Outcome<>> make_administrator(Desk& desk) {
    return keep_account<identity::MakeAdministrator>(desk, "Od teraz administrator techniczny:");
}
Async<Outcome<>> remove_administrator(Desk& desk) {
    return keep_account<identity::RemoveAdministrator>(desk, "Już nie administrator techniczny:");
}

} // namespace splot::cli
