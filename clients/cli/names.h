#pragma once
#include "protocol/ids.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Finding things by what people call them.
namespace splot::cli {

/// For comparing: small letters, no diacritics, punctuation as spaces, one space between words.
std::string fold(std::string_view text);

/// How well a query fits a name; a smaller one is better.
enum class Fit { same, begins, words_begin, within, not_at_all };
/// `words_begin`: each word of the query begins a word of the name, in the same order ("zes pzk" fits "Zespół PZK").
Fit fit(std::string_view query, std::string_view name);

/// One thing and all that it may be called by.
struct Candidate {
    std::vector<std::string> names;
    std::string id = {};     ///< text of a UUID; the query may be it
    std::string within = {}; ///< what it is part of: `within/name` is a name too
};
/// The places of the candidates that fit best, all equally well; none when none fits.
std::vector<std::size_t> best_fits(std::string_view query, const std::vector<Candidate>& candidates);

/// The last six hexadecimal digits: how messages and mandates are shown (the first ones are time and so alike).
std::string short_id(const Uuid& id);
/// Is `fragment` the beginning or the end of the id, at least four hexadecimal digits, hyphens left out or not?
bool id_fits(const Uuid& id, std::string_view fragment);
template <class Tag> std::string short_id(Id<Tag> id) { return short_id(id.value); }
template <class Tag> bool id_fits(Id<Tag> id, std::string_view fragment) { return id_fits(id.value, fragment); }

/// The places (of `names`) that are mentioned in the text as @Imię Nazwisko; a longer name wins over a shorter one.
std::vector<std::size_t> mentioned(std::string_view text, const std::vector<std::string>& names);

} // namespace splot::cli
