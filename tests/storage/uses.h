#pragma once
#include <map>
#include <string>
#include <vector>

namespace splot::storage {

/// How the right one runs a statement: under which role, with which values. Values are SQL; `:NN` is the id NN.
struct Use {
    const char* role;
    std::vector<const char*> values;
};

inline constexpr const char *app = "splot_app", *log_role = "splot_log", *door = "splot_door", *owner_role = "";
inline constexpr const char *later = "'2026-02-01T08:00:00Z'::timestamptz",
                            *start = "'2026-01-01T08:00:00Z'::timestamptz";

using Uses = std::map<std::string, Use>;
Uses identity_uses();

} // namespace splot::storage
