#pragma once
#include "clients/cli/backoff.h"
#include "clients/cli/client.h"

#include <deque>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace splot::client {

/// A stream answered with its state in place of the missing events (older than its horizon, or rights widened), or
/// may not be read any more (`code`).
struct Reopened {
    Resumed stream;
};

/// The line is gone; the next attempt comes after `pause`.
struct Disconnected {
    std::string reason;
    std::chrono::milliseconds pause;
};

/// Connected again; everything missed was told before this.
struct Reconnected {};

using Followed =
    std::variant<Event, streams::Whisper, streams::Wipe, streams::Widened, Reopened, Disconnected, Reconnected>;

/// Follows streams across lost connections, restarts of the hub and overflows: every event of a stream once, in its
/// order, resumed from the cursor of the last one. Takes over the client's notices.
class Follower {
public:
    explicit Follower(Client& client) : client_(client) {}

    /// The stream is open at the hub and everything up to `cursor` is known.
    void follow(StreamId stream, std::string cursor) { cursors_[stream] = std::move(cursor); }
    void forget(StreamId stream) { cursors_.erase(stream); }
    const std::map<StreamId, std::string>& cursors() const { return cursors_; }

    /// What comes next. Connects by itself, as often and as long as it takes. Problem: unauthenticated (the session
    /// ended; sign in again), after which nothing comes.
    Async<Reply<Followed>> next();

private:
    void take(Notice notice);
    void lose(const std::string& reason);
    void take_opened(Resumed resumed);
    Async<Reply<Nothing>> reconnect();
    Async<Reply<Nothing>> resume_pending();
    Async<Reply<streams::ResumeAnswer>> resume_some(std::size_t count);

    Client& client_;
    std::map<StreamId, std::string> cursors_;
    std::deque<Followed> ready_;
    std::vector<StreamPosition> to_resume_;
    Backoff backoff_;
    std::optional<std::chrono::milliseconds> pause_; ///< disconnected: wait so long before connecting
    std::optional<std::chrono::milliseconds> asked_; ///< by the hub that drains
    bool ended_ = false;
};

} // namespace splot::client
