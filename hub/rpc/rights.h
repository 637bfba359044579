#pragma once
#include "hub/rpc/session.h"

/// Rights of live connections: what a subscription reads, and that it is decided anew when a fact moves or a time
/// comes.
namespace splot::rights {

/// What the actor reads of the subscription's lane (or, for lane 0, of the scope).
feed::ReadSet decide(const access::Actor& actor, const feed::Subscription& subscription, const access::ScopeBook& scope,
                     const access::Facts& facts, Instant now);

/// Facts moved: copies are dropped, and every session that was decided under them is decided anew, in one look.
Async<void> moved(Desk& desk, std::vector<access::Epoch> epochs);
/// One session whose facts proved old after something was decided from them.
void decide_anew(Desk& desk, std::shared_ptr<Session> session);
/// Sessions whose mandate, membership or device reached its end or beginning.
Async<void> due(Desk& desk);

/// A person's socket came or went: presence, for the colleagues and for the other hubs.
void came(Desk& desk, Session& session);
void left(Desk& desk, Session& session);

} // namespace splot::rights
