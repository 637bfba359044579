#pragma once
#include "hub/identity/people.h"
#include "hub/identity/tickets.h"
#include "hub/rpc/dispatcher.h"
#include "protocol/identity/methods.h"

/// People, their devices, and the first answer of a session. Who may call: protocol/identity/methods.h.
namespace splot::identity {

Async<Result<Nothing>> authenticate(Call& call, Tickets& tickets, Authenticate ask);
Async<Result<Started>> start(Call& call, Start ask);
Async<Result<Made>> create_person(Call& call, Passwords& passwords, CreatePerson ask);
Async<Result<Made>> change_password(Call& call, Passwords& passwords, ChangePassword ask);
Async<Result<Devices>> list_devices(Call& call, ListDevices ask);
Async<Result<Made>> sign_out_device(Call& call, SignOutDevice ask);

void add_handlers(Dispatcher& dispatcher, Tickets& tickets, Passwords& passwords);

} // namespace splot::identity
