#include "hub/identity/people.h"

#include "hub/make_id.h"
#include "hub/rpc/desk.h"
#include "protocol/text.h"
#include "storage/access/queries.h"
#include "storage/identity/queries.h"
#include "storage/log/log.h"

namespace splot::identity {
namespace {

constexpr std::size_t longest_name = 120, longest_login = 64; ///< characters

} // namespace

bool is_login(std::string_view login) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_@";
    return login.size() >= 3 && login.size() <= longest_login &&
           login.find_first_not_of(allowed) == std::string_view::npos;
}

Result<void> check(const NewPerson& person) {
    CHECK_OK(check_name(person.name.reveal(), longest_name, "params.name"));
    if (length(person.post) > longest_name) return refuse(Code::invalid, {}, "params.post");
    if (person.login && !is_login(*person.login)) return refuse(Code::invalid, {}, "params.login");
    if (person.password && (!person.login || !Passwords::is_acceptable(*person.password, *person.login)))
        return refuse(Code::invalid, {}, "params.password");
    return {};
}

Async<Result<PersonId>> enter_person(Call& call, Passwords& passwords, const Grant& grant, NewPerson person) {
    CO_CHECK(check(person));
    std::optional<std::string> hash;
    if (person.password) {
        hash = co_await passwords.hash(call.desk.shard.io(), *person.password);
        if (!hash) co_return refuse(Code::unavailable);
    }
    const PersonId id(make_id(call.now));
    const storage::identity::NewPerson row{id, person.name, person.post, person.institution};
    storage::identity::insert_person(call.tx(), grant, row);
    if (person.login) {
        const storage::identity::NewAccount account{id, *person.login, hash, {}};
        storage::identity::insert_account(call.tx(), grant, account);
    }
    if (!person.institution) co_return id; // a technical administrator has no inbox
    const storage::access::LaneKey key{access::Scope::person, Uuid(id), access::LaneKind::inbox, {}};
    const auto lane = co_await storage::access::intern_lane(call.tx(), key);
    co_await storage::access::intern_whole_lane(call.tx(), lane.id);
    co_await storage::log::make_stream(call.tx(), grant, Uuid(id), "inbox", call.now);
    call.facts_moved = true;
    co_return id;
}

} // namespace splot::identity
