#pragma once
#include "storage/postgres/connection.h"

namespace splot::storage {

/// For connections whose statements look a few rows up by an index, again and again: each is planned once for all
/// values. Left to itself the server plans statements with arrays anew at every call, which costs more than running
/// them. A plan that is kept must hold for every size: it reads no table that was small once from end to end, and where
/// there is a limit it walks the index in order; a bitmap would first gather everything that the limit leaves out.
void keep_plans(ConnectOptions& options);

} // namespace splot::storage
