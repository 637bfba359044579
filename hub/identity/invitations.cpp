// Invitations by link, and recovery by two people.
#include "hub/hub.h"
#include "hub/identity/keeping.h"
#include "hub/identity/service.h"
#include "hub/make_id.h"
#include "storage/identity/accounts.h"
#include "storage/identity/queries.h"

namespace splot::identity {
namespace {

constexpr std::chrono::days shown_for{60};
constexpr std::chrono::hours recovery_waits{24};
constexpr std::size_t longest_reason = 500;

InvitationId make_link(Call& call, const Keeper& keeper, const Grant& grant, PersonId person,
                       InvitationPurpose purpose) {
    const InvitationId id(make_id(call.now));
    const storage::identity::NewInvitation row{
        id, purpose, person, link_hash(keeper.keys->links, id), grant.person(), call.now, call.now + link_lasts};
    storage::identity::insert_invitation(call.tx(), grant, row);
    return id;
}

/// Whether somebody may do this for the institution by a mandate: two administrators alone open no account of its
/// people, or they would have a way to content (A-40).
Async<bool> speaks_for(Call& call, access::Action action, PersonId person, InstitutionId institution) {
    const auto facts = co_await call.access.kernel().facts(person);
    const access::Actor actor{person, {}, {}};
    const auto decision = access::decide_for_institution(actor, action, institution, *facts, call.now);
    co_return decision.allowed();
}

/// A person entered before who has no way in yet. A technical administrator invites the first one of an institution;
/// from then on its own people do, or a link would be a way to what the invited one reads (A-40). Problems: conflict
/// (there is a way in), gate_closed (A-40).
Async<Result<Kept>> admit_to_invite(Call& call, PersonId person) {
    CO_TRY(Kept kept, co_await admit_to_account(call, person));
    const auto& account = kept.account;
    if (account.has_password || account.has_passkey || account.closed_at) co_return refuse(Code::conflict);
    if (!account.institution) co_return kept;
    const bool of_the_house =
        co_await speaks_for(call, access::Action::manage_people, call.actor().person, *account.institution);
    if (of_the_house) co_return kept;
    const bool inhabited =
        co_await storage::identity::institution_is_inhabited(call.tx(), kept.grant, *account.institution);
    if (inhabited) co_return refuse(Code::gate_closed, "A-40");
    co_return kept;
}

Async<Result<void>> check_pair(Call& call, storage::identity::RecoveryRow recovery) {
    const auto me = call.actor().person;
    if (recovery.started_by == me || recovery.person == me) co_return refuse(Code::invalid, "A-40", "params.recovery");
    if (!recovery.institution) co_return Result<void>{};
    const bool mine = co_await speaks_for(call, access::Action::confirm_recovery, me, *recovery.institution);
    const bool theirs =
        co_await speaks_for(call, access::Action::confirm_recovery, recovery.started_by, *recovery.institution);
    if (!mine && !theirs) co_return refuse(Code::invalid, "A-40", "params.recovery");
    co_return Result<void>{};
}

} // namespace

Async<Result<Made>> invite_person(Call& call, Keeper& keeper, InvitePerson ask) {
    if (ask.person) {
        CO_TRY(const Kept kept, co_await admit_to_invite(call, *ask.person));
        const auto id = make_link(call, keeper, kept.grant, *ask.person, InvitationPurpose::invitation);
        co_return Made{{Uuid(id), Uuid(*ask.person)}, {}};
    }
    if (!ask.name) co_return refuse(Code::invalid, {}, "params.name");
    CO_TRY(const Grant grant, co_await admit_keeper(call, ask.institution));
    NewPerson person{ask.institution, *std::move(ask.name), std::move(ask.post)};
    CO_TRY(const PersonId entered, co_await enter_person(call, keeper.passwords, grant, std::move(person)));
    const auto id = make_link(call, keeper, grant, entered, InvitationPurpose::invitation);
    co_return Made{{Uuid(id), Uuid(entered)}, {}};
}

Async<Result<Invitations>> list_invitations(Call& call, ListInvitations ask) {
    CO_TRY(const Grant grant, co_await admit_keeper(call, ask.institution));
    Invitations answer;
    answer.invitations =
        co_await storage::identity::invitations(call.tx(), grant, ask.institution, call.now - shown_for);
    co_return answer;
}

Async<Result<Link>> show_link(Call& call, const Keeper& keeper, ShowLink ask) {
    const Grant own = co_await call.access.admit_to_own();
    const auto row = co_await storage::identity::invitation(call.tx(), own, ask.invitation);
    if (!row || row->made_by != own.person()) co_return refuse(Code::not_found);
    // Whoever made it may have lost that right since (T-09).
    Result<Grant> admitted = refuse(Code::not_found);
    if (row->purpose == InvitationPurpose::recovery)
        admitted = co_await admit_confirmer(call, row->institution);
    else
        admitted = co_await admit_keeper(call, row->institution);
    if (!admitted) co_return admitted.error();
    if (row->used_at || row->revoked_at || row->until <= call.now) co_return refuse(Code::conflict);
    const auto token = link_token(keeper.keys->links, row->id);
    const std::string page = row->purpose == InvitationPurpose::recovery ? "/odzyskanie#" : "/zaproszenie#";
    co_return Link{Personal(token), page + token, row->until};
}

Async<Result<Made>> revoke_invitation(Call& call, RevokeInvitation ask) {
    const Grant own = co_await call.access.admit_to_own();
    const auto row = co_await storage::identity::invitation(call.tx(), own, ask.invitation);
    if (!row) co_return refuse(Code::not_found);
    CO_TRY(const Grant grant, co_await admit_keeper(call, row->institution));
    const bool revoked = co_await storage::identity::revoke_invitation(call.tx(), grant, ask.invitation, call.now);
    if (!revoked) co_return refuse(Code::conflict);
    co_return Made{{Uuid(ask.invitation)}, {}};
}

Async<Result<Made>> start_recovery(Call& call, StartRecovery ask) {
    CO_TRY(const Kept kept, co_await admit_to_account(call, ask.person));
    if (ask.person == call.actor().person) co_return refuse(Code::invalid, "A-40", "params.person");
    if (ask.reason.empty() || ask.reason.size() > longest_reason) co_return refuse(Code::invalid, {}, "params.reason");
    if (!kept.account.login || kept.account.closed_at) co_return refuse(Code::conflict);
    const RecoveryId id(make_id(call.now));
    const storage::identity::NewRecovery row{
        id, ask.person, kept.grant.person(), call.now, std::move(ask.reason), call.now + recovery_waits};
    storage::identity::insert_recovery(call.tx(), kept.grant, row);
    co_return Made{{Uuid(id)}, {}};
}

Async<Result<Made>> confirm_recovery(Call& call, const Keeper& keeper, ConfirmRecovery ask) {
    const Grant own = co_await call.access.admit_to_own();
    const auto row = co_await storage::identity::lock_recovery(call.tx(), own, ask.recovery);
    if (!row) co_return refuse(Code::not_found);
    CO_TRY(const Grant grant, co_await admit_confirmer(call, row->institution));
    CO_CHECK(co_await check_pair(call, *row));
    if (row->confirmed_at || row->until <= call.now) co_return refuse(Code::conflict);
    storage::identity::end_sessions(call.tx(), grant, row->person, call.now);
    const auto link = make_link(call, keeper, grant, row->person, InvitationPurpose::recovery);
    const bool confirmed = co_await storage::identity::confirm_recovery(call.tx(), grant, ask.recovery, link, call.now);
    if (!confirmed) co_return refuse(Code::conflict);
    call.facts_moved = true;
    co_return Made{{Uuid(link)}, {}};
}

Async<Result<Recoveries>> list_recoveries(Call& call, ListRecoveries ask) {
    CO_TRY(const Grant grant, co_await admit_confirmer(call, ask.institution));
    Recoveries answer;
    answer.recoveries = co_await storage::identity::recoveries(call.tx(), grant, ask.institution, call.now);
    co_return answer;
}

} // namespace splot::identity
