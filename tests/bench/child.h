#pragma once
#include <chrono>
#include <string>
#include <sys/types.h>
#include <vector>

namespace splot::bench {

/// A program that the bench starts: the hub, a floor, pgbench, psql. It dies with the bench.
class Child {
public:
    explicit Child(const std::vector<std::string>& command);
    ~Child();
    Child(const Child&) = delete;

    /// The next line of its standard output that begins with `start`, without it. Throws when the program ends first.
    std::string line_after(const std::string& start);
    /// All of its output, once it has ended well. Throws when it ends badly.
    std::string finish();
    /// Asks it to stop and waits.
    void stop();

    /// Processor time that it has used so far.
    std::chrono::nanoseconds processor_time() const;
    /// Resident memory in KiB.
    std::size_t memory() const;

private:
    std::string command_;
    pid_t pid_ = -1;
    int output_ = -1;
    std::string said_;
};

/// Runs a program to its end and gives what it wrote. Throws when it fails.
std::string run_program(const std::vector<std::string>& command);

} // namespace splot::bench
