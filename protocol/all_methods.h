#pragma once
#include "protocol/access/methods.h"
#include "protocol/channels/events.h"
#include "protocol/channels/methods.h"
#include "protocol/identity/accounts.h"
#include "protocol/identity/factors.h"
#include "protocol/identity/invitations.h"
#include "protocol/identity/methods.h"
#include "protocol/rpc/registry.h"
#include "protocol/streams/methods.h"
#include "protocol/teams/events.h"
#include "protocol/teams/methods.h"

namespace splot {

/// Everything a client may call.
using AllMethods =
    MethodList<identity::Authenticate, identity::Start, identity::CreatePerson, identity::ChangePassword,
               identity::ListDevices, identity::SignOutDevice, identity::SignOutOthers, identity::ForgetDevice,
               identity::ListFactors, identity::RemoveFactor, identity::SetPin, identity::Touch, identity::InvitePerson,
               identity::ListInvitations, identity::ShowLink, identity::RevokeInvitation, identity::StartRecovery,
               identity::ConfirmRecovery, identity::ListRecoveries, identity::ListAccounts, identity::CloseAccount,
               identity::ReopenAccount, identity::MakeAdministrator, identity::RemoveAdministrator,
               teams::CreateInstitution, teams::CreateTeam, teams::AdmitInstitution, teams::GiveMandate,
               teams::EndMandate, teams::ShowTeam, teams::ListInstitutions, teams::ListPeople, teams::ShowRoles,
               channels::CreateChannel, channels::AddMember, channels::RemoveMember, channels::CreateTopic,
               channels::PostMessage, channels::EditMessage, channels::DeleteMessage, channels::ListMessages,
               channels::ListRevisions, channels::MarkRead, channels::Typing, channels::DestroyKey, streams::Open,
               streams::Resume, streams::Close, streams::Sync, access::Explain>;

/// Everything a stream may tell.
using AllEvents =
    MethodList<channels::TopicCreated, channels::MessagePosted, channels::MessageEdited, channels::MessageDeleted,
               channels::ChannelMemberAdded, channels::ChannelMemberRemoved, channels::ChannelKeyDestroyed,
               teams::InstitutionAdmitted, teams::MandateGiven, teams::MandateEnded, teams::ChannelCreated>;

/// What the hub says without being asked, beside events.
using AllNotices =
    MethodList<streams::Whisper, streams::Wipe, streams::Widened, streams::Resync, streams::Drain, streams::Ended>;

} // namespace splot
