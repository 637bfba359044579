#include "hub/identity/idle.h"

#include "hub/hub.h"
#include "hub/rpc/session.h"
#include "storage/identity/factors.h"
#include "storage/identity/queries.h"

namespace splot::identity {

Async<void> lock_idle(Desk& desk) {
    const auto now = desk.now();
    const auto idle_minutes = desk.shared.hub.keeper().idle_minutes;
    std::vector<storage::identity::Use> fresh;
    std::vector<DeviceId> idle;
    for (auto* session : desk.sessions) {
        if (!session->is_authenticated() || !session->is_open()) continue;
        if (const auto at = session->unwritten_use(now)) fresh.push_back({session->device(), *at});
        if (idle_minutes && session->seems_idle(std::chrono::minutes(*idle_minutes), now))
            idle.push_back(session->device());
    }
    if (!fresh.empty()) co_await storage::identity::note_use(desk.log, GrantMaker::pass(), std::move(fresh));
    if (idle.empty()) co_return;
    const auto locked = co_await storage::identity::lock_idle(desk.log, GrantMaker::pass(), std::move(idle), now);
    if (locked > 0) desk.shared.hub.facts_moved();
}

Async<void> sweep(Desk& desk) {
    const auto now = desk.now();
    co_await storage::identity::door_sweep(desk.door, now, now - std::chrono::days(30));
}

} // namespace splot::identity
