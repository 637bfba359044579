// Apart from openrpc.cpp: it alone knows every type of the protocol.
#include "protocol/all_methods.h"
#include "protocol/openrpc.h"

namespace splot {

std::string openrpc_document(std::string_view version) {
    OpenRpc openrpc;
    for_each_method<AllMethods>([&]<class M>() { openrpc.add_method<M>(); });
    for_each_method<AllEvents>([&]<class E>() { openrpc.add_event<E>(); });
    openrpc.add_notice<Event>(streams::event_notice);
    for_each_method<AllNotices>([&]<class N>() { openrpc.add_notice<N>(); });
    return openrpc.document(version);
}

} // namespace splot
