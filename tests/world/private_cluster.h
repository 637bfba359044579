#pragma once
#include "storage/postgres/connection.h"

#include <filesystem>
#include <string>
#include <sys/types.h>

namespace splot::world {

/// A throw-away PostgreSQL with its own data directory and Unix socket, gone with the test program however that ends:
/// a keeper process waits for the program's end, stops the server and deletes the directory.
class PrivateCluster {
public:
    enum class Disk { unsynced, synced }; ///< synced: fsync on, for durability runs
    explicit PrivateCluster(Disk disk = Disk::unsynced);
    ~PrivateCluster();
    PrivateCluster(const PrivateCluster&) = delete;
    PrivateCluster& operator=(const PrivateCluster&) = delete;

    /// As the superuser `splot`, to the database `postgres`.
    const std::string& conninfo() const { return conninfo_; }
    const std::filesystem::path& directory() const { return directory_; }

    /// SIGKILL to the postmaster; returns when its children, who notice and leave, are gone too.
    void kill();
    /// Finishes in order.
    void stop();
    /// Starts a killed or stopped server again and waits until it takes connections.
    void start();

private:
    bool try_start();
    void end(int signal);

    std::filesystem::path directory_;
    std::string conninfo_;
    int lifeline_ = -1; ///< the keeper acts when the other end of this pipe is closed
    pid_t keeper_ = -1;
    pid_t postmaster_ = -1;
};

/// A database of one test, cloned from the migrated template; dropped at the end.
class Database {
public:
    explicit Database(std::string server_conninfo, std::string name);
    ~Database();
    Database(Database&& other) noexcept;
    Database& operator=(Database&&) = delete;

    const std::string& name() const { return name_; }
    /// As the owner. For the roles of the hub set ConnectOptions::role.
    const std::string& conninfo() const { return conninfo_; }

private:
    std::string server_, name_, conninfo_;
};

/// The server that all tests of this program use: the one in the environment's SPLOT_TEST_POSTGRES (a connection string
/// of a superuser), else a private cluster, started at the first call.
const std::string& test_server();

/// A fresh database with all migrations. The template is made once for each set of migrations, also when several test
/// programs ask at the same time.
Database clone_database();

/// An empty database without migrations.
Database empty_database();

/// `conninfo` with another database.
std::string with_database(const std::string& conninfo, const std::string& name);

} // namespace splot::world
