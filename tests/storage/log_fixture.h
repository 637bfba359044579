#pragma once
#include "tests/storage/small_house.h"

#include "storage/channels/queries.h"
#include "storage/log/writer.h"

#include <list>

namespace splot::storage {

/// A writer over the small house, and messages for it.
class LogTest : public SmallHouse {
protected:
    using Outcome = log::AppendOutcome;
    struct Call {
        log::Appended appended;
        bool is_done = false;
    };

    ConnectOptions log_options() const {
        auto as_log = options();
        as_log.role = "splot_log";
        as_log.application_name = "writer";
        return as_log;
    }
    /// A message of Nina's in the channel of all; its request is the number of the call unless told otherwise.
    std::unique_ptr<channels::NewMessage> post(std::string text = "dzień dobry", int request = 0);
    /// Hands the item over; the writer goes on by itself, the answer comes while `io` runs.
    Call& start(log::Writer& writer, std::unique_ptr<log::AppendItem> item);
    log::Appended append(log::Writer& writer, std::unique_ptr<log::AppendItem> item);
    void finish(const Call& call) {
        run_until(io, [&] { return call.is_done; });
    }
    void finish_all() {
        for (const auto& call : calls_)
            finish(call);
    }
    bool is_settled(const Call& call) {
        io.restart();
        io.poll();
        return call.is_done;
    }
    /// Returns when a session of that name waits for a lock, or for `most` looks (each takes a round trip).
    void wait_until_blocked(const std::string& application);

    std::int64_t head(int id) {
        return value<std::int64_t>("SELECT head FROM stream WHERE id = $1", house::id<Uuid>(id));
    }
    /// Numbers 1…head, each once, and times that do not run back.
    bool is_dense(int id);

    std::list<Call> calls_;
    int made_ = 0;
};

} // namespace splot::storage
