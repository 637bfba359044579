#pragma once
#include "hub/rpc/call.h"
#include "protocol/identity/invitations.h"
#include "storage/identity/accounts.h"

/// Who keeps whose account: an institution's head (or one with its power of attorney) those of its people, a technical
/// administrator all. None of it opens content.
namespace splot::identity {

/// To keep an account of this institution; without one, of a technical administrator.
Async<Result<Grant>> admit_keeper(Call& call, std::optional<InstitutionId> institution);
/// The same for the one action that an institution's contact person may take as well.
Async<Result<Grant>> admit_confirmer(Call& call, std::optional<InstitutionId> institution);

struct Kept {
    Grant grant;
    storage::identity::AccountPlace account;
};
/// The account of a person whom the caller may keep. Problems: not_found, gate_closed (A-40: an administrator's account
/// is kept by administrators).
Async<Result<Kept>> admit_to_account(Call& call, PersonId person);

/// A link's token, made from the invitation's id with a key that the database does not know, so that it is the same
/// whenever its maker asks for it and nobody else can make it.
std::string link_token(std::span<const std::byte> key, InvitationId invitation);
/// What is stored of it.
storage::Bytes link_hash(std::span<const std::byte> key, InvitationId invitation);

inline constexpr std::chrono::days link_lasts{7};

} // namespace splot::identity
