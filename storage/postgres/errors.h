#pragma once
#include "protocol/rules.h"

#include <stdexcept>
#include <string>
#include <string_view>

struct pg_result;

namespace splot::storage {

/// The server refused a statement. What it says holds names of ours (query, constraint, table) and never a value of a
/// row or a parameter, so it may be logged.
class DatabaseError : public std::runtime_error {
public:
    DatabaseError(const pg_result* result, const char* query);
    DatabaseError(std::string sqlstate, const char* query, const std::string& why);

    const std::string& sqlstate() const { return sqlstate_; }
    const std::string& constraint() const { return constraint_; }
    const std::string& table() const { return table_; }
    const std::string& query() const { return query_; }

    bool is_unique_violation() const { return sqlstate_ == "23505"; }
    bool is_foreign_key_violation() const { return sqlstate_ == "23503"; }
    bool is_check_violation() const { return sqlstate_ == "23514"; }
    /// A policy of row-level security, or a missing GRANT.
    bool is_insufficient_privilege() const { return sqlstate_ == "42501"; }
    bool is_serialization_failure() const { return sqlstate_ == "40001"; }
    bool is_deadlock() const { return sqlstate_ == "40P01"; }
    /// The same transaction may simply be run again.
    bool is_retryable() const { return is_serialization_failure() || is_deadlock(); }
    /// A statement's or a lock's time was up.
    bool is_timeout() const { return sqlstate_ == "57014" || sqlstate_ == "55P03"; }
    /// Disk full, out of memory or connections, read-only standby: tell the caller `unavailable`.
    bool is_out_of_resources() const;
    /// The rule that the violated constraint is named after (`b14_declined_has_reason` is B-14), or none.
    Rule violated_rule() const;

private:
    std::string sqlstate_, constraint_, table_, query_;
};

/// There is no connection, or it was lost. Nothing was committed, unless `commit_unknown`: then COMMIT was under way.
class DatabaseGone : public std::runtime_error {
public:
    enum class Commit { not_sent, unknown };
    explicit DatabaseGone(const std::string& why, Commit commit = Commit::not_sent) :
        std::runtime_error(why), commit_unknown(commit == Commit::unknown) {}
    bool commit_unknown;
};

} // namespace splot::storage
