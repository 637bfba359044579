#pragma once
#include "protocol/channels/methods.h"
#include "protocol/streams/methods.h"
#include "storage/async/run.h"
#include "tests/faults/stage.h"

namespace splot::faults {

/// What a call came to, for expectations: "ok" or the code of the problem; "lost" when the connection went.
template <class T> std::string outcome_of(const client::Reply<T>& reply) {
    if (reply) return "ok";
    return reply.error().lost ? "lost" : std::string(name_of(reply.error().code));
}

/// Calls of one person, one after the other.
class Talker {
public:
    Talker(Stage& stage, const std::string& login) : stage_(stage), client_(stage.connect(login)) {}

    client::Client& client() { return *client_; }
    std::string new_id() { return client_->new_request_id().text(); }

    client::Reply<Made> post(const Room& room, const std::string& text, std::optional<std::string> id = {}) {
        channels::PostMessage ask{room.channel, room.topic, Personal(text), {}, {}, {}, {}, {}};
        return run(stage_.io, client_->call(std::move(ask), std::nullopt, std::move(id)));
    }
    client::Reply<channels::Page> list(const Room& room) {
        channels::ListMessages ask{room.channel, {}, {}, 200};
        return run(stage_.io, client_->call(std::move(ask)));
    }
    client::Reply<Opened> open(const Room& room) {
        streams::Open ask{StreamId(Uuid(room.channel)), {}};
        return run(stage_.io, client_->call(std::move(ask)));
    }
    /// The texts of the room's last page.
    std::vector<std::string> texts(const Room& room) {
        std::vector<std::string> texts;
        if (const auto page = list(room))
            for (const auto& message : page->messages)
                texts.push_back(message.text.reveal());
        return texts;
    }
    /// The next event's text, or nothing within the ceiling.
    std::optional<std::string> hears();

private:
    Stage& stage_;
    std::unique_ptr<client::Client> client_;
};

} // namespace splot::faults
