#pragma once
#include "hub/server/connection.h"
#include "hub/server/outbox.h"

#include <boost/asio/cancellation_signal.hpp>

#include <memory>
#include <string>

namespace splot {

/// The WebSocket on a connection: a reader coroutine and a writer that drains the outbox into one text frame at a time.
class WebSocket final : public Wire, public std::enable_shared_from_this<WebSocket> {
public:
    explicit WebSocket(Connection& connection);
    ~WebSocket() override;

    /// Accepts the admitted upgrade and lives until the socket is closed and nothing of it is under way any more.
    Async<void> run(std::unique_ptr<HttpRequest> upgrade);

    void send(Frame frame, FrameKind kind) override;
    void close(std::uint16_t code, std::string_view reason) override;
    std::string_view peer() const override { return peer_; }

    /// Sends what is queued, when nothing is on its way already; then tells the user what it has to know.
    void flush();
    void sweep(SteadyTime now);
    void leave();
    /// The connection is gone: what is left is a husk that somebody may still hold.
    void detach();

private:
    struct Beast;
    Async<bool> accept(const HttpRequest& upgrade);
    Async<void> read_frames();
    Async<void> wait_for_room();
    void take_frame(std::string text);
    void write_next();
    void start_close();
    void start_ping();
    /// Every operation under way ends here: `end` looks after the rest when all have.
    void operation_ended(bool failed);
    void overflowed();
    /// Cuts the line and wakes what waits in Beast for something that will not come: a close of ours and a read that
    /// met a forbidden frame hold one lock each and wait for the other's.
    void give_up();
    bool is_open() const { return open_ && !broken_; }
    void flush_soon();

    Connection* connection_; ///< null once detached
    const std::string peer_;
    std::unique_ptr<Beast> beast_;
    std::shared_ptr<WireUser> user_;
    Outbox outbox_;
    Outbox::Batch in_flight_;
    std::string close_reason_;
    boost::asio::cancellation_signal stop_reading_, stop_closing_;
    Signal changed_; ///< an answer has left, or an operation has ended
    SteadyTime write_by_ = SteadyTime::max();
    SteadyTime close_by_ = SteadyTime::max();
    SteadyTime heard_at_;
    SteadyTime last_overflow_ = SteadyTime::min();
    std::uint64_t heard_ = 0; ///< stream.received() at `heard_at_`
    std::uint16_t close_code_ = 0;
    std::uint8_t operations_ = 0; ///< write, ping and close under way
    bool open_ = false;
    bool broken_ = false;
    bool writing_ = false;
    bool pinging_ = false;
    bool pinged_ = false; ///< since the peer was last heard
    bool paused_ = false;
    bool flushing_soon_ = false;
    bool overflow_untold_ = false;
    bool close_sent_ = false;
};

} // namespace splot
