#pragma once
#include "storage/postgres/connection.h"

#include <functional>

namespace splot::storage {

/// Listens on one channel of NOTIFY with a connection of its own, which it replaces when it is lost. What was sent in
/// between is lost: `connected` is the moment to look for what was missed. Callbacks come on the io_context's thread,
/// never after the destructor.
class Notifications {
public:
    struct Callbacks {
        std::function<void()> connected;
        std::function<void(const Notification&)> heard;
        std::function<void()> lost = [] {};
    };
    /// `channel`: lower-case letters, digits and underscores. Starts at once; destroy on the same thread.
    Notifications(boost::asio::io_context& io, ConnectOptions options, std::string channel, Callbacks callbacks);
    ~Notifications();
    Notifications(const Notifications&) = delete;
    Notifications& operator=(const Notifications&) = delete;

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace splot::storage
