#include "clients/cli/notice.h"

namespace splot::client {
namespace {

using Found = Result<std::optional<Notice>>;

template <class T> Found decoded(const boost::json::value& params) {
    TRY(auto notice, json::decode<T>(params, "params", json::Unknown::ignored));
    return std::optional<Notice>(std::move(notice));
}

template <class T, class... More> Found find_notice(std::string_view method, const boost::json::value& params) {
    if (method == T::notice) return decoded<T>(params);
    if constexpr (sizeof...(More) == 0)
        return std::optional<Notice>{};
    else
        return find_notice<More...>(method, params);
}

} // namespace

Found read_notice(std::string_view method, const boost::json::value& params) {
    if (method == streams::event_notice) return decoded<Event>(params);
    return find_notice<streams::Whisper, streams::Wipe, streams::Widened, streams::Resync, streams::Drain,
                       streams::Ended>(method, params);
}

} // namespace splot::client
