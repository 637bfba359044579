#include "storage/postgres/errors.h"

#include <libpq-fe.h>

namespace splot::storage {
namespace {

std::string diagnosis(const pg_result* result, int field) {
    const char* text = PQresultErrorField(result, field);
    return text ? text : "";
}

/// Messages about our own text and the server's state. Those about data (22, 23) and raised by our triggers (P0) may
/// quote values, so they are left out.
bool says_no_value(std::string_view sqlstate) {
    for (const std::string_view safe : {"25", "28", "3D", "40", "42", "53", "55", "57", "58"})
        if (sqlstate.starts_with(safe)) return true;
    return false;
}

std::string describe(const pg_result* result, const char* query) {
    const std::string sqlstate = diagnosis(result, PG_DIAG_SQLSTATE);
    std::string text = std::string(query) + ": sqlstate " + sqlstate;
    if (const auto name = diagnosis(result, PG_DIAG_CONSTRAINT_NAME); !name.empty()) text += ", constraint " + name;
    if (const auto name = diagnosis(result, PG_DIAG_TABLE_NAME); !name.empty()) text += ", table " + name;
    if (says_no_value(sqlstate)) text += ": " + diagnosis(result, PG_DIAG_MESSAGE_PRIMARY);
    return text;
}

} // namespace

DatabaseError::DatabaseError(const pg_result* result, const char* query) :
    std::runtime_error(describe(result, query)), sqlstate_(diagnosis(result, PG_DIAG_SQLSTATE)),
    constraint_(diagnosis(result, PG_DIAG_CONSTRAINT_NAME)), table_(diagnosis(result, PG_DIAG_TABLE_NAME)),
    query_(query) {}

DatabaseError::DatabaseError(std::string sqlstate, const char* query, const std::string& why) :
    std::runtime_error(std::string(query) + ": sqlstate " + sqlstate + ": " + why), sqlstate_(std::move(sqlstate)),
    query_(query) {}

bool DatabaseError::is_out_of_resources() const {
    return sqlstate_.starts_with("53") || sqlstate_.starts_with("58") || sqlstate_ == "25006";
}

Rule DatabaseError::violated_rule() const {
    const auto prefix = std::string_view(constraint_).substr(0, constraint_.find('_'));
    const auto digits = prefix.find_first_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos) return Rule::find("");
    std::string number;
    for (const char letter : prefix.substr(0, digits))
        number += static_cast<char>(letter - 'a' + 'A');
    number += '-';
    number += prefix.substr(digits);
    return Rule::find(number);
}

} // namespace splot::storage
