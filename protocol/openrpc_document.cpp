// Apart from openrpc.cpp: it alone knows every type of the protocol.
#include "protocol/all_methods.h"
#include "protocol/identity/door.h"
#include "protocol/openrpc.h"

namespace splot {
namespace {

void add_door(OpenRpc& to) {
    using namespace door;
    to.add_route<SignIn, SignInAnswer>("POST /session/sign-in");
    to.add_route<SecondFactor, SignedIn>("POST /session/second-factor");
    to.add_route<AskPasskeyChallenge, PasskeyChallenge>("POST /session/passkey-challenge");
    to.add_route<PasskeySignIn, SignedIn>("POST /session/passkey");
    to.add_route<InvitationToken, InvitationShown>("POST /session/open-invitation");
    to.add_route<AcceptInvitation, SignedIn>("POST /session/accept-invitation");
    to.add_route<Nothing, SessionState>("GET /session/state");
    to.add_route<StepUp, SignedIn>("POST /session/step-up");
    to.add_route<Nothing, Locked>("POST /session/lock");
    to.add_route<Unlock, SignedIn>("POST /session/unlock");
    to.add_route<Nothing, TotpOffer>("POST /session/offer-totp");
    to.add_route<Nothing, CodeSheet>("POST /session/offer-code-card");
    to.add_route<ConfirmFactor, SignedIn>("POST /session/confirm-factor");
    to.add_route<Nothing, PasskeyOffer>("POST /session/offer-passkey");
    to.add_route<NewPasskey, SignedIn>("POST /session/add-passkey");
    to.add_route<Nothing, CodeSheet>("POST /session/make-recovery-codes");
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
