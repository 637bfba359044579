#pragma once
#include "storage/postgres/binary.h"

#include <array>
#include <memory>

struct pg_result;

namespace splot::storage {

class Row;

/// What one statement gave. Values stay in libpq's buffer until they are read.
class ResultSet {
public:
    ResultSet() = default;
    ResultSet(pg_result* result, const char* query);

    int size() const;
    bool empty() const { return size() == 0; }
    Row operator[](int row) const;
    /// Rows inserted, updated, deleted or selected.
    std::int64_t affected() const;

    /// The column of that name; throws MisfitError when there is none.
    int column(const char* name) const;
    Oid type(int column) const;
    std::optional<std::string_view> bytes(int row, int column) const;
    [[noreturn]] void misfit(int column, const char* why) const;

private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Clear> result_;
    const char* query_ = "";
};

namespace detail {

template <class T> void check_column(const ResultSet& set, int column) {
    if (!Binary<typename binary::Nullable<T>::type>::reads(set.type(column)))
        set.misfit(column, "has another type than its C++ member");
}

/// The column's type was checked.
template <class T> T read_cell(const ResultSet& set, int row, int column) {
    using Value = typename binary::Nullable<T>::type;
    const auto bytes = set.bytes(row, column);
    if (bytes) return Binary<Value>::get(*bytes, set.type(column));
    if constexpr (binary::Nullable<T>::value)
        return std::nullopt;
    else
        set.misfit(column, "is NULL where its C++ member is not optional");
}

template <class T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

} // namespace detail

class Row {
public:
    Row(const ResultSet& set, int row) : set_(&set), row_(row) {}

    /// Throws MisfitError for an unknown column, another type, or NULL where T is not optional.
    template <class T> T get(const char* column) const { return get<T>(set_->column(column)); }
    template <class T> T get(int column) const {
        detail::check_column<T>(*set_, column);
        return detail::read_cell<T>(*set_, row_, column);
    }

private:
    const ResultSet* set_;
    int row_;
};

/// Reads rows of one result as T: a described struct takes the columns named as its members (others are ignored),
/// anything else takes the only column. Columns and their types are looked up and checked once.
template <class T> class RowReader {
public:
    explicit RowReader(const ResultSet& set) : set_(set) { detail::check_column<T>(set, 0); }
    T operator()(int row) const { return detail::read_cell<T>(set_, row, 0); }

private:
    const ResultSet& set_;
};

template <detail::DescribedStruct T> class RowReader<T> {
public:
    explicit RowReader(const ResultSet& set) : set_(set) {
        std::size_t at = 0;
        boost::mp11::mp_for_each<detail::Members<T>>([&](auto member) {
            using Member = std::remove_reference_t<decltype(std::declval<T&>().*member.pointer)>;
            columns_[at] = set.column(member.name);
            detail::check_column<Member>(set, columns_[at++]);
        });
    }
    T operator()(int row) const {
        T value{};
        std::size_t at = 0;
        boost::mp11::mp_for_each<detail::Members<T>>([&](auto member) {
            using Member = std::remove_reference_t<decltype(value.*member.pointer)>;
            value.*member.pointer = detail::read_cell<Member>(set_, row, columns_[at++]);
        });
        return value;
    }

private:
    const ResultSet& set_;
    std::array<int, boost::mp11::mp_size<detail::Members<T>>::value> columns_{};
};

template <class T> std::vector<T> rows(const ResultSet& set) {
    const RowReader<T> reader(set);
    std::vector<T> values;
    values.reserve(static_cast<std::size_t>(set.size()));
    for (int row = 0; row < set.size(); ++row)
        values.push_back(reader(row));
    return values;
}

/// The only row, or nothing; more than one row is a MisfitError.
template <class T> std::optional<T> maybe(const ResultSet& set) {
    const RowReader<T> reader(set);
    if (set.empty()) return std::nullopt;
    if (set.size() > 1) throw MisfitError("a statement gave several rows where at most one was expected");
    return reader(0);
}

/// The only row; any other number of rows is a MisfitError.
template <class T> T one(const ResultSet& set) {
    auto value = maybe<T>(set);
    if (!value) throw MisfitError("a statement gave no row where one was expected");
    return *std::move(value);
}

} // namespace splot::storage
