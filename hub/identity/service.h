#pragma once
#include "hub/identity/keeper.h"
#include "hub/identity/people.h"
#include "hub/rpc/dispatcher.h"
#include "protocol/identity/accounts.h"
#include "protocol/identity/factors.h"
#include "protocol/identity/invitations.h"
#include "protocol/identity/methods.h"

/// People, their devices and factors, and the first answer of a session. Who may call: protocol/identity/*.h.
namespace splot::identity {

Async<Result<Nothing>> authenticate(Call& call, Tickets& tickets, Authenticate ask);
Async<Result<Started>> start(Call& call, Start ask);
Async<Result<Made>> create_person(Call& call, Passwords& passwords, CreatePerson ask);
Async<Result<Made>> change_password(Call& call, Keeper& keeper, ChangePassword ask);
Async<Result<Devices>> list_devices(Call& call, ListDevices ask);
Async<Result<Made>> sign_out_device(Call& call, SignOutDevice ask);
Async<Result<Made>> sign_out_others(Call& call, SignOutOthers ask);
Async<Result<Made>> forget_device(Call& call, ForgetDevice ask);
Async<Result<Nothing>> touch(Call& call, Touch ask);

Async<Result<MyFactors>> list_factors(Call& call, const Keeper& keeper, ListFactors ask);
Async<Result<Made>> remove_factor(Call& call, const Keeper& keeper, RemoveFactor ask);
Async<Result<Made>> set_pin(Call& call, const Keeper& keeper, SetPin ask);

Async<Result<Made>> invite_person(Call& call, Keeper& keeper, InvitePerson ask);
Async<Result<Invitations>> list_invitations(Call& call, ListInvitations ask);
Async<Result<Link>> show_link(Call& call, const Keeper& keeper, ShowLink ask);
Async<Result<Made>> revoke_invitation(Call& call, RevokeInvitation ask);
Async<Result<Made>> start_recovery(Call& call, StartRecovery ask);
Async<Result<Made>> confirm_recovery(Call& call, const Keeper& keeper, ConfirmRecovery ask);
Async<Result<Recoveries>> list_recoveries(Call& call, ListRecoveries ask);

Async<Result<Accounts>> list_accounts(Call& call, ListAccounts ask);
Async<Result<Made>> close_account(Call& call, CloseAccount ask);
Async<Result<Made>> reopen_account(Call& call, ReopenAccount ask);
Async<Result<Made>> make_administrator(Call& call, MakeAdministrator ask);
Async<Result<Made>> remove_administrator(Call& call, RemoveAdministrator ask);

void add_handlers(Dispatcher& dispatcher, Keeper& keeper);

} // namespace splot::identity
