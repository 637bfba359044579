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
