#include "hub/hub.h"

#include "hub/access/explain.h"
#include "hub/channels/service.h"
#include "hub/identity/idle.h"
#include "hub/identity/service.h"
#include "hub/log.h"
#include "hub/rpc/rights.h"
#include "hub/rpc/session.h"
#include "hub/rpc/site.h"
#include "hub/streams/service.h"
#include "hub/teams/service.h"
#include "protocol/streams/methods.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <future>

namespace splot {
namespace {

namespace asio = boost::asio;

constexpr auto tick = std::chrono::milliseconds(1000); ///< how often ends and beginnings are looked for
constexpr auto presence_lasts = std::chrono::seconds(90);
constexpr int presence_every = 30, forget_every = 3600; ///< ticks

std::size_t shard_count(const Settings& settings) {
    if (settings.hub.shards) return settings.hub.shards;
    const auto processors = std::thread::hardware_concurrency();
    return processors > 3 ? processors - 1 : 2; // one is left for PostgreSQL
}

storage::ConnectOptions log_options(const Settings& settings) {
    storage::ConnectOptions options;
    options.conninfo = settings.postgres.conninfo;
    options.role = "splot_log";
    options.size = 1;
    return options;
}

/// Runs one coroutine to its end on a loop of its own; for start-up.
template <class T> T await_alone(std::function<Async<T>(asio::io_context&)> work) {
    asio::io_context io{1};
    std::optional<T> value;
    std::exception_ptr failed;
    asio::co_spawn(io, work(io), [&](std::exception_ptr error, T result) {
        failed = error;
        if (!error) value = std::move(result);
    });
    io.run();
    if (failed) std::rethrow_exception(failed);
    return std::move(*value);
}

struct Secrets {
    std::optional<vault::SecretBytes> cursor, params, pepper, factors, codes, challenge, logins, links;
    std::optional<storage::log::WorldKind> world;
};

Async<Secrets> read_secrets(asio::io_context& io, const Settings& settings) {
    Secrets secrets;
    vault::KeyClient keys(io, settings.keys.socket);
    secrets.cursor = co_await keys.derive("cursor");
    secrets.params = co_await keys.derive("params");
    secrets.pepper = co_await keys.derive("password-pepper");
    secrets.factors = co_await keys.derive("factor-secrets");
    secrets.codes = co_await keys.derive("code-pepper");
    secrets.challenge = co_await keys.derive("passkey-challenges");
    secrets.logins = co_await keys.derive("login-names");
    secrets.links = co_await keys.derive("invitation-links");
    storage::Pool pool(io, log_options(settings));
    secrets.world = co_await storage::log::world_kind(pool);
    pool.close();
    co_return secrets;
}

std::vector<std::byte> bytes_of(const vault::SecretBytes& secret) {
    return {secret.bytes().begin(), secret.bytes().end()};
}

} // namespace

Hub::Hub(Settings settings, const Clock& clock) :
    settings_(std::move(settings)), clock_(clock), shards_(shard_count(settings_)), feed_(shards_),
    writer_(log_options(settings_)), keeper_(settings_.limits.rate_factor) {
    const auto secrets = await_alone<Secrets>([this](asio::io_context& io) { return read_secrets(io, settings_); });
    const bool demonstration = secrets.world == storage::log::WorldKind::demonstration;
    bus_ = std::make_unique<feed::Bus>(shards_[0], log_options(settings_), settings_.limits.notify);
    shared_ =
        std::make_unique<Shared>(Shared{*this, settings_, clock_, writer_, feed_, *bus_,
                                        vault::CursorKey(*secrets.cursor), bytes_of(*secrets.params), demonstration});
    // In the demonstration and in tests passwords guard nothing.
    keeper_.passwords.set(bytes_of(*secrets.pepper), demonstration ? Passwords::Cost{8 * 1024, 1} : Passwords::Cost{});
    keeper_.keys.emplace(identity::SignInKeys{vault::DataKey(secrets.factors->bytes()), bytes_of(*secrets.codes),
                                              bytes_of(*secrets.challenge), bytes_of(*secrets.logins),
                                              bytes_of(*secrets.links)});
    keeper_.second_factor_required = settings_.sign_in.demands_second_factor(demonstration);
    keeper_.idle_minutes = settings_.sign_in.idle_minutes;
    feed_.tell_others = [this](std::vector<std::pair<std::int64_t, std::int64_t>> heads) {
        bus_->tell_heads(std::move(heads));
    };

    identity::add_handlers(dispatcher_, keeper_);
    teams::add_handlers(dispatcher_, keeper_.passwords);
    channels::add_handlers(dispatcher_);
    streams::add_handlers(dispatcher_);
    access::add_handlers(dispatcher_);
    dispatcher_.make_counts();
    site_ = std::make_unique<HubSite>(*this);
    open_desks();
    open_listeners();
}

Hub::~Hub() { stop(); }

void Hub::open_desks() {
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        auto& desk = *desks_.emplace_back(std::make_unique<Desk>(*shared_, shards_[i]));
        feed_.add(desk.feed);
        channels::add_replay(desk);
        teams::add_replay(desk);
    }
}

