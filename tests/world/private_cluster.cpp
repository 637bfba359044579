#include "tests/world/private_cluster.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <grp.h>
#include <iterator>
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

std::string text_of(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

void run_as_server(const std::vector<std::string>& command, const fs::path& log) {
    const passwd* user = server_user();
    const pid_t child = fork();
    if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (child == 0) become(user, command, log.c_str());
    if (wait_for(child) != 0) throw std::runtime_error(command[0] + " failed:\n" + text_of(log));
}

pid_t postmaster_of(const fs::path& data) {
    std::ifstream file(data / "postmaster.pid");
    pid_t pid = 0;
    return file >> pid ? pid : 0;
}

/// Dead but not yet reaped by its parent counts as gone.
bool is_running(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    if (!std::getline(file, line)) return false;
    const auto name_end = line.rfind(')');
    return name_end + 2 < line.size() && line[name_end + 2] != 'Z';
}

std::vector<pid_t> children_of(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children");
    return {std::istream_iterator<pid_t>(file), {}};
}

/// The last line of the lock file says how far the server is; pg_ctl looks there too.
bool is_ready(const fs::path& data, pid_t postmaster) {
    std::ifstream file(data / "postmaster.pid");
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (number == 1 && line != std::to_string(postmaster)) return false;
        if (number == 8) return line.starts_with("ready");
    }
    return false;
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
        for (int i = 0; i < 1000 && is_running(postmaster); ++i)
            usleep(5'000);
        if (is_running(postmaster)) ::kill(postmaster, SIGKILL);
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
    run_as_server({binaries() / "initdb", "-N", "-D", directory_ / "data", "-U", "splot", "-A", "trust", "-E", "UTF8",
                   "--locale=C.UTF-8", "--data-checksums"},
                  directory_ / "initdb.log");
    write_settings(directory_, disk);
    start();
}

PrivateCluster::~PrivateCluster() {
    close(lifeline_);
    wait_for(keeper_);
    if (postmaster_ > 0) wait_for(postmaster_);
}

bool PrivateCluster::try_start() {
    const passwd* user = server_user();
    const std::vector<std::string> command{binaries() / "postgres", "-D", directory_ / "data"};
    postmaster_ = fork();
    if (postmaster_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (postmaster_ == 0) {
        setsid();
        become(user, command, (directory_ / "server.log").c_str());
    }
    while (waitpid(postmaster_, nullptr, WNOHANG) == 0) {
        if (is_ready(directory_ / "data", postmaster_)) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    postmaster_ = -1;
    return false;
}

void PrivateCluster::start() {
    // After a kill the first start may find the shared memory of the dead in use for a moment.
    for (int attempt = 0; attempt < 100; ++attempt) {
        if (try_start()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    throw std::runtime_error("the private cluster does not start:\n" + text_of(directory_ / "server.log"));
}

void PrivateCluster::stop() { end(SIGINT); }

void PrivateCluster::kill() {
    const auto children = children_of(postmaster_);
    end(SIGKILL);
    for (int i = 0; i < 1000 && std::ranges::any_of(children, is_running); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    for (const pid_t child : children)
        if (is_running(child)) ::kill(child, SIGKILL); // computing too hard to look for its parent
}

void PrivateCluster::end(int signal) {
    if (postmaster_ <= 0) throw std::logic_error("the cluster is not running");
    ::kill(postmaster_, signal);
    wait_for(std::exchange(postmaster_, -1));
}

} // namespace splot::world
