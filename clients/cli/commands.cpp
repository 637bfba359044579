#include "clients/cli/commands.h"

#include <algorithm>

namespace splot::cli {
namespace {

constexpr Command commands[] = {
    {"sign-in", false, sign_in},
    {"enter-as", false, enter_as},
    {"sign-out", false, sign_out},
    {"setup", false, set_up},
    {"whoami", true, who_am_i},
    {"devices", true, devices},
    {"password", true, change_password},
    {"list", true, list_channels},
    {"read", true, read_channel},
    {"mark-read", true, mark_read},
    {"history", true, show_history},
    {"follow", true, follow},
    {"post", true, post_message},
    {"reply", true, reply_to_message},
    {"edit", true, edit_message},
    {"delete", true, delete_message},
    {"why", true, explain_why},
    {"audience", true, show_audience},
    {"roles", true, show_roles},
    {"institutions create", true, create_institution},
    {"institutions list", true, list_institutions},
    {"people create", true, create_person},
    {"people list", true, list_people},
    {"mandates give", true, give_mandate},
    {"mandates end", true, end_mandate},
    {"mandates list", true, list_mandates},
    {"teams create", true, create_team},
    {"teams show", true, show_team},
    {"teams list", true, list_teams},
    {"teams admit", true, admit_institution},
    {"channels create", true, create_channel},
    {"channels add", true, add_member},
    {"channels remove", true, remove_member},
    {"channels destroy-key", true, destroy_key},
    {"topics create", true, create_topic},
    {"topics list", true, list_topics},
};

} // namespace

const Command* find_command(std::string_view name) {
    const auto* const found = std::ranges::find(commands, name, &Command::name);
    return found == std::end(commands) ? nullptr : found;
}

} // namespace splot::cli
