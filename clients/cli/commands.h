#pragma once
#include "clients/cli/desk.h"

#include <string_view>

namespace splot::cli {

using Run = client::Async<Outcome<>> (*)(Desk&);

struct Command {
    std::string_view name;
    bool signed_in; ///< the desk is opened before
    Run run;
};

/// nullptr for a name that the command tree does not have.
const Command* find_command(std::string_view name);

// account.cpp
client::Async<Outcome<>> sign_in(Desk& desk);
client::Async<Outcome<>> enter_as(Desk& desk);
client::Async<Outcome<>> sign_out(Desk& desk);
client::Async<Outcome<>> set_up(Desk& desk);
client::Async<Outcome<>> who_am_i(Desk& desk);
client::Async<Outcome<>> devices(Desk& desk);
client::Async<Outcome<>> change_password(Desk& desk);
Outcome<Personal<std::string>> ask_password(const Desk& desk, std::string_view question);
Outcome<Personal<std::string>> ask_new_password(const Desk& desk, const std::string& question);
Factor way_of(std::string_view code);
std::string device_name(const Desk& desk);
/// Keeps the session and says hello, or what is to be done first.
client::Async<Outcome<>> greet(Desk& desk, std::string login, door::SignedIn signed_in);
// account_factors.cpp
client::Async<Outcome<>> show_account(Desk& desk);
client::Async<Outcome<>> add_totp(Desk& desk);
client::Async<Outcome<>> make_code_card(Desk& desk);
client::Async<Outcome<>> make_recovery_codes(Desk& desk);
client::Async<Outcome<>> set_pin(Desk& desk);
client::Async<Outcome<>> step_up(Desk& desk);
client::Async<Outcome<>> lock_device(Desk& desk);
client::Async<Outcome<>> unlock_device(Desk& desk);
client::Async<Outcome<>> remove_factor(Desk& desk);
client::Async<Outcome<>> forget_device(Desk& desk);
client::Async<Outcome<>> sign_out_others(Desk& desk);
// account_keeping.cpp
client::Async<Outcome<>> invite_person(Desk& desk);
client::Async<Outcome<>> list_invitations(Desk& desk);
client::Async<Outcome<>> show_link(Desk& desk);
client::Async<Outcome<>> revoke_invitation(Desk& desk);
client::Async<Outcome<>> accept_invitation(Desk& desk);
client::Async<Outcome<>> start_recovery(Desk& desk);
client::Async<Outcome<>> list_recoveries(Desk& desk);
client::Async<Outcome<>> confirm_recovery(Desk& desk);
client::Async<Outcome<>> list_accounts(Desk& desk);
client::Async<Outcome<>> close_account(Desk& desk);
client::Async<Outcome<>> reopen_account(Desk& desk);
client::Async<Outcome<>> make_administrator(Desk& desk);
client::Async<Outcome<>> remove_administrator(Desk& desk);
// reading.cpp
client::Async<Outcome<>> list_channels(Desk& desk);
client::Async<Outcome<>> read_channel(Desk& desk);
client::Async<Outcome<>> mark_read(Desk& desk);
client::Async<Outcome<>> show_history(Desk& desk);
// following.cpp
client::Async<Outcome<>> follow(Desk& desk);
// writing.cpp
client::Async<Outcome<>> post_message(Desk& desk);
client::Async<Outcome<>> reply_to_message(Desk& desk);
client::Async<Outcome<>> edit_message(Desk& desk);
client::Async<Outcome<>> delete_message(Desk& desk);
// explaining.cpp
client::Async<Outcome<>> explain_why(Desk& desk);
client::Async<Outcome<>> show_audience(Desk& desk);
client::Async<Outcome<>> show_roles(Desk& desk);
// people.cpp
client::Async<Outcome<>> create_institution(Desk& desk);
client::Async<Outcome<>> list_institutions(Desk& desk);
client::Async<Outcome<>> create_person(Desk& desk);
client::Async<Outcome<>> list_people(Desk& desk);
client::Async<Outcome<>> give_mandate(Desk& desk);
client::Async<Outcome<>> end_mandate(Desk& desk);
client::Async<Outcome<>> list_mandates(Desk& desk);
// teams.cpp
client::Async<Outcome<>> create_team(Desk& desk);
client::Async<Outcome<>> show_team(Desk& desk);
client::Async<Outcome<>> list_teams(Desk& desk);
client::Async<Outcome<>> admit_institution(Desk& desk);
// channels.cpp
client::Async<Outcome<>> create_channel(Desk& desk);
client::Async<Outcome<>> add_member(Desk& desk);
client::Async<Outcome<>> remove_member(Desk& desk);
client::Async<Outcome<>> destroy_key(Desk& desk);
client::Async<Outcome<>> create_topic(Desk& desk);
client::Async<Outcome<>> list_topics(Desk& desk);

} // namespace splot::cli
