#pragma once
#include "clients/cli/failure.h"
#include "protocol/identity/types.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

/// What the program remembers between two runs.
namespace splot::cli {

struct SavedHub {
    std::string cookie; ///< `name=value`; whoever has it is signed in
    std::string login;
    Instant until;                                 ///< when the session ends at the latest
    std::optional<std::string> device_cookie = {}; ///< this device is remembered: a second factor once a day
};
BOOST_DESCRIBE_STRUCT(SavedHub, (), (cookie, login, until, device_cookie))

struct SavedState {
    std::string hub = {}; ///< the one that was signed in to last
    std::map<std::string, SavedHub> hubs = {};
};
BOOST_DESCRIBE_STRUCT(SavedState, (), (hub, hubs))

/// ${XDG_CONFIG_HOME:-~/.config}/splot/state.json; empty when neither variable is set.
std::filesystem::path state_path();
/// An absent file is an empty state. A file that others may read is closed to them first (0600).
Outcome<SavedState> load_state(const std::filesystem::path& path);
/// Whole or not at all; the folder 0700, the file 0600.
Outcome<> save_state(const std::filesystem::path& path, const SavedState& state);

} // namespace splot::cli
