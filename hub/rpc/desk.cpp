#include "hub/rpc/desk.h"

namespace splot {
namespace {

storage::ConnectOptions options(const Settings& settings, std::string role) {
    storage::ConnectOptions options;
    options.conninfo = settings.postgres.conninfo;
    options.role = std::move(role);
    options.size = settings.postgres.pool;
    options.settings.emplace_back("jit", "off");
    // Every statement looks a few rows up by an index. Left to itself the server plans those with arrays anew at each
    // call, which costs more than running them; and a plan that is kept must not read a table that was small once.
    options.settings.emplace_back("plan_cache_mode", "force_generic_plan");
    for (const char* kind : {"enable_seqscan", "enable_hashjoin", "enable_mergejoin"})
        options.settings.emplace_back(kind, "off");
    return options;
}

} // namespace

Desk::Desk(Shared& all, Shard& own) :
    shared(all), shard(own), app(own.io(), options(all.settings, "splot_app")),
    log(own.io(), options(all.settings, "splot_log")), door(own.io(), options(all.settings, "splot_door")), kernel(log),
    keys(own.io(), all.settings.keys.socket), key_cache(keys, [] { return std::chrono::steady_clock::now(); }),
    bodies(keys, key_cache), replayer(log, all.cursor_key), feed(all.feed, own, log, replayer) {}

} // namespace splot
