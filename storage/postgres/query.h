#pragma once

namespace splot::storage {

/// One statement of a slice's queries.sql; the constants are generated (storage/<slice>/sql.h).
/// The name is unique in the house: a connection prepares each name once.
struct Query {
    const char* name;
    const char* text;
};

} // namespace splot::storage
