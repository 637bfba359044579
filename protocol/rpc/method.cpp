#include "protocol/rpc/method.h"

#include "protocol/enums.h"

namespace splot {

BOOST_DESCRIBE_ENUM(Effect, reads, looks, writes, appends, live)

std::string_view name_of(Effect effect) { return enum_text(effect); }

} // namespace splot
