// Ways in through people: invitations by link, recovery by two; closing accounts; technical administrators.
#include "tests/identity/demanding.h"

#include "protocol/identity/accounts.h"

namespace splot::identity {
namespace {

using testing::SizeIs;
using testing::StartsWith;

class Links : public Demanding {
protected:
    struct Invited {
        InvitationId invitation;
        PersonId person;
    };
    Invited given_invitation(Who who = grzegorz, std::string_view institution = "PUP") {
        InvitePerson ask_;
        ask_.institution = world.institution(institution);
        ask_.name = Personal<std::string>("Nowa Osoba");
        ask_.post = "stażystka";
        const auto made = when(who).gets(std::move(ask_)).made;
        return {InvitationId(made[0]), PersonId(made[1])};
    }
    std::string token_of(InvitationId invitation, Who who = grzegorz) {
        return when(who).gets(ShowLink{invitation}).token.reveal();
    }
    HttpReply open(const std::string& token) {
        return post("/session/open-invitation", json::to_json(door::InvitationToken{token}));
    }
    HttpReply accept(const std::string& token, std::optional<std::string> login_ = login,
                     std::optional<std::string> password_ = password) {
        door::AcceptInvitation ask_{token, std::move(login_), {}, {}, "telefon"};
        if (password_) ask_.password = Personal(*password_);
        return post("/session/accept-invitation", json::to_json(ask_));
    }
    InstitutionId pup() { return world.institution("PUP"); }
};

TEST_F(Links, E01_an_invited_person_chooses_login_and_password_and_enrols) {
    const auto made = given_invitation();
    const auto link = when(grzegorz).gets(ShowLink{made.invitation});
    EXPECT_THAT(link.path, StartsWith("/zaproszenie#" + link.token.reveal()));
    const auto token = link.token.reveal();

    for (int look = 0; look < 3; ++look) {
        const auto shown = value_of<door::InvitationShown>(open(token));
        EXPECT_EQ(shown.name.reveal(), "Nowa Osoba");
        EXPECT_FALSE(shown.login);
        EXPECT_TRUE(shown.second_factor_required);
    }
    const auto accepted = accept(token);

    EXPECT_EQ(value_of<door::SignedIn>(accepted).level, SessionLevel::first);
    EXPECT_EQ(value_of<door::SignedIn>(accepted).person, made.person);
    EXPECT_EQ(open(token).status, 404u) << "used up";
    EXPECT_EQ(accept(token, "inny.login").status, 404u);
    EXPECT_EQ(answer_of(sign_in(login, password)).session->level, SessionLevel::first);
}

TEST_F(Links, E01_a_passkey_is_enough_and_no_password_is_made) {
    const Authenticator telephone;
    const auto token = token_of(given_invitation().invitation);
    const auto shown = value_of<door::InvitationShown>(open(token));
    door::AcceptInvitation ask_{token, login, {}, telephone.make(says(shown.passkey.challenge)), "telefon"};

    const auto accepted = post("/session/accept-invitation", json::to_json(ask_));

    EXPECT_EQ(value_of<door::SignedIn>(accepted).level, SessionLevel::full);
    EXPECT_EQ(enter_with(telephone).status, 200u);
    EXPECT_FALSE(program(cookie_of(accepted))->gets(ListFactors{}).password);
}

TEST_F(Links, E01_only_a_hash_of_the_token_is_stored_and_nothing_takes_it_from_an_address) {
    const auto token = token_of(given_invitation().invitation);
    const auto rows = world.query("SELECT string_agg(t::text, ' ') AS rows FROM invitation t");

    EXPECT_THAT(rows[0].get<std::string>("rows"), testing::Not(testing::HasSubstr(token)));
    EXPECT_EQ(ask("GET", "/session/open-invitation?token=" + token, "", {}).status, 404u);
    EXPECT_EQ(ask("GET", "/session/accept-invitation?token=" + token, "", {}).status, 404u);
    EXPECT_EQ(open(token).status, 200u) << "a scanner that fetches the link uses nothing up";
}

TEST_F(Links, E01_it_holds_for_seven_days_until_it_is_revoked_or_followed_by_another) {
    const auto late = token_of(given_invitation().invitation);
    const auto revoked = given_invitation();
    const auto revoked_token = token_of(revoked.invitation);
    const auto replaced = given_invitation();
    const auto replaced_token = token_of(replaced.invitation);

    EXPECT_THAT(when(grzegorz).asks(RevokeInvitation{revoked.invitation}), answered());
    EXPECT_THAT(when(grzegorz).asks(RevokeInvitation{revoked.invitation}), refused(Code::conflict));
    InvitePerson again;
    again.person = replaced.person;
    const InvitationId next(when(grzegorz).makes(std::move(again)));

    EXPECT_EQ(open(revoked_token).status, 404u);
    EXPECT_THAT(when(grzegorz).asks(ShowLink{revoked.invitation}), refused(Code::conflict));
    EXPECT_EQ(open(replaced_token).status, 404u);
    EXPECT_EQ(open(token_of(next)).status, 200u);
    world.clock.move(std::chrono::hours(24 * 7) - 1s);
    EXPECT_EQ(open(late).status, 200u);
    world.clock.move(1s);
    EXPECT_EQ(open(late).status, 404u);
    EXPECT_EQ(open("forged").status, 404u);
}

TEST_F(Links, T10_only_those_who_enter_people_of_the_institution_invite_and_only_the_maker_sees_the_link) {
    const auto made = given_invitation();
    InvitePerson foreign;
    foreign.institution = pup();
    foreign.name = Personal<std::string>("Ktoś");
    InvitePerson known;
    known.person = made.person;

    EXPECT_THAT(when(danuta).asks(foreign), refused(Code::not_found));
    EXPECT_THAT(when(nina).asks(foreign), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(danuta).asks(known), refused(Code::not_found));
    EXPECT_THAT(when(danuta).asks(ShowLink{made.invitation}), refused(Code::not_found));
    EXPECT_THAT(when(nina).asks(ShowLink{made.invitation}), refused(Code::not_found));
    EXPECT_THAT(when(administrator).asks(ShowLink{made.invitation}), refused(Code::not_found));
    EXPECT_THAT(when(danuta).asks(RevokeInvitation{made.invitation}), refused(Code::not_found));
    EXPECT_THAT(when(danuta).asks(ListInvitations{pup()}), refused(Code::not_found));
    EXPECT_THAT(when(grzegorz).gets(ListInvitations{pup()}).invitations, SizeIs(1));
    EXPECT_THAT(when(administrator).gets(ListInvitations{}).invitations, SizeIs(1));
    EXPECT_THAT(when(grzegorz).asks(ListInvitations{}), refused(Code::gate_closed, "A-36"));
}

TEST_F(Links, E01_whoever_has_a_way_in_is_not_invited_and_a_login_belongs_to_one) {
    const auto made = given_invitation();
    accept(token_of(made.invitation));
    InvitePerson again;
    again.person = made.person;
    EXPECT_THAT(when(grzegorz).asks(again), refused(Code::conflict));

    const auto other = token_of(given_invitation().invitation);
    EXPECT_EQ(accept(other, "NOWA.osoba").status, 409u);
    EXPECT_EQ(accept(other, "zły login").status, 400u);
    EXPECT_EQ(accept(other, "inna.osoba", "krotkie").status, 400u);
    EXPECT_EQ(accept(other, "inna.osoba", std::nullopt).status, 400u);
    EXPECT_EQ(accept(other, "inna.osoba").status, 200u) << "what was refused used nothing up";
}

TEST_F(Links, A40_an_administrator_invites_the_first_of_an_institution_and_nobody_after) {
    const auto made = given_invitation();
    InvitePerson known;
    known.person = made.person;
    EXPECT_THAT(when(administrator).asks(known), answered()) << "nobody of PUP can sign in yet";
    given_first("inna.osoba");
    InvitePerson again;
    again.person = given_invitation().person;
    EXPECT_THAT(when(administrator).asks(again), refused(Code::gate_closed, "A-40"));
    EXPECT_THAT(when(grzegorz).asks(again), answered());
}

class TwoPeople : public Links {
protected:
    /// A colleague of PUP with an app.
    PersonId given_colleague() {
        cookie = given_app();
        return program(cookie)->gets(ListFactors{}).person.id;
    }
    RecoveryId given_recovery(PersonId person, Who who = grzegorz) {
        return RecoveryId(when(who).makes(StartRecovery{person, "telefon utonął"}));
    }
    std::string cookie;
};

TEST_F(TwoPeople, E01_recovery_takes_a_second_person_ends_every_session_and_replaces_all_factors) {
    const auto person = given_colleague();
    const auto there = program(cookie, world.second_hub());
    there->start();
    const auto recovery = given_recovery(person);
    EXPECT_THAT(there->asks(ListFactors{}), answered()) << "one alone changes nothing";
    EXPECT_THAT(when(nina).gets(ListRecoveries{pup()}).recoveries, SizeIs(1));

    const InvitationId link(when(nina).makes(ConfirmRecovery{recovery}));

    EXPECT_TRUE(there->waits_for<streams::Ended>());
    EXPECT_EQ(ticket(cookie), "");
    EXPECT_THAT(when(grzegorz).asks(ShowLink{link}), refused(Code::not_found)) << "it is handed over by the second one";
    const auto shown = when(nina).gets(ShowLink{link});
    EXPECT_THAT(shown.path, StartsWith("/odzyskanie#"));
    const auto token = shown.token.reveal();
    EXPECT_EQ(value_of<door::InvitationShown>(open(token)).login, login);
    const auto before = code();
    const auto accepted = accept(token, std::nullopt, "nowe haslo 8");
    EXPECT_EQ(value_of<door::SignedIn>(accepted).level, SessionLevel::first);
    EXPECT_TRUE(answer_of(sign_in(login, "nowe haslo 8")).session) << "no factor of before is asked for";
    world.clock.move(1min);
    EXPECT_EQ(show(attempt(), Factor::totp, before).status, 401u);
    EXPECT_EQ(open(token).status, 404u);
}

TEST_F(TwoPeople, E01_the_same_person_and_the_one_concerned_do_not_confirm) {
    const auto person = given_colleague();
    const auto recovery = given_recovery(person);

    EXPECT_THAT(when(grzegorz).asks(ConfirmRecovery{recovery}), refused(Code::invalid, "A-40"));
    EXPECT_THAT(when(danuta).asks(ConfirmRecovery{recovery}), refused(Code::not_found));
    EXPECT_THAT(when(nina).asks(StartRecovery{person, "bo tak"}), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(danuta).asks(StartRecovery{person, "bo tak"}), refused(Code::not_found));
    EXPECT_THAT(when(grzegorz).asks(StartRecovery{world.person(grzegorz), "ja"}), refused(Code::invalid, "A-40"));
    EXPECT_NE(ticket(cookie), "") << "nothing changed";
    EXPECT_THAT(when(nina).asks(ConfirmRecovery{recovery}), answered());
    EXPECT_THAT(when(nina).asks(ConfirmRecovery{recovery}), refused(Code::conflict));
}

TEST_F(TwoPeople, A40_two_administrators_open_no_account_of_an_institution) {
    const auto person = given_colleague();
    when(administrator).gets(MakeAdministrator{world.person(tomasz)}); // of the police
    const auto recovery = given_recovery(person, administrator);

    EXPECT_THAT(when(tomasz).asks(ConfirmRecovery{recovery}), refused(Code::invalid, "A-40"));
    EXPECT_THAT(when(nina).asks(ConfirmRecovery{recovery}), answered()) << "one of them is of the institution";
}

TEST_F(TwoPeople, E01_a_recovery_waits_for_a_day) {
    const auto person = given_colleague();
    const auto recovery = given_recovery(person);
    given_present({nina});
    world.clock.move(24h);
    auto& later = world.another(nina);
    EXPECT_THAT(later.asks(ConfirmRecovery{recovery}), refused(Code::conflict));
    EXPECT_THAT(later.gets(ListRecoveries{pup()}).recoveries, SizeIs(0));
}

TEST_F(TwoPeople, E01_nothing_is_exported_for_a_day_after_it) {
    const auto person = given_colleague();
    const InvitationId link(when(nina).makes(ConfirmRecovery{given_recovery(person)}));
    accept(token_of(link, nina), std::nullopt, "nowe haslo 8");
    const auto rows = world.query("SELECT exports_from FROM account WHERE login = 'nowa.osoba'");
    EXPECT_EQ(rows[0].get<Instant>("exports_from"), world.clock.now() + 24h);
}

class AccountKeeping : public TwoPeople {};

TEST_F(AccountKeeping, A40_an_administrator_lists_and_closes_accounts_and_sees_no_content) {
    const auto person = given_colleague();
    const auto there = program(cookie, world.second_hub());
    there->start();
    const auto all = when(administrator).gets(ListAccounts{}).accounts;
    const auto found = std::ranges::find(all, person, [](const Account& one) { return one.person.id; });
    ASSERT_NE(found, all.end());
    EXPECT_EQ(found->login, login);
    EXPECT_TRUE(found->second_factor);
    EXPECT_FALSE(found->closed_at);

    EXPECT_THAT(when(administrator).asks(CloseAccount{person}), answered());

    EXPECT_TRUE(there->waits_for<streams::Ended>());
    EXPECT_EQ(ticket(cookie), "");
    world.clock.move(1min);
    EXPECT_EQ(show(attempt(), Factor::totp, code()).status, 401u);
    EXPECT_THAT(when(administrator).asks(CloseAccount{person}), refused(Code::conflict));
    EXPECT_THAT(when(administrator).asks(ReopenAccount{person}), answered());
    EXPECT_EQ(ticket(cookie), "") << "a session that ended does not come back";
    world.clock.move(1min);
    EXPECT_EQ(show(attempt(), Factor::totp, code()).status, 200u);
}

TEST_F(AccountKeeping, T10_a_head_keeps_the_accounts_of_the_own_institution_and_no_others) {
    const auto person = given_colleague();
    EXPECT_THAT(when(danuta).asks(CloseAccount{person}), refused(Code::not_found));
    EXPECT_THAT(when(danuta).asks(CloseAccount{PersonId{}}), refused(Code::not_found));
    EXPECT_THAT(when(nina).asks(CloseAccount{person}), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(danuta).asks(ListAccounts{pup()}), refused(Code::not_found));
    EXPECT_THAT(when(grzegorz).asks(ListAccounts{}), refused(Code::gate_closed, "A-36"));
    const auto own = when(grzegorz).gets(ListAccounts{pup()}).accounts;
    EXPECT_TRUE(std::ranges::all_of(own, [&](const Account& one) { return one.institution == pup(); }));
    EXPECT_THAT(when(grzegorz).asks(CloseAccount{person}), answered());
}

TEST_F(AccountKeeping, A40_administrators_are_made_by_administrators_and_the_last_one_stays) {
    const auto person = given_colleague();
    const auto me = world.person(administrator);
    EXPECT_THAT(when(grzegorz).asks(MakeAdministrator{person}), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(administrator).asks(RemoveAdministrator{me}), refused(Code::conflict, "A-40"));
    EXPECT_THAT(when(administrator).asks(CloseAccount{me}), refused(Code::conflict, "A-40"));

    EXPECT_THAT(when(administrator).asks(MakeAdministrator{person}), answered());
    EXPECT_THAT(when(administrator).asks(MakeAdministrator{person}), refused(Code::conflict));
    EXPECT_THAT(when(grzegorz).asks(CloseAccount{person}), refused(Code::gate_closed, "A-40"));
    EXPECT_THAT(program(cookie)->asks(ListAccounts{}), answered());
    EXPECT_THAT(when(administrator).asks(RemoveAdministrator{person}), answered());
    EXPECT_THAT(program(cookie)->asks(ListAccounts{}), refused(Code::gate_closed, "A-36"));
}

TEST_F(AccountKeeping, A40_a_technical_administrator_is_invited_by_another_and_belongs_to_no_institution) {
    InvitePerson ask_;
    ask_.name = Personal<std::string>("Anna Technik");
    EXPECT_THAT(when(grzegorz).asks(ask_), refused(Code::gate_closed, "A-36"));
    const auto made = when(administrator).gets(std::move(ask_)).made;
    const auto token = token_of(InvitationId(made[0]), administrator);
    EXPECT_EQ(accept(token, "anna.technik").status, 200u);
    EXPECT_THAT(when(administrator).asks(MakeAdministrator{PersonId(made[1])}), answered());
}

} // namespace
} // namespace splot::identity
