#include "storage/postgres/kept_plans.h"

namespace splot::storage {

void keep_plans(ConnectOptions& options) {
    options.settings.emplace_back("plan_cache_mode", "force_generic_plan");
    options.settings.emplace_back("jit", "off");
    for (const char* kind : {"enable_seqscan", "enable_hashjoin", "enable_mergejoin"})
        options.settings.emplace_back(kind, "off");
    options.settings.emplace_back("random_page_cost", "1.1");
}

} // namespace splot::storage
