#include "tests/bench/child.h"

#include <array>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace splot::bench {

Child::Child(const std::vector<std::string>& command) : command_(command.front()) {
    std::array<int, 2> output{};
    if (::pipe2(output.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    std::vector<char*> arguments;
    for (const auto& one : command)
        arguments.push_back(const_cast<char*>(one.c_str()));
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(output[1], STDOUT_FILENO);
        ::execvp(arguments.front(), arguments.data());
        ::_exit(127);
    }
    ::close(output[1]);
    output_ = output[0];
}

Child::~Child() { stop(); }

std::string Child::line_after(const std::string& start) {
    for (;;) {
        for (std::size_t end; (end = said_.find('\n')) != std::string::npos;) {
            const std::string line = said_.substr(0, end);
            said_.erase(0, end + 1);
            if (line.starts_with(start)) return line.substr(start.size());
        }
        std::array<char, 4096> some;
        const auto got = ::read(output_, some.data(), some.size());
        if (got <= 0) throw std::runtime_error(command_ + " ended before it said \"" + start + "\"");
        said_.append(some.data(), static_cast<std::size_t>(got));
    }
}

std::string Child::finish() {
    std::array<char, 4096> some;
    for (ssize_t got; (got = ::read(output_, some.data(), some.size())) > 0;)
        said_.append(some.data(), static_cast<std::size_t>(got));
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error(command_ + " failed: " + said_);
    return said_;
}

void Child::stop() {
    if (pid_ > 0) {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
    if (output_ >= 0) ::close(output_);
    output_ = -1;
}

std::chrono::nanoseconds Child::processor_time() const {
    clockid_t clock = 0;
    timespec time{};
    if (::clock_getcpuclockid(pid_, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        throw std::runtime_error(command_ + " is gone");
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::size_t Child::memory() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string word; status >> word;)
        if (std::size_t kib = 0; word == "VmRSS:" && status >> kib) return kib;
    throw std::runtime_error(command_ + " is gone");
}

std::string run_program(const std::vector<std::string>& command) { return Child(command).finish(); }

} // namespace splot::bench
