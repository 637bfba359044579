#include "hub/identity/tickets.h"

#include "hub/make_id.h"
#include "storage/vault/digest.h"

namespace splot {

std::string Tickets::issue(Holder holder, Instant now) {
    auto ticket = vault::to_base64url(random_bytes<32>());
    const std::lock_guard lock(mutex_);
    forget_old(now);
    issued_[ticket] = {holder, now + valid_for};
    return ticket;
}

std::optional<Tickets::Holder> Tickets::redeem(const std::string& ticket, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto found = issued_.find(ticket);
    if (found == issued_.end()) return std::nullopt;
    const auto issued = found->second;
    issued_.erase(found);
    if (issued.until < now) return std::nullopt;
    return issued.holder;
}

void Tickets::forget_old(Instant now) {
    if (now < swept_at_ + valid_for) return;
    swept_at_ = now;
    std::erase_if(issued_, [&](const auto& entry) { return entry.second.until < now; });
}

} // namespace splot
