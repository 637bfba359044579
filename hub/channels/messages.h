#pragma once
#include "hub/rpc/call.h"
#include "hub/rpc/desk.h"
#include "protocol/channels/types.h"
#include "storage/channels/queries.h"

namespace splot::channels {

/// Stored messages as their readers get them: bodies unsealed, cursors made, the audience from the label.
/// A body whose key was destroyed comes out empty and `unreadable`.
Async<std::vector<Message>> unseal(Desk& desk, std::int64_t stream, const access::ScopeBook& scope,
                                   std::vector<storage::channels::StoredMessage> stored);
Async<Message> unseal_one(Desk& desk, std::int64_t stream, const access::ScopeBook& scope,
                          storage::channels::StoredMessage stored);

/// The body of one wording, sealed where the channel is.
Async<storage::channels::Body> seal(Desk& desk, const access::ObjectFact& channel, MessageId message,
                                    std::int32_t revision, const Personal<std::string>& text);

/// The message's audience as its label says it.
Audience audience_of(const access::Label& label);

/// What a reader sees of one channel: what list_messages walks.
storage::channels::Window window(const Grant& grant, const access::ObjectFact& channel);
/// The day of joining where it cuts something off: after the channel was made (T-45).
std::optional<Instant> joined_later(Instant since, const access::ObjectFact& channel);

/// The audit row of a look into (or an act upon) a sealed channel: made from the decision.
storage::log::AuditRow look(const Call& call, std::string act, Uuid object);

} // namespace splot::channels
