#pragma once
#include "protocol/identity/factors.h"

/// Ways to an account that go through people: an invitation, and a recovery that two of them agree on. Both end in a
/// link whose token stands in the fragment (`/zaproszenie#TOKEN`), so that no server, proxy or mail scanner on its way
/// sees or uses it up.
namespace splot {

using InvitationId = Id<struct InvitationTag>;
using RecoveryId = Id<struct RecoveryTag>;

enum class InvitationPurpose { invitation, recovery };
BOOST_DESCRIBE_ENUM(InvitationPurpose, invitation, recovery)

} // namespace splot

namespace splot::door {

struct InvitationToken {
    std::string token;
};
BOOST_DESCRIBE_STRUCT(InvitationToken, (), (token))

/// Whom the link is for. Looking does not use it up.
struct InvitationShown {
    InvitationPurpose purpose;
    Personal<std::string> name;
    std::string institution;
    std::optional<std::string> login; ///< absent: to be chosen
    Instant until;
    bool second_factor_required;
    PasskeyOffer passkey; ///< for whoever would rather have no password
};
BOOST_DESCRIBE_STRUCT(InvitationShown, (), (purpose, name, institution, login, until, second_factor_required, passkey))

/// Uses the link up. Either a password (then a second factor follows, in the session that the answer begins) or a
/// passkey, which is enough. A recovery replaces all factors that there were.
struct AcceptInvitation {
    std::string token;
    std::optional<std::string> login; ///< where none is there
    std::optional<Personal<std::string>> password;
    std::optional<NewPasskey> passkey;
    std::string device;
};
BOOST_DESCRIBE_STRUCT(AcceptInvitation, (), (token, login, password, passkey, device))

} // namespace splot::door

namespace splot::identity {

/// Invites somebody who has no way in yet: a person entered before, or a new one. An earlier link of theirs stops to
/// hold. The token is asked for by `identity.show_link`.
struct InvitePerson {
    static constexpr Method method{"identity.invite_person", Effect::writes, PerMinute{120},
                                   "an administrator; the head of the person's institution or one with its power of "
                                   "attorney (T-10)"};
    using Answer = Made;                      ///< the invitation, then the person
    std::optional<PersonId> person;           ///< or a new one:
    std::optional<InstitutionId> institution; ///< absent for a technical administrator, invited by another
    std::optional<Personal<std::string>> name;
    std::string post;
};
BOOST_DESCRIBE_STRUCT(InvitePerson, (), (person, institution, name, post))

struct Invitation {
    InvitationId id;
    InvitationPurpose purpose;
    Person person;
    PersonId made_by;
    Instant made_at;
    Instant until;
    std::optional<Instant> used_at;
    std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(Invitation, (), (id, purpose, person, made_by, made_at, until, used_at, revoked_at))

struct Invitations {
    std::vector<Invitation> invitations; ///< of the last 60 days, newest first
};
BOOST_DESCRIBE_STRUCT(Invitations, (), (invitations))

struct ListInvitations {
    static constexpr Method method{"identity.list_invitations", Effect::reads, PerMinute{60},
                                   "an administrator; whoever enters people of the institution"};
    using Answer = Invitations;
    std::optional<InstitutionId> institution; ///< absent: of all, for an administrator
};
BOOST_DESCRIBE_STRUCT(ListInvitations, (), (institution))

struct Link {
    Personal<std::string> token;
    std::string path; ///< `/zaproszenie#…` or `/odzyskanie#…`, after the hub's address
    Instant until;
};
BOOST_DESCRIBE_STRUCT(Link, (), (token, path, until))

/// The link, to be handed over. Only to whoever made it, and while it holds.
struct ShowLink {
    static constexpr Method method{"identity.show_link", Effect::reads, PerMinute{120}, "whoever made the invitation"};
    using Answer = Link;
    InvitationId invitation;
};
BOOST_DESCRIBE_STRUCT(ShowLink, (), (invitation))

struct RevokeInvitation {
    static constexpr Method method{"identity.revoke_invitation", Effect::writes, PerMinute{120},
                                   "an administrator; whoever enters people of the institution"};
    using Answer = Made;
    InvitationId invitation;
};
BOOST_DESCRIBE_STRUCT(RevokeInvitation, (), (invitation))

/// Somebody cannot get in any more. A second person has to agree within 24 hours; nothing changes before.
struct StartRecovery {
    static constexpr Method method{"identity.start_recovery", Effect::writes, PerMinute{30},
                                   "whoever enters people of the person's institution; an administrator", Level::fresh};
    using Answer = Made; ///< the recovery
    PersonId person;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(StartRecovery, (), (person, reason))

/// The second person agrees: every session of the account ends, and a link is there for `identity.show_link`. Two
/// administrators are enough only for the account of a third one.
struct ConfirmRecovery {
    static constexpr Method method{"identity.confirm_recovery", Effect::writes, PerMinute{30},
                                   "somebody else who enters people of the institution, its contact person, or an "
                                   "administrator",
                                   Level::fresh};
    using Answer = Made; ///< the invitation that carries the link
    RecoveryId recovery;
};
BOOST_DESCRIBE_STRUCT(ConfirmRecovery, (), (recovery))

struct Recovery {
    RecoveryId id;
    Person person;
    PersonId started_by;
    Instant started_at;
    std::string reason;
    Instant until;
};
BOOST_DESCRIBE_STRUCT(Recovery, (), (id, person, started_by, started_at, reason, until))

struct Recoveries {
    std::vector<Recovery> recoveries; ///< that wait for a second person
};
BOOST_DESCRIBE_STRUCT(Recoveries, (), (recoveries))

struct ListRecoveries {
    static constexpr Method method{"identity.list_recoveries", Effect::reads, PerMinute{60},
                                   "whoever may confirm in the institution; an administrator"};
    using Answer = Recoveries;
    std::optional<InstitutionId> institution; ///< absent: of all, for an administrator
};
BOOST_DESCRIBE_STRUCT(ListRecoveries, (), (institution))

} // namespace splot::identity
