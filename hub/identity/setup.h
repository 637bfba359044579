#pragma once
#include "hub/rpc/desk.h"
#include "protocol/identity/door.h"
#include "protocol/problem.h"

#include <optional>
#include <string>

namespace splot::identity {

/// Makes (or renews, while unused) the one-time code for `splot setup` and gives it; nothing once it was used.
Async<std::optional<std::string>> make_setup_code(Desk& desk);

/// A technical administrator: an account without mandates. For set-up and for the demonstration.
Async<PersonId> make_administrator(Desk& desk, Personal<std::string> name, std::string login,
                                   std::optional<std::string> password_hash,
                                   std::optional<std::vector<std::byte>> code_hash);

/// The first administrator, and through them the first institution with its head. A problem says what to correct; the
/// code stays good until the administrator exists.
Async<std::optional<Problem>> found_hub(Hub& hub, Desk& desk, door::Setup ask);

} // namespace splot::identity
