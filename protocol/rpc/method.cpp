#include "protocol/rpc/method.h"

#include "protocol/enums.h"

namespace splot {

BOOST_DESCRIBE_ENUM(Effect, reads, looks, writes, appends, live)

std::string_view name_of(Effect effect) { return enum_text(effect); }

BOOST_DESCRIBE_ENUM(Level, nobody, known, enrolling, full, fresh, exporting)

std::string_view name_of(Level level) { return enum_text(level); }

} // namespace splot
