#pragma once
#include "clients/cli/client.h"
#include "protocol/channels/methods.h"
#include "storage/async/run.h"
#include "tests/world/clock.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace splot::world {

/// A channel and a topic in it: where one posts.
struct Place {
    ChannelId channel;
    TopicId topic;
};

/// What a post adds to its text.
struct With {
    std::optional<Audience> audience = {};
    std::optional<MessageId> reply_to = {};
    std::vector<PersonId> mentions = {};
    std::optional<PersonId> on_behalf_of = {};
    std::optional<Way> way = {};
};

/// An answer under way, for two things at once.
template <class T> using Begun = std::shared_ptr<std::optional<client::Reply<T>>>;

/// One signed-in program of a person, over a real WebSocket, driven from the test's thread.
class Visitor {
public:
    Visitor(boost::asio::io_context& io, const TestClock& clock, client::ClientSettings settings);
    ~Visitor();
    Visitor(const Visitor&) = delete;

    /// The door, the socket, `session.start`. Throws where the hub refuses.
    void enter(std::string_view login);
    void connect();
    const identity::Started& start();

    /// One call, to its answer.
    template <MethodType M>
    client::Reply<typename M::Answer> asks(M ask, std::optional<MandateId> as = {}, std::optional<RequestId> id = {}) {
        return ends<typename M::Answer>(begins(std::move(ask), as, id));
    }
    /// The same where a refusal would be a mistake of the test: throws std::runtime_error with the code.
    template <MethodType M> typename M::Answer gets(M ask, std::optional<MandateId> as = {}) {
        return expect(asks(std::move(ask), as), M::method.name);
    }
    /// The first id that a writing call made.
    template <MethodType M> Uuid makes(M ask, std::optional<MandateId> as = {}) {
        return gets(std::move(ask), as).made.front();
    }
    /// Sends the call and returns at once; `ends` waits.
    template <MethodType M>
    Begun<typename M::Answer> begins(M ask, std::optional<MandateId> as = {}, std::optional<RequestId> id = {}) {
        const auto begun = std::make_shared<std::optional<client::Reply<typename M::Answer>>>();
        boost::asio::co_spawn(io_, carry(*client_, std::move(ask), as, id.value_or(new_id()).text(), begun),
                              boost::asio::detached);
        return begun;
    }
    template <class T> client::Reply<T> ends(const Begun<T>& begun) {
        run_until(io_, [&] { return begun->has_value(); });
        return **begun;
    }
    RequestId new_id() const;

    // What people do.
    client::Reply<Made> posts(const Place& place, std::string text, With with = {}, std::optional<MandateId> as = {},
                              std::optional<RequestId> id = {});
    /// Posts, expecting that it may.
    MessageId says(const Place& place, std::string text, With with = {}, std::optional<MandateId> as = {});
    client::Reply<Made> edits(MessageId message, std::int32_t revision, std::string text);
    client::Reply<Made> deletes(MessageId message);
    client::Reply<Made> reads_up_to(ChannelId channel, std::string cursor);

    // What people see.
    client::Reply<channels::Page> lists(ChannelId channel, std::optional<std::int32_t> limit = {});
    /// The message in the channel's newest page, if it is there.
    std::optional<Message> finds(ChannelId channel, MessageId message);
    /// The texts of the newest page, oldest first.
    std::vector<std::string> texts(ChannelId channel);
    /// From a new `session.start`.
    std::optional<identity::ChannelState> state_of(ChannelId channel);

    /// Opens a stream; without a cursor for a snapshot.
    client::Reply<Opened> opens(StreamId stream, std::optional<std::string> cursor = {});
    Opened opened(StreamId stream, std::optional<std::string> cursor = {});

    /// Whatever the hub said unasked until now: everything that was committed before the call is in it, because a
    /// fence comes after it on the socket.
    std::vector<client::Notice> hears();
    /// The events among them.
    std::vector<Event> events();
    std::vector<Event> events_of(StreamId stream);
    template <class N> std::vector<N> heard() {
        std::vector<N> found;
        for (const auto& notice : hears())
            if (const auto* one = std::get_if<N>(&notice)) found.push_back(*one);
        return found;
    }
    /// Waits for a notice of this kind, and throws the others before it away; nullopt after `ceiling`.
    template <class N> std::optional<N> waits_for(std::chrono::milliseconds ceiling = std::chrono::seconds(20)) {
        const auto until = std::chrono::steady_clock::now() + ceiling;
        while (std::chrono::steady_clock::now() < until) {
            const auto notice = run(io_, client_->next(ceiling));
            if (!notice) return std::nullopt;
            if (const auto* one = std::get_if<N>(&*notice)) return *one;
        }
        return std::nullopt;
    }

    const identity::Started& started() const { return started_; }
    PersonId id() const { return started_.person.id; }
    DeviceId device() const { return started_.device; }
    /// The person's mandate in this team, or in their institution itself.
    const Mandate& mandate(std::optional<TeamId> team = {}, std::optional<InstitutionId> institution = {}) const;
    client::Client& client() { return *client_; }
    void leave();
    boost::asio::io_context& io() { return io_; }

    template <class T> static T expect(client::Reply<T> reply, std::string_view what) {
        if (reply) return *std::move(reply);
        throw std::runtime_error(std::string(what) + ": " + std::string(name_of(reply.error().code)) + " " +
                                 std::string(reply.error().rule.number()) + " " + reply.error().field + " " +
                                 reply.error().message);
    }

private:
    template <MethodType M>
    static client::Async<void> carry(client::Client& client, M ask, std::optional<MandateId> as, std::string id,
                                     Begun<typename M::Answer> begun) {
        begun->emplace(co_await client.call(std::move(ask), as, std::move(id)));
    }

    boost::asio::io_context& io_;
    const TestClock& clock_;
    std::unique_ptr<client::Client> client_;
    identity::Started started_;
};

} // namespace splot::world
