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
    {"account show", false, show_account},
    {"account totp", false, add_totp},
    {"account code-card", false, make_code_card},
    {"account recovery-codes", false, make_recovery_codes},
    {"account pin", true, set_pin},
    {"account confirm", false, step_up},
    {"account lock", false, lock_device},
    {"account unlock", false, unlock_device},
    {"account remove", true, remove_factor},
    {"account forget-device", true, forget_device},
    {"account sign-out-others", true, sign_out_others},
    {"invitations create", true, invite_person},
    {"invitations list", true, list_invitations},
    {"invitations link", true, show_link},
    {"invitations revoke", true, revoke_invitation},
    {"invitations accept", false, accept_invitation},
    {"recovery start", true, start_recovery},
    {"recovery list", true, list_recoveries},
    {"recovery confirm", true, confirm_recovery},
    {"accounts list", true, list_accounts},
    {"accounts close", true, close_account},
    {"accounts reopen", true, reopen_account},
    {"accounts make-administrator", true, make_administrator},
    {"accounts remove-administrator", true, remove_administrator},
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
