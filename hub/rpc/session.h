#pragma once
#include "hub/access/kernel.h"
#include "hub/feed/subscription.h"
#include "hub/rpc/desk.h"
#include "hub/server/wire.h"
#include "protocol/rpc/method.h"
#include "storage/async/one_shot.h"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <vector>

namespace splot {

inline constexpr std::string_view session_authenticate = "session.authenticate";

/// One connection: its calls, its rate, its subscriptions, and what it was decided under. Used on its shard only.
class Session final : public WireUser, public std::enable_shared_from_this<Session> {
public:
    Session(Desk& desk, Dispatcher& dispatcher, std::shared_ptr<Wire> wire);
    ~Session() override;
    /// Starts the time within which the client must authenticate.
    void begin();

    void on_frame(std::string text) override;
    void on_overflow() override;
    void on_shutdown() override;
    void on_closed() override;

    void send(std::string frame);
    void notify(std::string_view notice, std::string_view params_json);
    void close(std::uint16_t code, std::string_view reason);
    /// The device or the account is no longer: tells so and closes.
    void end();
    /// The device is locked: tells so and closes; the PIN opens it again (E-01).
    void lock();

    Desk& desk() { return desk_; }
    bool is_authenticated() const { return !person_.is_nil(); }
    bool is_open() const { return wire_ != nullptr; }
    PersonId person() const { return person_; }
    DeviceId device() const { return device_; }
    access::Actor actor(std::optional<MandateId> as = {}) const { return {person_, device_, as}; }
    /// Nothing, or how long to wait: the method's calls of this minute are used up.
    std::optional<std::int32_t> spend(const Method& method);
    void authenticate(PersonId person, DeviceId device);

    /// Somebody did something by hand. What a client does by itself (coming back, keeping up) does not count.
    void note_use(const Method& method);
    Instant used_at() const { return used_at_; }
    /// The newest use, where the last one that was written down is a minute old; then it counts as written.
    std::optional<Instant> unwritten_use(Instant now);
    /// Nobody used it here for so long; asked about once a minute, because another hub may know better.
    bool seems_idle(std::chrono::minutes idle, Instant now);

    /// A stream to be opened. The subscription is parked and the home follows it; `adopt` makes it live.
    struct Opening {
        StreamId id;
        std::int64_t stream;
        Uuid scope;
        std::int32_t lane; ///< 0: all lanes of the scope
    };
    class Held;
    using HeldPtr = std::unique_ptr<Held>;
    Async<std::vector<HeldPtr>> listen(std::vector<Opening> openings);
    /// The decided rights, for each; events above its head follow.
    void adopt(HeldPtr held, std::int64_t head);
    void drop_stream(StreamId id);
    std::vector<StreamId> open_streams() const;

    /// Rights are decided anew: facts moved, or the time came. One `facts` for the session's person.
    void redecide(access::FactsPtr facts, const std::vector<access::ScopePtr>& scopes, Instant now);
    const access::FactsPtr& facts() const { return facts_; }
    /// Something was decided from these facts. If they proved old meanwhile, all is decided anew: what moved was told
    /// to this shard before the session could be found by it.
    void decided_by(access::FactsPtr facts, Instant now);
    /// Returns when no stream waits for a label to be judged.
    Async<void> judged();
    std::optional<Instant> holds_until() const { return holds_until_; }
    /// Its rights are to be decided anew: until that has been done they are due at every look.
    void doubt() { holds_until_ = Instant::min(); }
    std::vector<Uuid> scopes() const;

private:
    friend class Held;
    Async<void> run(std::string frame);
    void run_next();
    Held* find(std::int64_t stream) const;
    void set_facts(access::FactsPtr facts, Instant now);
    Async<void> judge_again(std::int64_t stream);
    void end_judging();
    /// True when the subscription may stay as it is.
    bool keeps(Held& held, const access::ScopeBook& scope, Instant now, bool& widened);

    Desk& desk_;
    Dispatcher& dispatcher_;
    std::shared_ptr<Wire> wire_;
    std::unique_ptr<boost::asio::steady_timer> authenticate_by_; ///< none once that is done
    PersonId person_;
    DeviceId device_;
    access::FactsPtr facts_;
    std::optional<Instant> holds_until_;
    Instant used_at_{}, written_use_{}, asked_idle_{};
    std::vector<HeldPtr> held_; ///< of different streams
    struct Bucket {
        std::string_view method;
        double left;
        Instant at;
    };
    std::vector<Bucket> buckets_;
    std::vector<std::string> frames_; ///< beyond those that run
    std::size_t running_ = 0;
    std::size_t judging_ = 0;
    std::vector<std::shared_ptr<OneShot<bool>>> wait_for_judges_;
};

/// A session's hold on one stream.
class Session::Held final : public feed::Subscription {
public:
    explicit Held(Session& session) : session_(&session) {}
    ~Held() override;
    void send(const feed::Published& event) override;
    void fell_behind() override;
    void judge(std::int32_t label) override;

    std::int64_t sent = 0; ///< the newest number handed to the wire

private:
    Session* session_;
};

} // namespace splot
