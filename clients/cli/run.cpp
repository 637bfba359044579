#include "clients/cli/run.h"

#include "clients/cli/commands.h"
#include "clients/cli/completion.h"
#include "clients/cli/hub_address.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>

namespace splot::cli {
namespace {

using client::Async;

/// --hub, else SPLOT_HUB, else the one of the last sign-in, else this machine's.
std::string hub_of(const Arguments& arguments, const SavedState& state) {
    if (!arguments.hub.empty()) return arguments.hub;
    if (const char* const set = std::getenv("SPLOT_HUB"); set && *set) return set;
    return state.hub.empty() ? std::string(default_hub) : state.hub;
}

Outcome<std::unique_ptr<Desk>> make_desk(Arguments arguments, std::chrono::milliseconds patience) {
    const auto file = state_path();
    TRY(auto state, load_state(file));
    TRY(auto endpoint, read_hub_address(hub_of(arguments, state), arguments.ca_file));
    const auto known = state.hubs.find(hub_key(endpoint));
    client::ClientSettings settings{endpoint};
    settings.patience = patience;
    if (known != state.hubs.end()) {
        settings.cookie = known->second.cookie;
        settings.device_cookie = known->second.device_cookie.value_or("");
    }
    return std::make_unique<Desk>(std::move(arguments), std::move(settings), file, std::move(state));
}

Async<void> perform(Desk& desk, const Command& command, Outcome<>& outcome) {
    outcome = Outcome<>{};
    if (command.signed_in) outcome = co_await desk.open();
    if (outcome) outcome = co_await command.run(desk);
    co_await desk.client.close();
}

Async<void> open_desk(Desk& desk, Outcome<>& outcome) { outcome = co_await desk.open(); }

/// Runs until the coroutine has ended, not until its connection has: the connection goes before the context.
void run_to_end(boost::asio::io_context& io, Async<void> work) {
    bool done = false;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr error) {
        done = true;
        if (error) std::rethrow_exception(error);
    });
    while (!done && io.run_one() != 0) {
    }
}

int complain(const Failure& failure, bool json) {
    if (json)
        std::cerr << to_json(failure) << '\n';
    else
        std::cerr << failure.message << (failure.advice.empty() ? "" : "\n" + failure.advice) << '\n';
    return static_cast<int>(failure.exit);
}

/// Silent about everything: a shell asks between two keys.
int complete(const std::vector<std::string>& words) {
    auto completion = complete_arguments(words);
    if (completion.names != Completes::nothing && completion.names != Completes::file) {
        Arguments quiet;
        quiet.json = true;
        boost::asio::io_context io(1); // outlives the desk, whose connection lives on it
        auto desk = make_desk(std::move(quiet), std::chrono::seconds(2));
        Outcome<> opened;
        if (desk) run_to_end(io, open_desk(**desk, opened));
        if (desk && opened)
            for (auto& name : names_for(completion.names, (*desk)->roster()))
                completion.words.push_back(std::move(name));
    }
    for (const auto& word : beginning_with(words.empty() ? "" : words.back(), std::move(completion.words)))
        std::cout << word << '\n';
    return 0;
}

} // namespace

int run(const std::vector<std::string>& words) {
    if (!words.empty() && words.front() == "__complete") return complete({words.begin() + 1, words.end()});
    auto read = read_arguments(words);
    if (const auto* const printed = std::get_if<Printed>(&read)) {
        (printed->exit == 0 ? std::cout : std::cerr) << printed->text;
        return printed->exit;
    }
    auto& arguments = std::get<Arguments>(read);
    if (arguments.command == "completion") {
        std::cout << completion_script(arguments.shell);
        return 0;
    }
    const auto* const command = find_command(arguments.command);
    const bool json = arguments.json;
    boost::asio::io_context io(1); // outlives the desk, whose connection lives on it
    auto desk = make_desk(std::move(arguments), std::chrono::seconds(20));
    if (!desk) return complain(desk.error(), json);
    Outcome<> outcome;
    run_to_end(io, perform(**desk, *command, outcome));
    return outcome ? 0 : complain(outcome.error(), json);
}

} // namespace splot::cli
