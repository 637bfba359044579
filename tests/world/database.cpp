// Databases of tests: clones of one migrated template.
#include "tests/world/private_cluster.h"
#include "tests/world/template.h"

#include "storage/async/run.h"
#include "storage/postgres/migrations.h"

#include <atomic>
#include <cstdlib>
#include <memory>
#include <random>
#include <unistd.h>

namespace splot::world {
namespace {

using storage::as_owner;
using storage::Connection;
using storage::Query;

Async<void> run_script(boost::asio::io_context& io, std::string conninfo, std::string sql) {
    const auto connection = co_await Connection::open(io, as_owner(std::move(conninfo)));
    co_await connection->run_script(std::move(sql));
}

void execute(const std::string& conninfo, const std::string& sql) {
    boost::asio::io_context io(1);
    run(io, run_script(io, conninfo, sql));
}

constexpr Query lock_templates{"tests.lock_templates", "SELECT pg_advisory_lock(7310579640112050)"};
constexpr Query find_database{"tests.find_database", "SELECT oid::int8 FROM pg_database WHERE datname = $1"};

/// The lock is the session's and lies in the common database, since locks of other databases do not meet.
Async<void> make_template(boost::asio::io_context& io, std::string server, std::string name, std::string from,
                          Fill fill) {
    const auto common = co_await Connection::open(io, as_owner(server));
    common->queue(lock_templates);
    common->queue(find_database, name);
    const auto results = co_await common->flush();
    if (!results[1].empty()) co_return;
    const std::string unfinished = name + "_unfinished";
    co_await common->run_script("DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)");
    co_await common->run_script("CREATE DATABASE " + unfinished + " TEMPLATE " + from);
    fill(with_database(server, unfinished));
    // The sessions that filled it may still be leaving.
    co_await common->run_script("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" +
                                unfinished + "'");
    co_await common->run_script("ALTER DATABASE " + unfinished + " RENAME TO " + name);
}

Async<void> migrate_alone(boost::asio::io_context& io, std::string conninfo) {
    const auto owner = co_await Connection::open(io, as_owner(std::move(conninfo)));
    co_await storage::migrate(*owner);
}

void migrate_database(const std::string& conninfo) {
    boost::asio::io_context io(1);
    run(io, migrate_alone(io, conninfo));
}

std::string fresh_name() {
    static std::atomic<int> count = 0;
    static const unsigned random = std::random_device{}();
    return "splot_test_" + std::to_string(getpid()) + "_" + std::to_string(random) + "_" + std::to_string(++count);
}

} // namespace

void ensure_template(const std::string& name, const std::string& from, Fill fill) {
    boost::asio::io_context io(1);
    run(io, make_template(io, test_server(), name, from, std::move(fill)));
}

const std::string& migrated_template() {
    static const std::string name = [] {
        const std::string wanted = "splot_template_" + storage::digest(storage::migrations());
        ensure_template(wanted, "template0", migrate_database);
        return wanted;
    }();
    return name;
}

Database clone_of(const std::string& template_name) {
    const std::string name = fresh_name();
    execute(test_server(), "CREATE DATABASE " + name + " TEMPLATE " + template_name);
    return Database(test_server(), name);
}

std::string with_database(const std::string& conninfo, const std::string& name) {
    return conninfo + " dbname=" + name; // the last one counts
}

const std::string& test_server() {
    static const std::string conninfo = [] {
        if (const char* given = std::getenv("SPLOT_TEST_POSTGRES")) return std::string(given);
        static const PrivateCluster cluster;
        return cluster.conninfo();
    }();
    return conninfo;
}

Database clone_database() { return clone_of(migrated_template()); }
Database empty_database() { return clone_of("template0"); }

Database::Database(std::string server_conninfo, std::string name) :
    server_(std::move(server_conninfo)), name_(std::move(name)), conninfo_(with_database(server_, name_)) {}

Database::Database(Database&& other) noexcept :
    server_(std::move(other.server_)), name_(std::exchange(other.name_, {})), conninfo_(std::move(other.conninfo_)) {}

Database::~Database() {
    if (name_.empty()) return;
    try {
        execute(server_, "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    } catch (const std::exception& error) {
        // A test that killed the server has nothing to drop; a left-over clone harms nobody.
        fprintf(stderr, "%s was not dropped: %s\n", name_.c_str(), error.what());
    }
}

} // namespace splot::world