void Hub::open_listeners() {
    ListenerOptions options;
    options.address = settings_.listen.address;
    options.own_origins = settings_.listen.origins;
    options.own_local_names = settings_.hub.demonstration;
    options.strict_transport = !settings_.listen.certificate.empty(); // a name of the office, not localhost
    options.report = [](std::exception_ptr error) {
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& e) {
            log::error("the server met an exception", {{"why", e.what()}});
        }
    };
    const auto add = [&](std::uint16_t port, std::shared_ptr<TlsContext> tls) {
        options.port = port;
        options.tls = std::move(tls);
        options.trusts_proxy = settings_.listen.behind_proxy && !options.tls;
        auto& listener = *listeners_.emplace_back(std::make_unique<Listener>(shards_, *site_, Limits{}, options));
        const std::string scheme = options.tls ? "https" : "http";
        for (const std::string host : {"localhost", "127.0.0.1"})
            listener.add_own_origin(scheme + "://" + host + ":" + std::to_string(listener.port()));
    };
    TlsFiles files{settings_.listen.certificate, settings_.listen.key};
    if (settings_.listen.certificate.empty()) files = make_self_signed(settings_.hub.state);
    tls_ = std::make_shared<TlsContext>(files);
    add(settings_.listen.port, tls_);
    if (settings_.listen.plain_port || settings_.hub.demonstration) {
        const bool loopback = options.address == "127.0.0.1" || options.address == "::1";
        if (!loopback && !settings_.listen.behind_proxy)
            throw std::runtime_error(
                "listen.plain_port: plain HTTP beyond loopback only behind a proxy (listen.behind_proxy)");
        add(settings_.listen.plain_port, nullptr);
    }
}

void Hub::start_inside() {
    if (inside_.exchange(true)) return;
    writer_.start();
    for (auto& desk : desks_) {
        ++housekeepers_;
        asio::co_spawn(desk->shard.io(), keep_house(*desk), [this](std::exception_ptr) { --housekeepers_; });
    }
    shards_.start();
    bus_->start([this](feed::Bus::Hint hint) { hear(std::move(hint)); },
                [this] {
                    poll_epochs_soon();
                    for (auto& desk : desks_)
                        asio::post(desk->shard.io(), [&desk] {
                            asio::co_spawn(desk->shard.io(), desk->feed.poll_heads(), asio::detached);
                        });
                });
}

void Hub::start() {
    start_inside();
    for (auto& listener : listeners_)
        listener->start();
    ready_ = true;
    log::info("the hub is ready", {{"port", port()}, {"shards", shards_.size()}});
}

void Hub::stop() {
    if (stopping_.exchange(true)) return;
    ready_ = false;
    for (auto& listener : listeners_)
        listener->stop_accepting();
    for (auto& listener : listeners_)
        listener->shutdown(std::chrono::seconds(5));
    // What was begun is finished: calls of cut-off sockets still wait for the writer.
    for (std::size_t i = 0; i < desks_.size() && housekeepers_; ++i)
        run_on(i, [](Desk& desk) -> Async<void> {
            while (desk.calls_under_way) {
                asio::steady_timer timer(desk.shard.io(), std::chrono::milliseconds(10));
                co_await timer.async_wait(asio::use_awaitable);
            }
        });
    keeper_.passwords.stop();
    writer_.stop();
    if (housekeepers_)
        run_on(0, [this](Desk&) -> Async<void> {
            bus_->stop();
            co_return;
        });
    shards_.stop();
    listeners_.clear();
    desks_.clear();
    log::info("the hub has stopped");
}

std::uint16_t Hub::port() const { return listeners_.front()->port(); }
std::uint16_t Hub::plain_port() const { return listeners_.size() > 1 ? listeners_[1]->port() : 0; }
void Hub::reload_certificates() { tls_->reload(); }

void Hub::run_on(std::size_t shard, std::function<Async<void>(Desk&)> work) {
    std::promise<void> done;
    auto& desk = *desks_[shard];
    asio::co_spawn(desk.shard.io(), work(desk), [&](std::exception_ptr failed) {
        if (failed)
            done.set_exception(failed);
        else
            done.set_value();
    });
    done.get_future().get();
}

void Hub::come_due() {
    for (std::size_t i = 0; i < desks_.size(); ++i)
        run_on(i, [](Desk& desk) -> Async<void> {
            co_await identity::lock_idle(desk);
            co_await rights::due(desk);
        });
}

