#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace splot::faults {

/// A program of ours as a process of its own. It dies with the test.
class Program {
public:
    /// Its standard error is added to `errors`.
    Program(std::vector<std::string> words, std::filesystem::path errors);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// The first line of its output with this beginning. Throws when the program ends before, or after the ceiling.
    std::string await_line(const std::string& beginning);
    void signal(int number) const;
    /// Its exit code, or 128 and the number of the signal that ended it; throws when it still runs after the ceiling.
    int wait(std::chrono::milliseconds ceiling = std::chrono::seconds(30));
    /// SIGKILL, and gone.
    void kill();

private:
    [[noreturn]] void fail(const std::string& why) const;

    std::string name_;
    std::filesystem::path errors_;
    pid_t pid_ = -1;
    int output_ = -1;
};

} // namespace splot::faults
