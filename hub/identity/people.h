#pragma once
#include "hub/identity/passwords.h"
#include "hub/rpc/call.h"
#include "protocol/identity/methods.h"

namespace splot::identity {

/// Add what a person has by name: those who enter one name what they know.
struct NewPerson {
    std::optional<InstitutionId> institution; ///< none: a technical administrator
    Personal<std::string> name;
    std::string post;
    std::optional<std::string> login = {};
    std::optional<Personal<std::string>> password = {};
};

/// Letters, digits, dots, hyphens, underscores and @: what people can say over the telephone.
bool is_login(std::string_view login);

/// Problems: invalid, at the field.
Result<void> check(const NewPerson& person);

/// Enters a person with their inbox and, with a login, an account, inside the call's transaction; the caller was
/// admitted. Problem: unavailable (too many passwords are being hashed).
Async<Result<PersonId>> enter_person(Call& call, Passwords& passwords, const Grant& grant, NewPerson person);

} // namespace splot::identity
