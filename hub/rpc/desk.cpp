#include "hub/rpc/desk.h"

#include "storage/postgres/kept_plans.h"

namespace splot {
namespace {

storage::ConnectOptions options(const Settings& settings, std::string role) {
    storage::ConnectOptions options;
    options.conninfo = settings.postgres.conninfo;
    options.role = std::move(role);
    options.size = settings.postgres.pool;
    storage::keep_plans(options);
    return options;
}

} // namespace

Desk::Desk(Shared& all, Shard& own) :
    shared(all), shard(own), app(own.io(), options(all.settings, "splot_app")),
    log(own.io(), options(all.settings, "splot_log")), door(own.io(), options(all.settings, "splot_door")), kernel(log),
    keys(own.io(), all.settings.keys.socket), key_cache(keys, [] { return std::chrono::steady_clock::now(); }),
    bodies(keys, key_cache), replayer(log, all.cursor_key), feed(all.feed, own, log, replayer) {}

} // namespace splot
