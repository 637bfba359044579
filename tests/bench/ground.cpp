#include "tests/bench/ground.h"

#include <fstream>
#include <stdexcept>

namespace splot::bench {

std::string Ground::conninfo(const std::string& database) const {
    return "host=" + pg_sockets + " user=splot dbname=" + database;
}

std::string Ground::psql(const std::string& database, const std::string& sql) const {
    return run_program({pg_bin + "/psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", conninfo(database), "-c", sql});
}

void Ground::psql_file(const std::string& database, const std::string& name) const {
    run_program({pg_bin + "/psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", conninfo(database), "-f",
                 std::string(SPLOT_BENCH_DIR "/") + name});
}

void Ground::make_database(const std::string& database) const { psql("postgres", "CREATE DATABASE " + database); }

std::unique_ptr<Child> Ground::start_hub(const std::string& more_limits) const {
    const auto settings = file("settings.toml");
    std::ofstream(settings) << "[listen]\nport = " << port << "\n[postgres]\nconninfo = \"" << conninfo("splot")
                            << "\"\n[keys]\nsocket = \"" << keys_socket << "\"\n[hub]\nstate = \"" << scratch
                            << "\"\n[limits]\nrate_factor = 1000000.0\n"
                            << more_limits << "[log]\nlevel = \"warn\"\nfile = \"" << file("hub.log") << "\"\n";
    auto hub = std::make_unique<Child>(std::vector<std::string>{programs + "/hub/splotd", "--config", settings});
    hub->line_after("ready ");
    return hub;
}

std::unique_ptr<Child> Ground::start_floor(std::vector<std::string> options) const {
    std::vector<std::string> command{programs + "/tests/bench/splot_floor", std::to_string(floor_port()), scratch};
    command.insert(command.end(), options.begin(), options.end());
    auto floor = std::make_unique<Child>(command);
    floor->line_after("ready");
    return floor;
}

double Ground::pgbench_appends(int clients, int streams) const {
    const auto said =
        run_program({pg_bin + "/pgbench", "-n", "-M", "prepared", "-c", std::to_string(clients), "-j", "2", "-T",
                     std::to_string(sample().count()), "-D", "streams=" + std::to_string(streams), "-f",
                     SPLOT_BENCH_DIR "/floors/append.sql", conninfo("floor")});
    const auto at = said.find("tps = ");
    if (at == std::string::npos) throw std::runtime_error("pgbench did not say its rate: " + said);
    return std::stod(said.substr(at + 6));
}

void Ground::make_worlds() const {
    make_database("floor");
    psql_file("floor", "floors/schema.sql");
    make_database("splot");
    start_hub(); // migrates
    psql_file("splot", "world.sql");
}

} // namespace splot::bench
