#pragma once
#include "protocol/rpc/method.h"
#include "protocol/streams/types.h"

#include <string_view>

namespace splot::streams {

/// Problems: not_found.
struct Open {
    static constexpr Method method{"streams.open", Effect::looks, PerMinute{600}, "whoever may read the stream now"};
    using Answer = Opened;
    StreamId stream;
    std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(Open, (), (stream, cursor))

struct ResumeAnswer {
    std::vector<Resumed> streams;
};
BOOST_DESCRIBE_STRUCT(ResumeAnswer, (), (streams))

/// All streams of a client in one call, after a reconnect; at most 200.
struct Resume {
    static constexpr Method method{"streams.resume", Effect::looks, PerMinute{60}, "whoever may read each stream now"};
    using Answer = ResumeAnswer;
    std::vector<StreamPosition> streams;
};
BOOST_DESCRIBE_STRUCT(Resume, (), (streams))

struct Close {
    static constexpr Method method{"streams.close", Effect::live, PerMinute{600}, "anybody signed in"};
    using Answer = Nothing;
    StreamId stream;
};
BOOST_DESCRIBE_STRUCT(Close, (), (stream))

/// Answered when everything queued for this connection before it has been handed over: a fence.
struct Sync {
    static constexpr Method method{"streams.sync", Effect::live, PerMinute{600}, "anybody signed in"};
    using Answer = Nothing;
};
BOOST_DESCRIBE_STRUCT(Sync, (), ())

// Notifications of the hub, all on a socket of one who is signed in.

/// "streams.event": one event; see splot::Event.
inline constexpr std::string_view event_notice = "streams.event";

/// Something unstored that happens now: typing, presence.
struct Whisper {
    static constexpr std::string_view notice = "streams.whisper";
    StreamId stream;
    std::string kind; ///< "typing", "present", "away", "read"
    PersonId person;
    std::optional<TopicId> topic;
    std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(Whisper, (), (stream, kind, person, topic, cursor))

/// The right to this stream ended or narrowed: forget what you have of it, at once. With `reopen` the rest may
/// be opened again.
struct Wipe {
    static constexpr std::string_view notice = "streams.wipe";
    StreamId stream;
    bool reopen;
};
BOOST_DESCRIBE_STRUCT(Wipe, (), (stream, reopen))

/// You may read more than before: open these again, and ask `session.start` what is new.
struct Widened {
    static constexpr std::string_view notice = "streams.widened";
    std::vector<StreamId> streams;
};
BOOST_DESCRIBE_STRUCT(Widened, (), (streams))

/// You did not keep up: what was queued is gone; resume these from your cursors.
struct Resync {
    static constexpr std::string_view notice = "streams.resync";
    std::vector<StreamId> streams;
};
BOOST_DESCRIBE_STRUCT(Resync, (), (streams))

/// The hub restarts: finish, and come back after about this long (already jittered).
struct Drain {
    static constexpr std::string_view notice = "session.drain";
    std::int32_t retry_after_ms;
};
BOOST_DESCRIBE_STRUCT(Drain, (), (retry_after_ms))

/// This device's session ended: signed out, taken back, or the account closed. Or it is locked: the PIN opens it again
/// (POST /session/unlock), and what was typed stays where it is (E-01).
struct Ended {
    static constexpr std::string_view notice = "session.ended";
    bool locked = false;
};
BOOST_DESCRIBE_STRUCT(Ended, (), (locked))

} // namespace splot::streams
