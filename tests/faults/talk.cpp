#include "tests/faults/talk.h"

#include "protocol/channels/events.h"

namespace splot::faults {

std::optional<std::string> Talker::hears() {
    for (;;) {
        const auto notice = run(stage_.io, client_->next(std::chrono::seconds(20)));
        if (!notice || std::holds_alternative<client::Lost>(*notice)) return std::nullopt;
        const auto* event = std::get_if<Event>(&*notice);
        if (!event) continue;
        if (const auto posted = client::event_as<channels::MessagePosted>(*event)) return posted->message.text.reveal();
    }
}

} // namespace splot::faults
