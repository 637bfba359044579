#include "hub/identity/keeping.h"

#include "storage/vault/digest.h"

namespace splot::identity {
namespace {

Async<Result<Grant>> admit_for(Call& call, access::Action action, std::optional<InstitutionId> institution) {
    const auto facts = co_await call.access.kernel().facts(call.actor().person);
    if (facts->administrator || !institution) co_return co_await call.access.admit_administrator();
    co_return co_await call.access.admit(action, *institution);
}

} // namespace

Async<Result<Grant>> admit_keeper(Call& call, std::optional<InstitutionId> institution) {
    return admit_for(call, access::Action::manage_people, institution);
}

Async<Result<Grant>> admit_confirmer(Call& call, std::optional<InstitutionId> institution) {
    return admit_for(call, access::Action::confirm_recovery, institution);
}

Async<Result<Kept>> admit_to_account(Call& call, PersonId person) {
    const auto place = co_await storage::identity::person_institution(call.tx(), person);
    const auto facts = co_await call.access.kernel().facts(call.actor().person);
    std::optional<InstitutionId> institution;
    if (place) institution = place->institution;
    // Whoever is not there, and an administrator, are to others as an institution that is not there.
    if (!institution && !facts->administrator) institution = InstitutionId{};
    CO_TRY(const Grant grant, co_await admit_keeper(call, institution));
    auto account = co_await storage::identity::account_place(call.tx(), grant, person);
    if (!account) co_return refuse(Code::not_found);
    if (account->administrator && !call.access.facts()->administrator) co_return refuse(Code::gate_closed, "A-40");
    co_return Kept{grant, *std::move(account)};
}

std::string link_token(std::span<const std::byte> key, InvitationId invitation) {
    return vault::to_base64url(vault::hmac_sha256(key, "link:" + invitation.text()));
}

storage::Bytes link_hash(std::span<const std::byte> key, InvitationId invitation) {
    const auto digest = vault::sha256(link_token(key, invitation));
    return {digest.begin(), digest.end()};
}

} // namespace splot::identity
