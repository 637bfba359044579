#include "storage/postgres/result.h"

#include <libpq-fe.h>

#include <cstdlib>

namespace splot::storage {

void ResultSet::Clear::operator()(pg_result* result) const { PQclear(result); }

ResultSet::ResultSet(pg_result* result, const char* query) : result_(result), query_(query) {}

int ResultSet::size() const { return PQntuples(result_.get()); }

Row ResultSet::operator[](int row) const {
    if (row < 0 || row >= size()) throw MisfitError(std::string(query_) + ": there is no such row");
    return Row(*this, row);
}

std::int64_t ResultSet::affected() const { return result_ ? std::strtoll(PQcmdTuples(result_.get()), nullptr, 10) : 0; }

int ResultSet::column(const char* name) const {
    const int column = PQfnumber(result_.get(), name);
    if (column < 0) throw MisfitError(std::string(query_) + " gives no column \"" + name + "\"");
    return column;
}

Oid ResultSet::type(int column) const {
    if (column < 0 || column >= PQnfields(result_.get()))
        throw MisfitError(std::string(query_) + " has no column of that number");
    return PQftype(result_.get(), column);
}

std::optional<std::string_view> ResultSet::bytes(int row, int column) const {
    if (PQgetisnull(result_.get(), row, column)) return std::nullopt;
    return std::string_view(PQgetvalue(result_.get(), row, column),
                            static_cast<std::size_t>(PQgetlength(result_.get(), row, column)));
}

void ResultSet::misfit(int column, const char* why) const {
    throw MisfitError(std::string(query_) + ": column \"" + PQfname(result_.get(), column) + "\" " + why);
}

} // namespace splot::storage
