#include "storage/postgres/migrations.h"

#include "storage/postgres/sql.h"

#include <openssl/evp.h>

namespace splot::storage {
namespace {

struct Applied {
    int number = 0;
    std::string name;
    Bytes sha256;
};
BOOST_DESCRIBE_STRUCT(Applied, (), (number, name, sha256))

Bytes sha256(std::string_view text) {
    Bytes digest(32);
    if (EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr, EVP_sha256(),
                   nullptr) != 1)
        throw std::runtime_error("SHA-256 is not available");
    return digest;
}

std::string title(int number, const std::string& name) { return std::to_string(number) + " (" + name + ")"; }

/// Where ours go on; throws when the applied ones are not the beginning of ours.
std::size_t first_missing(std::span<const Migration> known, const std::vector<Applied>& applied) {
    for (std::size_t i = 0; i < applied.size(); ++i) {
        const auto& there = applied[i];
        if (i == known.size())
            throw MigrationError("the database is newer than this program: it has migration " +
                                 title(there.number, there.name));
        const auto& ours = known[i];
        if (ours.number < there.number)
            throw MigrationError("migration " + title(ours.number, ours.name) + " should have come before " +
                                 title(there.number, there.name) + ", which the database has already");
        if (ours.number > there.number)
            throw MigrationError("the database has migration " + title(there.number, there.name) +
                                 ", which this program does not know");
        if (sha256(ours.text) != there.sha256)
            throw MigrationError("migration " + title(ours.number, ours.name) +
                                 " was applied with another text; a released file never changes");
    }
    return applied.size();
}

Async<std::vector<Applied>> list_applied(Connection& owner) {
    owner.queue(postgres::sql::begin_writing);
    owner.queue(postgres::sql::lock_migrations);
    owner.queue(postgres::sql::create_migration_table);
    co_await owner.flush();
    owner.queue(postgres::sql::list_applied_migrations); // parsed when the table is there
    const auto results = co_await owner.flush();
    co_return rows<Applied>(results[0]);
}

/// Applies the first missing one; false when there is none.
Async<bool> apply_next(Connection& owner, std::span<const Migration> known) {
    const auto applied = co_await list_applied(owner);
    const auto at = first_missing(known, applied);
    if (at < known.size()) {
        const auto& next = known[at];
        co_await owner.run_script(next.text);
        if (!owner.in_transaction())
            throw MigrationError("migration " + title(next.number, next.name) + " ends its own transaction");
        const Instant now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
        owner.queue(postgres::sql::record_migration, std::int32_t{next.number}, next.name, sha256(next.text), now);
    }
    co_await owner.commit();
    co_return at < known.size();
}

} // namespace

ConnectOptions as_owner(std::string conninfo) {
    ConnectOptions options;
    options.conninfo = std::move(conninfo);
    options.statement_timeout = options.lock_timeout = options.answer_within = std::chrono::hours(4);
    return options;
}

Async<int> migrate(Connection& owner) { return migrate(owner, migrations()); }

Async<int> migrate(Connection& owner, std::span<const Migration> known) {
    int count = 0;
    std::exception_ptr error;
    try {
        while (co_await apply_next(owner, known))
            ++count;
    } catch (...) {
        error = std::current_exception();
        owner.abandon();
    }
    if (!error) co_return count;
    co_await owner.settle();
    std::rethrow_exception(error);
}

std::string digest(std::span<const Migration> known) {
    std::string all;
    for (const auto& migration : known)
        all += std::to_string(migration.number) + "\n" + migration.text;
    std::string hex;
    for (const auto byte : sha256(all)) {
        if (hex.size() == 16) break;
        constexpr char digits[] = "0123456789abcdef";
        hex += digits[std::to_integer<unsigned>(byte) >> 4];
        hex += digits[std::to_integer<unsigned>(byte) & 15];
    }
    return hex;
}

} // namespace splot::storage
