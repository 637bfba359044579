#pragma once
#include "tests/bench/child.h"

#include <cstdint>
#include <memory>
#include <string>

namespace splot::bench {

/// Where the bench stands: what tests/bench/run started, and how long things may take.
struct Ground {
    std::string programs; ///< folder of the build
    std::string scratch;  ///< folder for settings and logs
    std::string pg_bin, pg_sockets;
    std::string keys_socket;
    bool quick = false;
    std::uint16_t port = 18443;

    int pairs() const { return quick ? 1 : 5; }
    std::chrono::seconds sample() const { return std::chrono::seconds(quick ? 3 : 5); }
    std::string conninfo(const std::string& database) const;
    std::string psql(const std::string& database, const std::string& sql) const;
    void psql_file(const std::string& database, const std::string& file) const;
    /// An empty database of this name.
    void make_database(const std::string& database) const;
    std::string file(const std::string& name) const { return scratch + "/" + name; }

    /// A hub on the database "splot", with rate limits raised and nothing else changed; serves when this returns.
    std::unique_ptr<Child> start_hub(const std::string& more_limits = {}) const;
    /// The floor's server; serves on `floor_port` when this returns.
    std::unique_ptr<Child> start_floor(std::vector<std::string> options) const;
    std::uint16_t floor_port() const { return static_cast<std::uint16_t>(port + 1); }
    /// Transactions a second of pgbench with floors/append.sql.
    double pgbench_appends(int clients, int streams) const;

    /// Migrates and fills the databases "splot" and "floor", once.
    void make_worlds() const;
};

} // namespace splot::bench
