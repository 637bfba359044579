#include "hub/rpc/session.h"

#include "hub/log.h"
#include "hub/make_id.h"
#include "hub/rpc/dispatcher.h"
#include "hub/rpc/rights.h"
#include "protocol/streams/methods.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <cmath>

namespace splot {
namespace {

constexpr std::size_t most_running = 16;  ///< calls of one connection at once
constexpr std::size_t most_waiting = 256; ///< frames beyond those; more is an attack

constexpr std::uint16_t close_policy = 1008, close_unauthenticated = 4401, close_locked = 4423;

} // namespace

Session::Session(Desk& desk, Dispatcher& dispatcher, std::shared_ptr<Wire> wire) :
    desk_(desk), dispatcher_(dispatcher), wire_(std::move(wire)) {
    desk_.sessions.insert(this);
}

Session::~Session() {
    held_.clear();
    desk_.sessions.erase(this);
}

void Session::begin() {
    authenticate_by_ =
        std::make_unique<boost::asio::steady_timer>(desk_.shard.io(), desk_.shared.settings.limits.authenticate_within);
    authenticate_by_->async_wait([self = weak_from_this()](auto error) {
        const auto session = self.lock();
        if (!error && session && !session->is_authenticated())
            session->close(close_unauthenticated, "authenticate first");
    });
}

void Session::on_frame(std::string text) {
    if (!wire_) return;
    if (frames_.size() >= most_waiting) return close(close_policy, "too many calls at once");
    frames_.push_back(std::move(text));
    run_next();
}

/// Calls begin in the order in which they came.
void Session::run_next() {
    while (running_ < most_running && !frames_.empty() && wire_) {
        auto frame = std::move(frames_.front());
        frames_.erase(frames_.begin());
        ++running_;
        boost::asio::co_spawn(desk_.shard.io(), run(std::move(frame)), boost::asio::detached);
    }
}

Async<void> Session::run(std::string frame) {
    const auto self = shared_from_this();
    try {
        co_await dispatcher_.handle(self, std::move(frame));
    } catch (const std::exception& error) {
        log::error("a connection failed", {{"why", error.what()}});
        close(1011, "internal");
    }
    --running_;
    run_next();
}

void Session::on_overflow() {
    std::string params = json::to_json(streams::Resync{open_streams()});
    held_.clear();
    notify(streams::Resync::notice, params);
}

/// Clients come back at different moments of the next seconds, not all at once.
void Session::on_shutdown() {
    const auto jitter = static_cast<std::uint16_t>(std::to_integer<unsigned>(random_bytes<1>()[0])) * 16;
    notify(streams::Drain::notice, json::to_json(streams::Drain{500 + jitter}));
}

void Session::on_closed() {
    wire_.reset();
    authenticate_by_.reset();
    frames_.clear();
    held_.clear();
    if (is_authenticated()) rights::left(desk_, *this);
    desk_.sessions.erase(this);
}

void Session::send(std::string frame) {
    if (wire_) wire_->send(std::make_shared<const std::string>(std::move(frame)), FrameKind::answer);
}

void Session::notify(std::string_view notice, std::string_view params_json) {
    send(rpc::notification(notice, params_json));
}

void Session::close(std::uint16_t code, std::string_view reason) {
    if (wire_) wire_->close(code, reason);
}

void Session::end() {
    held_.clear();
    notify(streams::Ended::notice, json::to_json(streams::Ended{}));
    close(close_unauthenticated, "the session ended");
}

void Session::lock() {
    held_.clear();
    notify(streams::Ended::notice, json::to_json(streams::Ended{true}));
    close(close_locked, "the device is locked");
}

void Session::note_use(const Method& method) {
    const bool by_hand =
        method.name == "session.touch" || (method.effect != Effect::live && method.name != "session.start");
    if (by_hand) used_at_ = desk_.now();
}

bool Session::seems_idle(std::chrono::minutes idle, Instant now) {
    if (used_at_ + idle > now || now < asked_idle_ + std::chrono::minutes(1)) return false;
    asked_idle_ = now;
    return true;
}

std::optional<Instant> Session::unwritten_use(Instant now) {
    if (used_at_ <= written_use_ || now < written_use_ + std::chrono::minutes(1)) return std::nullopt;
    written_use_ = used_at_;
    return used_at_;
}

/// A bucket of the minute's calls that fills evenly.
std::optional<std::int32_t> Session::spend(const Method& method) {
    const double calls = method.rate.calls * desk_.shared.settings.limits.rate_factor;
    const auto now = desk_.now();
    auto bucket = std::ranges::find(buckets_, method.name, &Bucket::method);
    if (bucket == buckets_.end()) bucket = buckets_.insert(bucket, {method.name, calls, now});
    const double seconds = std::chrono::duration<double>(now - bucket->at).count();
    bucket->left = std::min(calls, bucket->left + std::max(0.0, seconds) * calls / 60);
    bucket->at = now;
    if (bucket->left < 1) return static_cast<std::int32_t>(std::ceil((1 - bucket->left) * 60'000 / calls));
    bucket->left -= 1;
    return std::nullopt;
}

void Session::authenticate(PersonId person, DeviceId device) {
    person_ = person;
    device_ = device;
    authenticate_by_.reset();
    used_at_ = written_use_ = desk_.now();
    rights::came(desk_, *this);
}

void Session::set_facts(access::FactsPtr facts, Instant now) {
    facts_ = std::move(facts);
    holds_until_ = access::holds_until(*facts_, now);
}

/// The older of two copies stays, because whatever moves after it must find this session.
void Session::decided_by(access::FactsPtr facts, Instant now) {
    const auto until = access::holds_until(*facts, now);
    if (!facts_) return set_facts(std::move(facts), now);
    if (until && (!holds_until_ || *until < *holds_until_)) holds_until_ = until;
    if (desk_.kernel.is_old(*facts)) rights::decide_anew(desk_, shared_from_this());
}

std::vector<StreamId> Session::open_streams() const {
    std::vector<StreamId> ids;
    for (const auto& held : held_)
        ids.push_back(held->id);
    return ids;
}

std::vector<Uuid> Session::scopes() const {
    std::vector<Uuid> scopes;
    for (const auto& held : held_)
        scopes.push_back(held->scope);
    return scopes;
}

Async<std::vector<Session::HeldPtr>> Session::listen(std::vector<Opening> openings) {
    std::vector<HeldPtr> held;
    std::vector<feed::Subscription*> subscriptions;
    for (const auto& opening : openings) {
        auto& one = held.emplace_back(std::make_unique<Held>(*this));
        one->stream = opening.stream;
        one->id = opening.id;
        one->scope = opening.scope;
        one->lane = opening.lane;
        subscriptions.push_back(one.get());
    }
    co_await desk_.feed.listen(std::move(subscriptions));
    co_return held;
}

void Session::adopt(HeldPtr held, std::int64_t head) {
    if (!wire_) return;
    auto place = std::ranges::find(held_, held->stream, [](const auto& one) { return one->stream; });
    if (place == held_.end())
        place = held_.insert(place, std::move(held));
    else
        *place = std::move(held);
    (*place)->sent = head;
    desk_.feed.release(**place, head);
}

Session::Held* Session::find(std::int64_t stream) const {
    const auto found = std::ranges::find(held_, stream, [](const auto& one) { return one->stream; });
    return found == held_.end() ? nullptr : found->get();
}

void Session::drop_stream(StreamId id) {
    std::erase_if(held_, [&](const auto& held) { return held->id == id; });
}

bool Session::keeps(Held& held, const access::ScopeBook& scope, Instant now, bool& widened) {
    auto fresh = rights::decide(actor(), held, scope, *facts_, now);
    std::vector<Readable> before;
    if (held.rights) before = held.rights->readable;
    const auto narrower = [&](const Readable& one) { return !fresh.reads(one.label, one.since); };
    if (fresh.readable.empty() || std::ranges::any_of(before, narrower)) return false;
    const auto was_judged = [&](const Readable& one) { return held.is_judged(one.label); };
    widened = widened || (fresh.readable != before && std::ranges::all_of(fresh.readable, was_judged));
    held.rights = desk_.read_sets.share(std::move(fresh));
    return true;
}

void Session::redecide(access::FactsPtr facts, const std::vector<access::ScopePtr>& scopes, Instant now) {
    set_facts(std::move(facts), now);
    const auto device = std::ranges::find(facts_->devices, device_, &access::DeviceFact::id);
    if (!facts_->known || device == facts_->devices.end() || device->until <= now) return end();
    if (device->locked) return lock();
    std::vector<StreamId> widened;
    std::vector<std::int64_t> ended;
    for (const auto& held : held_) {
        bool wider = false;
        const auto scope =
            std::ranges::find_if(scopes, [&](const auto& s) { return s->room && s->room->id == held->scope; });
        if (scope == scopes.end() || !keeps(*held, **scope, now, wider)) ended.push_back(held->stream);
        if (wider) widened.push_back(held->id);
    }
    for (const auto stream : ended) {
        const auto& held = *find(stream);
        const auto scope =
            std::ranges::find_if(scopes, [&](const auto& s) { return s->room && s->room->id == held.scope; });
        const bool reopen =
            scope != scopes.end() && !rights::decide(actor(), held, **scope, *facts_, now).readable.empty();
        const auto params = json::to_json(streams::Wipe{held.id, reopen});
        std::erase_if(held_, [&](const auto& one) { return one->stream == stream; });
        notify(streams::Wipe::notice, params);
    }
    notify(streams::Widened::notice, json::to_json(streams::Widened{std::move(widened)}));
}

Async<void> Session::judge_again(std::int64_t stream) {
    const auto* asked = find(stream);
    if (!asked) co_return;
    const auto scope_id = asked->scope;
    bool judged = false;
    access::FactsPtr facts;
    try {
        desk_.kernel.forget_scope(scope_id);
        const auto scopes = co_await desk_.kernel.scopes(just(scope_id));
        facts = co_await desk_.kernel.facts(person_);
        if (auto* still = find(stream)) {
            auto set = rights::decide(actor(), *still, *scopes.front(), *facts, desk_.now());
            still->rights = desk_.read_sets.share(std::move(set));
            judged = true;
        }
    } catch (const std::exception& error) {
        log::warn("a label could not be judged; the stream must be resumed", {{"why", error.what()}});
    }
    if (auto* still = find(stream)) {
        if (judged)
            desk_.feed.release(*still, still->sent);
        else
            still->fell_behind();
    }
    if (judged && is_open()) decided_by(facts, desk_.now());
}

void Session::end_judging() {
    if (--judging_ > 0) return;
    for (const auto& waiting : std::exchange(wait_for_judges_, {}))
        waiting->set(true);
}

Async<void> Session::judged() {
    while (judging_ > 0) {
        const auto wait = wait_for_judges_.emplace_back(std::make_shared<OneShot<bool>>());
        co_await wait->wait();
    }
}

Session::Held::~Held() { session_->desk_.feed.drop(*this); }

void Session::Held::send(const feed::Published& event) {
    // A home that is behind (it waits for a gap to be filled) publishes what the opening answer held already.
    if (event.number && event.number <= sent) return;
    if (event.number) sent = event.number;
    if (session_->wire_) session_->wire_->send(event.frame, event.number ? FrameKind::event : FrameKind::whisper);
}

void Session::Held::fell_behind() { session_->notify(streams::Resync::notice, json::to_json(streams::Resync{{id}})); }

void Session::Held::judge(std::int32_t) {
    ++session_->judging_;
    boost::asio::co_spawn(session_->desk_.shard.io(), session_->judge_again(stream),
                          [self = session_->shared_from_this()](std::exception_ptr) { self->end_judging(); });
}

} // namespace splot
