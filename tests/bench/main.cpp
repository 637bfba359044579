// splot_bench: measures what tests/bench/run asks for. It is started there, on a cluster and a key holder of its own.
#include "tests/bench/figure.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <sys/resource.h>

namespace {

using namespace splot::bench;

struct Entry {
    const char* name;
    bool (*run)(const Ground&, Format);
};
constexpr Entry figures[] = {
    {"appends", appends},
    {"talk", talk},
    {"one_channel", one_channel},
    {"deliveries", deliveries},
    {"lone_deliveries", lone_deliveries},
    {"idle_memory", idle_memory},
    {"comeback", comeback},
    {"last_page", last_page},
    {"session_start", session_start},
    {"sign_ins", sign_ins},
};

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    if (!value) throw std::runtime_error(std::string(name) + " is not set: start the bench by tests/bench/run");
    return value;
}

void open_many_files() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int count, char** arguments) {
    try {
        std::signal(SIGPIPE, SIG_IGN);
        open_many_files();
        Ground ground;
        auto format = Format::table;
        std::vector<std::string> chosen;
        for (const std::string& argument : std::vector<std::string>(arguments + 1, arguments + count)) {
            if (argument == "--json")
                format = Format::json;
            else if (argument == "--quick")
                ground.quick = true;
            else
                chosen.push_back(argument);
        }
        ground.programs = from_environment("SPLOT_BENCH_PROGRAMS");
        ground.scratch = from_environment("SPLOT_BENCH_SCRATCH");
        ground.pg_bin = from_environment("SPLOT_BENCH_PG_BIN");
        ground.pg_sockets = from_environment("SPLOT_BENCH_PG_SOCKETS");
        ground.keys_socket = from_environment("SPLOT_BENCH_KEYS_SOCKET");
        ground.make_worlds();
        print_heading(format);
        bool all_hold = true;
        for (const auto& [name, run] : figures)
            if (chosen.empty() || std::ranges::find(chosen, name) != chosen.end())
                all_hold = run(ground, format) && all_hold;
        return all_hold ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const std::exception& error) {
        std::cerr << "bench: " << error.what() << '\n';
        return 2;
    }
}
