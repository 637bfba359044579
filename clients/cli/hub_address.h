#pragma once
#include "clients/cli/connection.h"
#include "clients/cli/failure.h"

#include <string>
#include <string_view>

namespace splot::cli {

inline constexpr std::string_view default_hub = "https://localhost:8443";

/// `https://host[:port]`; `http://` only to this machine, because it would show the session to the network.
/// The certificate of a hub on this machine is not checked (nobody stands between), unless `ca_file` says by what.
Outcome<client::Endpoint> read_hub_address(std::string_view address, const std::string& ca_file);
/// The same address always in the same words, as a key: "https://localhost:8443".
std::string hub_key(const client::Endpoint& endpoint);

} // namespace splot::cli
