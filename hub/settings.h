#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace splot {

/// The one settings file (hub/splot.toml explains each key).
struct Settings {
    struct Listen {
        std::string address = "127.0.0.1";
        std::uint16_t port = 8443;        ///< TLS
        std::uint16_t plain_port = 0;     ///< plain HTTP, on loopback or behind a proxy only; 0: none
        std::string certificate, key;     ///< PEM; empty: a self-signed one in `state`
        bool behind_proxy = false;        ///< a proxy in front does TLS; shuts the demonstration's door
        std::vector<std::string> origins; ///< beside https://<host>:<port>: what browsers may come from
    } listen;
    struct Postgres {
        std::string conninfo;
        std::size_t pool = 4; ///< connections a shard and role
    } postgres;
    struct Keys {
        std::string socket;
    } keys;
    struct Hub {
        std::size_t shards = 0; ///< 0: one less than the processors, at least 2
        bool demonstration = false;
        std::string state;
        std::string web_root; ///< the built web client; empty: looked for beside the program, or none
    } hub;
    struct SignIn {
        std::string second_factor; ///< "required", "optional"; empty: required, but in a demonstration optional
        std::int32_t idle_minutes = 30;

        bool demands_second_factor(bool demonstration) const {
            return second_factor.empty() ? !demonstration : second_factor == "required";
        }
    } sign_in;
    struct Limits {
        double rate_factor = 1.0; ///< multiplies every method's calls a minute
        std::size_t sockets_per_person = 20;
        std::chrono::milliseconds authenticate_within{5000};
        std::chrono::milliseconds poll_every{2000}; ///< heads and epochs, when no hint came
        std::int64_t horizon = 1000;                ///< missed events of a stream beyond which a snapshot comes
        bool notify = true;                         ///< off in tests of the safety net
    } limits;
    struct Log {
        std::string level = "info";
        std::string file;
    } log;

    /// Throws std::runtime_error with the key and what is wrong with it.
    static Settings read(const std::string& path);
};

} // namespace splot
