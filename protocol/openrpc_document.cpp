// Apart from openrpc.cpp: it alone knows every type of the protocol.
#include "protocol/all_methods.h"
#include "protocol/identity/door.h"
#include "protocol/openrpc.h"

namespace splot {
namespace {

void add_door(OpenRpc& to) {
    using namespace door;
    to.add_route<SignIn, SignedIn>("POST /session/sign-in");
    to.add_route<EnterAs, SignedIn>("POST /session/enter-as");
    to.add_route<Nothing, Ticket>("POST /session/ticket");
    to.add_route<Nothing, Nothing>("POST /session/sign-out");
    to.add_route<Setup, Nothing>("POST /session/setup");
    to.add_route<Nothing, Nothing>("POST /session/start-anew");
    to.add_route<Nothing, Doors>("GET /session/doors");
}

} // namespace

std::string openrpc_document(std::string_view version) {
    OpenRpc openrpc;
    for_each_method<AllMethods>([&]<class M>() { openrpc.add_method<M>(); });
    for_each_method<AllEvents>([&]<class E>() { openrpc.add_event<E>(); });
    openrpc.add_notice<Event>(streams::event_notice);
    for_each_method<AllNotices>([&]<class N>() { openrpc.add_notice<N>(); });
    add_door(openrpc);
    return openrpc.document(version);
}

} // namespace splot
