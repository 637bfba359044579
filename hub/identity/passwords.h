#pragma once
#include "protocol/personal.h"
#include "storage/async/async.h"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace splot {

/// Argon2id (m = 64 MiB, t = 3, p = 1; RFC 9106) over HMAC-SHA-256 of the password under a pepper that the database
/// does not know. Hashing has its own two threads and a short queue, so that sign-ins never stop the sockets.
class Passwords {
public:
    struct Cost {
        std::uint32_t memory_kib = 64 * 1024;
        std::uint32_t passes = 3;
    };
    Passwords();
    ~Passwords();
    void set(std::vector<std::byte> pepper, Cost cost);
    void stop();

    /// Nothing: too many wait already (`unavailable`). Resumes on `shard`'s thread.
    Async<std::optional<std::string>> hash(boost::asio::io_context& shard, Personal<std::string> password);
    /// Against a stored hash, or against a dummy for somebody unknown: the same work. Nothing: too many wait.
    Async<std::optional<bool>> matches(boost::asio::io_context& shard, Personal<std::string> password,
                                       std::optional<std::string> stored);

    static constexpr std::size_t shortest = 8, longest = 256; ///< characters
    /// Long enough, not on the list of common words, also of those of the place, nor the login with a number.
    static bool is_acceptable(const Personal<std::string>& password, std::string_view login = {});

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace splot