/// Each second: ends and beginnings of rights. Each `poll_every`: heads, and on the first shard the epochs, in case a
/// hint was lost.
Async<void> Hub::keep_house(Desk& desk) {
    asio::steady_timer timer(desk.shard.io());
    auto polled = std::chrono::steady_clock::time_point{};
    for (int ticks = 0; !stopping_; ++ticks) {
        const bool first = desk.shard.index() == 0;
        try {
            if (std::chrono::steady_clock::now() - polled >= settings_.limits.poll_every) {
                polled = std::chrono::steady_clock::now();
                if (first) poll_epochs_soon();
                co_await desk.feed.poll_heads();
            }
            co_await identity::lock_idle(desk);
            co_await rights::due(desk);
            if (ticks % presence_every == 0) {
                desk.presence.fade(desk.now());
                desk.key_cache.drop_expired();
                for (auto* session : desk.sessions)
                    if (session->is_authenticated()) rights::came(desk, *session);
            }
            if (first && ticks % forget_every == forget_every - 1)
                co_await storage::log::forget_requests(desk.log, GrantMaker::pass(), desk.now() - std::chrono::days(7));
            if (first && ticks % forget_every == forget_every - 1) co_await identity::sweep(desk);
        } catch (const std::exception& error) {
            log::warn("housekeeping failed and comes again", {{"why", error.what()}});
        }
        timer.expires_after(std::min<std::chrono::milliseconds>(tick, settings_.limits.poll_every));
        co_await timer.async_wait(asio::use_awaitable);
    }
}

void Hub::poll_epochs_soon() {
    asio::post(shards_[0].io(), [this] {
        if (std::exchange(polling_epochs_, true)) {
            poll_again_ = true;
            return;
        }
        asio::co_spawn(shards_[0].io(), poll_epochs(*desks_[0]), asio::detached);
    });
}

/// One look at what moved, told to every shard; again if somebody asked meanwhile.
Async<void> Hub::poll_epochs(Desk& desk) {
    do {
        poll_again_ = false;
        try {
            const bool first_look = epoch_floor_.empty();
            std::string floor = first_look ? "0" : epoch_floor_;
            auto moved = co_await storage::access::epochs_moved(desk.log, GrantMaker::pass(), std::move(floor));
            epoch_floor_ = std::move(moved.floor);
            if (moved.epochs.empty() || first_look) continue;
            for (auto& one : desks_)
                asio::post(one->shard.io(), [&one, epochs = moved.epochs] {
                    asio::co_spawn(one->shard.io(), rights::moved(*one, epochs), asio::detached);
                });
        } catch (const std::exception& error) {
            log::warn("epochs could not be read and are looked at again", {{"why", error.what()}});
        }
    } while (poll_again_ && !stopping_);
    polling_epochs_ = false;
}

void Hub::hear(feed::Bus::Hint hint) {
    if (hint.epochs) poll_epochs_soon();
    if (!hint.heads.empty()) feed_.hint(std::move(hint.heads));
    for (auto& whispered : hint.whispers)
        feed_.whisper_here(std::move(whispered));
    for (const auto& here : hint.present)
        set_present(hint.hub + "/" + std::to_string(here.shard), here.person, here.sockets);
}

void Hub::spread_presence(Desk& from, PersonId person, std::size_t sockets) {
    const auto name = bus_->name() + "/" + std::to_string(from.shard.index());
    const bool before = from.presence.is_present(person);
    set_present(name, person, sockets);
    const bool here = from.presence.sockets(person) > 0 || sockets > 0;
    bus_->tell_present(person, from.shard.index(), sockets);
    if (before != here && !stopping_)
        asio::co_spawn(from.shard.io(), whisper_presence(from, person, here), asio::detached);
}

Async<void> Hub::whisper_to_self(Desk& desk, PersonId person, std::string notice) {
    const auto scopes = co_await desk.kernel.scopes(just(Uuid(person)));
    const auto& room = scopes.front()->room;
    if (!room) co_return; // a technical administrator has no inbox
    const feed::Whispered said{room->stream, room->label, std::make_shared<const std::string>(std::move(notice))};
    feed_.whisper_here(said);
    bus_->tell_whisper(said);
}

void Hub::set_present(std::string hub, PersonId person, std::size_t sockets) {
    for (auto& desk : desks_)
        asio::post(desk->shard.io(), [&desk, hub, person, sockets] {
            desk->presence.set(hub, person, sockets, desk->now() + presence_lasts);
        });
}

/// To the rooms that the person is in: whoever reads the room hears it.
Async<void> Hub::whisper_presence(Desk& desk, PersonId person, bool present) {
    try {
        const auto facts = co_await desk.kernel.facts(person);
        for (const auto& scope : co_await desk.kernel.scopes(access::scopes_of(*facts, desk.now()))) {
            if (!scope->room || scope->room->id == Uuid(person)) continue;
            const streams::Whisper whisper{StreamId(scope->room->id), present ? "present" : "away", person, {}, {}};
            const auto frame = rpc::notification(streams::Whisper::notice, json::to_json(whisper));
            const feed::Whispered said{scope->room->stream, scope->room->label,
                                       std::make_shared<const std::string>(frame)};
            feed_.whisper_here(said);
            bus_->tell_whisper(said);
        }
    } catch (const std::exception& error) {
        log::warn("presence was not told", {{"why", error.what()}});
    }
}

} // namespace splot
