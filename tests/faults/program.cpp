#include "tests/faults/program.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace splot::faults {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto patience = std::chrono::seconds(60); ///< a ceiling that exists only to fail

/// Waits until the descriptor can be read.
bool is_readable(int fd, Clock::time_point until) {
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        if (left <= 0) return false;
        pollfd wanted{fd, POLLIN, 0};
        const int ready = ::poll(&wanted, 1, static_cast<int>(left));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
    }
}

} // namespace

Program::Program(std::vector<std::string> words, std::filesystem::path errors) :
    name_(words.front()), errors_(std::move(errors)) {
    std::array<int, 2> output{};
    if (::pipe2(output.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
    std::vector<char*> arguments;
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const int log = ::open(errors_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        ::dup2(output[1], STDOUT_FILENO);
        ::dup2(log, STDERR_FILENO);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(output[1]);
    output_ = output[0];
}

Program::~Program() {
    if (pid_ > 0) kill();
    ::close(output_);
}

void Program::fail(const std::string& why) const {
    std::ifstream file(errors_);
    throw std::runtime_error(name_ + " " + why + "\n" + std::string(std::istreambuf_iterator<char>(file), {}));
}

std::string Program::await_line(const std::string& beginning) {
    const auto until = Clock::now() + patience;
    std::string line;
    for (;;) {
        if (!is_readable(output_, until)) fail("did not say \"" + beginning + "\" in time");
        char c = 0;
        const auto got = ::read(output_, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) fail("ended before it said \"" + beginning + "\"");
        if (c != '\n') {
            line += c;
            continue;
        }
        if (line.starts_with(beginning)) return line;
        line.clear();
    }
}

void Program::signal(int number) const { ::kill(pid_, number); }

int Program::wait(std::chrono::milliseconds ceiling) {
    const int process = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    const bool ended = process < 0 || is_readable(process, Clock::now() + ceiling);
    if (process >= 0) ::close(process);
    if (!ended) fail("still runs");
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0)
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Program::kill() {
    signal(SIGKILL);
    wait();
}

} // namespace splot::faults
