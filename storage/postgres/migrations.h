#pragma once
#include "storage/postgres/connection.h"

#include <span>

namespace splot::storage {

/// One file storage/<slice>/migrations/NNNN_name.sql.
struct Migration {
    int number;
    const char* name;
    const char* text;
};

/// All that this program knows, in order of their numbers (generated).
std::span<const Migration> migrations();

/// The database and this program do not belong together.
struct MigrationError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// How to connect for `migrate`: as the login user, with hours where a hub has seconds.
ConnectOptions as_owner(std::string conninfo);

/// Brings the database up to date, each migration in a transaction of its own, behind a lock that makes other programs
/// wait. `owner` is connected by `as_owner`. Returns how many were applied.
/// Throws MigrationError, having changed nothing more, when an applied migration has another text than ours, when the
/// database is newer than this program, or when one of ours should have come before an applied one.
Async<int> migrate(Connection& owner);
Async<int> migrate(Connection& owner, std::span<const Migration> known);

/// A short hexadecimal name for this set of migrations: equal texts, equal name.
std::string digest(std::span<const Migration> known);

} // namespace splot::storage
