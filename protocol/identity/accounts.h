#pragma once
#include "protocol/identity/types.h"
#include "protocol/rpc/method.h"

/// Accounts as those see them who keep them in order: an institution's people for theirs, a technical administrator for
/// the hub. None of it opens content.
namespace splot::identity {

struct Account {
    Person person;
    std::optional<InstitutionId> institution; ///< none: a technical administrator
    std::optional<std::string> login;         ///< none: never signs in (E-02)
    bool administrator;
    bool second_factor;
    std::optional<Instant> last_used_at;
    std::optional<Instant> closed_at;
};
BOOST_DESCRIBE_STRUCT(Account, (), (person, institution, login, administrator, second_factor, last_used_at, closed_at))

struct Accounts {
    std::vector<Account> accounts;
};
BOOST_DESCRIBE_STRUCT(Accounts, (), (accounts))

struct ListAccounts {
    static constexpr Method method{"identity.list_accounts", Effect::reads, PerMinute{60},
                                   "an administrator; whoever enters people of the institution"};
    using Answer = Accounts;
    std::optional<InstitutionId> institution; ///< absent: of all, for an administrator
};
BOOST_DESCRIBE_STRUCT(ListAccounts, (), (institution))

/// Nobody signs in with it any more, and every session ends within 5 seconds. What was written stays.
struct CloseAccount {
    static constexpr Method method{"identity.close_account", Effect::writes, PerMinute{60},
                                   "an administrator; whoever enters people of the institution", Level::fresh};
    using Answer = Made;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(CloseAccount, (), (person))

struct ReopenAccount {
    static constexpr Method method{"identity.reopen_account", Effect::writes, PerMinute{60},
                                   "an administrator; whoever enters people of the institution", Level::fresh};
    using Answer = Made;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(ReopenAccount, (), (person))

struct MakeAdministrator {
    static constexpr Method method{"identity.make_administrator", Effect::writes, PerMinute{10}, "an administrator",
                                   Level::fresh};
    using Answer = Made;
    PersonId person; ///< with an account
};
BOOST_DESCRIBE_STRUCT(MakeAdministrator, (), (person))

/// The last one stays: conflict.
struct RemoveAdministrator {
    static constexpr Method method{"identity.remove_administrator", Effect::writes, PerMinute{10}, "an administrator",
                                   Level::fresh};
    using Answer = Made;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(RemoveAdministrator, (), (person))

} // namespace splot::identity
