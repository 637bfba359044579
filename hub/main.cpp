// splotd: reads its settings, brings the database up to date, serves until it is told to stop.
#include "hub/demonstration/load.h"
#include "hub/hub.h"
#include "hub/identity/setup.h"
#include "hub/log.h"
#include "hub/prepare.h"
#include "hub/rpc/web_client.h"

#include <boost/asio/co_spawn.hpp>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>

namespace {

using namespace splot;

/// Migrates, and settles for ever whether this database is a demonstration.
void prepare(const Settings& settings, const Clock& clock) {
    boost::asio::io_context io{1};
    std::exception_ptr failed;
    boost::asio::co_spawn(io, prepare_database(io, settings, clock), [&](std::exception_ptr error) { failed = error; });
    io.run();
    if (failed) std::rethrow_exception(failed);
}

void tell_address(Hub& hub) {
    if (hub.is_demonstration())
        std::cout << "ready http://localhost:" << hub.plain_port() << std::endl;
    else
        std::cout << "ready https://localhost:" << hub.port() << std::endl;
}

/// The first start of a real hub: the code with which `splot setup` makes its administrator.
void tell_setup_code(Hub& hub) {
    if (hub.is_demonstration()) return;
    std::optional<std::string> code;
    hub.run_on(0, [&code](Desk& desk) -> Async<void> { code = co_await identity::make_setup_code(desk); });
    if (code) std::cout << "setup-code " << *code << std::endl;
}

int serve(const Settings& settings) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr); // inherited by every thread: they come to sigwait below
    std::signal(SIGPIPE, SIG_IGN);

    const SystemClock clock;
    prepare(settings, clock);
    Hub hub(settings, clock);
    hub.start_inside();
    if (hub.is_demonstration()) demonstration::load_if_empty(hub, clock.now());
    tell_setup_code(hub);
    hub.start();
    tell_address(hub);
    for (;;) {
        int signal = 0;
        sigwait(&signals, &signal);
        if (signal != SIGHUP) break;
        hub.reload_certificates();
    }
    hub.stop();
    return EXIT_SUCCESS;
}

} // namespace

int main(int count, char** arguments) {
    try {
        if (count != 3 || std::string(arguments[1]) != "--config") {
            std::cerr << "usage: splotd --config FILE\n";
            return 2;
        }
        auto settings = Settings::read(arguments[2]);
        if (settings.hub.web_root.empty())
            settings.hub.web_root = WebClient::beside(std::filesystem::canonical("/proc/self/exe").parent_path());
        log::open(settings.log.level, settings.log.file);
        return serve(settings);
    } catch (const std::exception& error) {
        std::cerr << "splotd: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
