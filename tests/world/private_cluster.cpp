#include "tests/world/private_cluster.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <grp.h>
#include <pwd.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace splot::world {
namespace {

namespace fs = std::filesystem;

/// PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where that user is missing.
const passwd* server_user() {
    if (geteuid() != 0) return nullptr;
    for (const char* name : {"postgres", "nobody"})
        if (const passwd* user = getpwnam(name)) return user;
    throw std::runtime_error("root cannot run PostgreSQL, and there is no user postgres or nobody");
}

fs::path binaries() {
    std::vector<fs::path> versions;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", none))
        versions.push_back(entry.path());
    std::ranges::sort(versions, {}, [](const fs::path& path) { return std::atoi(path.filename().c_str()); });
    if (versions.empty()) throw std::runtime_error("PostgreSQL's server programs are not installed");
    return versions.back() / "bin";
}

/// In a child: becomes the server's user and the program, with output to a log file or nowhere. Never returns.
[[noreturn]] void become(const passwd* user, const std::vector<std::string>& command, const char* output) {
    if (user && (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) _exit(126);
    const int in = open("/dev/null", O_RDONLY), out = open(output, O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(in, 0);
    dup2(out, 1);
    dup2(out, 2);
    if (chdir("/") != 0) _exit(126);
    setenv("LC_ALL", "C.UTF-8", 1);
    std::vector<char*> words;
    for (const auto& word : command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    execv(words[0], words.data());
    _exit(127);
}

int wait_for(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int run_as_server(const std::vector<std::string>& command, const fs::path& log) {
    const passwd* user = server_user();
    const pid_t child = fork();
    if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (child == 0) become(user, command, log.c_str());
    return wait_for(child);
}

void run_checked(const std::vector<std::string>& command, const fs::path& log) {
    if (run_as_server(command, log) == 0) return;
    std::ifstream file(log);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    throw std::runtime_error(command[0] + " failed:\n" + text);
}

pid_t postmaster_of(const fs::path& data) {
    std::ifstream file(data / "postmaster.pid");
    pid_t pid = 0;
    return file >> pid ? pid : 0;
}

/// The keeper: outlives the test program by the moment that it takes to clean up.
[[noreturn]] void keep(int lifeline, const fs::path& directory) {
    setsid(); // Ctrl-C is for the test program
    prctl(PR_SET_NAME, "pg-keeper");
    for (int fd = 0; fd < 1024; ++fd)
        if (fd != lifeline) close(fd); // a test runner waits until nobody holds its pipes
    char byte;
    while (read(lifeline, &byte, 1) < 0 && errno == EINTR) {
    }
    if (const pid_t postmaster = postmaster_of(directory / "data")) {
        ::kill(postmaster, SIGQUIT);
        for (int i = 0; i < 500 && ::kill(postmaster, 0) == 0; ++i)
            usleep(10'000);
        ::kill(postmaster, SIGKILL);
    }
    std::error_code none;
    fs::remove_all(directory, none);
    _exit(0);
}

fs::path make_directory() {
    std::string pattern = "/tmp/splot-XXXXXX"; // short: a socket's path has 107 bytes at most
    if (!mkdtemp(pattern.data())) throw std::system_error(errno, std::generic_category(), "mkdtemp");
    if (const passwd* user = server_user(); user && chown(pattern.c_str(), user->pw_uid, user->pw_gid) != 0)
        throw std::system_error(errno, std::generic_category(), "chown");
    return pattern;
}

void write_settings(const fs::path& directory, PrivateCluster::Disk disk) {
    std::ofstream file(directory / "data" / "postgresql.conf", std::ios::app);
    file << "listen_addresses = ''\n"
         << "unix_socket_directories = '" << directory.string() << "'\n"
         << "max_connections = 300\nshared_buffers = 64MB\nmax_wal_size = 256MB\n"
         << "log_error_verbosity = terse\nlog_min_messages = fatal\nlog_min_error_statement = panic\n";
    if (disk == PrivateCluster::Disk::unsynced) file << "fsync = off\nfull_page_writes = off\n";
    if (!file.flush()) throw std::runtime_error("the settings of the private cluster cannot be written");
}

} // namespace

PrivateCluster::PrivateCluster(Disk disk) : directory_(make_directory()) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
    keeper_ = fork();
    if (keeper_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (keeper_ == 0) keep(ends[0], directory_);
    close(ends[0]);
    lifeline_ = ends[1];
    conninfo_ = "host=" + directory_.string() + " user=splot dbname=postgres";
    run_checked({binaries() / "initdb", "-N", "-D", directory_ / "data", "-U", "splot", "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--data-checksums"},
                directory_ / "initdb.log");
    write_settings(directory_, disk);
    start();
}

PrivateCluster::~PrivateCluster() {
    close(lifeline_);
    wait_for(keeper_);
}

void PrivateCluster::start() {
    const std::vector<std::string> command{binaries() / "pg_ctl",     "-D",   directory_ / "data", "-w", "-l",
                                           directory_ / "server.log", "start"};
    // After a kill the first start may find the shared memory of the dead in use for a moment.
    for (int attempt = 0; attempt < 100; ++attempt) {
        if (run_as_server(command, directory_ / "start.log") == 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    run_checked(command, directory_ / "start.log");
}

void PrivateCluster::stop() {
    run_checked({binaries() / "pg_ctl", "-D", directory_ / "data", "-w", "-m", "fast", "stop"},
                directory_ / "stop.log");
}

void PrivateCluster::kill() {
    const pid_t postmaster = postmaster_of(directory_ / "data");
    if (!postmaster) throw std::logic_error("the cluster is not running");
    ::kill(postmaster, SIGKILL);
    while (::kill(postmaster, 0) == 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

} // namespace splot::world
