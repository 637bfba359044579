#include "hub/identity/setup.h"

#include "hub/hub.h"
#include "hub/identity/people.h"
#include "hub/make_id.h"
#include "protocol/enums.h"
#include "protocol/teams/methods.h"
#include "storage/identity/queries.h"
#include "storage/vault/digest.h"

namespace splot::identity {
namespace {

std::vector<std::byte> hash_of(std::string_view code) {
    const auto digest = vault::sha256(code);
    return {digest.begin(), digest.end()};
}

/// The setup was refused because its code is unknown or used.
struct CodeRefused {};

} // namespace

Async<std::optional<std::string>> make_setup_code(Desk& desk) {
    auto code = vault::to_base64url(random_bytes<9>());
    const bool fresh = co_await storage::identity::door_make_setup_code(desk.door, hash_of(code));
    if (!fresh) co_return std::nullopt;
    co_return code;
}

Async<PersonId> make_administrator(Desk& desk, Personal<std::string> name, std::string login,
                                   std::optional<std::string> password_hash,
                                   std::optional<std::vector<std::byte>> code_hash) {
    const PersonId id(make_id(desk.now()));
    auto tx = co_await storage::Transaction::begin(desk.door, storage::Transaction::Mode::read_write_read_committed);
    if (code_hash) {
        const bool good = co_await storage::identity::door_use_setup_code(tx, *code_hash, desk.now());
        if (!good) throw CodeRefused{};
    }
    storage::identity::door_insert_administrator(tx, id, name, login, password_hash);
    co_await tx.commit();
    co_return id;
}

Async<std::optional<Problem>> found_hub(Hub& hub, Desk& desk, door::Setup ask) {
    const auto kind = parse_enum<InstitutionKind>(ask.institution_kind);
    if (!kind) co_return refuse(Code::invalid, {}, "institution_kind");
    const NewPerson administrator{{}, ask.administrator_name, {}, ask.administrator_login, ask.administrator_password};
    const NewPerson head{{}, ask.head_name, {}, ask.head_login, ask.head_password};
    for (const auto* person : {&administrator, &head})
        if (const auto checked = check(*person); !checked) co_return checked.error();

    const auto hash = co_await hub.passwords().hash(desk.shard.io(), ask.administrator_password);
    if (!hash) co_return refuse(Code::unavailable);
    std::optional<PersonId> id;
    try {
        id = co_await make_administrator(desk, ask.administrator_name, ask.administrator_login, *hash,
                                         hash_of(ask.code));
    } catch (const CodeRefused&) {
        co_return refuse(Code::unauthenticated, {}, "code");
    } catch (const storage::DatabaseError& error) {
        if (!error.is_unique_violation()) throw;
        co_return refuse(Code::conflict, {}, "administrator_login");
    }
    teams::CreateInstitution institution{
        ask.institution_name, ask.institution_short_name, *kind, ask.institution_town, ask.head_name, "kierownik",
        ask.head_login,       ask.head_password};
    const access::Actor actor{*id, {}, {}};
    const auto made =
        co_await hub.dispatcher().call(desk, actor, RequestId(make_id(desk.now())), desk.now(), std::move(institution));
    co_return made ? std::nullopt : std::optional(made.error());
}

} // namespace splot::identity
