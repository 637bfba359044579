#include "clients/cli/names.h"

#include "clients/cli/utf8.h"

#include <algorithm>

namespace splot::cli {
namespace {

// Letters without their marks, U+00C0…U+00FF and U+0100…U+017F.
constexpr std::string_view latin_1 = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy";
constexpr std::string_view latin_a =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrsssssssstttttt"
    "uuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin_1.size() == 0x40 && latin_a.size() == 0x80);

char32_t folded(char32_t c) {
    if (c >= 'A' && c <= 'Z') return c + 32;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return c;
    if (c < 0xC0) return ' ';
    if (c < 0x100) return static_cast<char32_t>(latin_1[c - 0xC0]);
    if (c < 0x180) return static_cast<char32_t>(latin_a[c - 0x100]);
    return c >= 0x2000 && c < 0x2070 ? U' ' : c; // dashes, quotes, spaces
}

/// `name` is folded; so is `query`.
bool words_begin(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const auto word = query.substr(0, query.find(' '));
        while (!name.empty() && !name.starts_with(word)) {
            const auto space = name.find(' ');
            name = space == std::string_view::npos ? std::string_view() : name.substr(space + 1);
        }
        if (name.empty()) return false;
        const auto space = name.find(' ');
        name = space == std::string_view::npos ? std::string_view() : name.substr(space + 1);
        query = word.size() == query.size() ? std::string_view() : query.substr(word.size() + 1);
    }
    return true;
}

Fit fit_folded(std::string_view query, std::string_view name) {
    if (query.empty()) return Fit::not_at_all;
    if (query == name) return Fit::same;
    if (name.starts_with(query)) return Fit::begins;
    if (words_begin(query, name)) return Fit::words_begin;
    return name.find(query) != std::string_view::npos ? Fit::within : Fit::not_at_all;
}

/// The best of all ways to read the query for this candidate.
Fit fit_candidate(std::string_view query, const Candidate& candidate) {
    if (!candidate.id.empty() && query == candidate.id) return Fit::same;
    Fit best = Fit::not_at_all;
    for (const auto& name : candidate.names) {
        best = std::min(best, splot::cli::fit(query, name));
        if (candidate.within.empty()) continue;
        for (auto slash = query.find('/'); slash != std::string_view::npos; slash = query.find('/', slash + 1)) {
            const Fit left = fit(query.substr(0, slash), candidate.within);
            best = std::min(best, std::max(left, fit(query.substr(slash + 1), name)));
        }
    }
    return best;
}

} // namespace

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const char32_t c = folded(take_character(text));
        if (c != ' ')
            add_character(out, c);
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

Fit fit(std::string_view query, std::string_view name) { return fit_folded(fold(query), fold(name)); }

std::vector<std::size_t> best_fits(std::string_view query, const std::vector<Candidate>& candidates) {
    std::vector<std::size_t> best;
    Fit so_far = Fit::within;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const Fit now = fit_candidate(query, candidates[i]);
        if (now > so_far) continue;
        if (now < so_far) best.clear();
        so_far = now;
        best.push_back(i);
    }
    return best;
}

std::string short_id(const Uuid& id) {
    const auto text = id.text();
    return text.substr(text.size() - 6);
}

bool id_fits(const Uuid& id, std::string_view fragment) {
    const auto digits = [](std::string_view text) {
        std::string out;
        for (const char c : text)
            if (c != '-') out += c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
        return out;
    };
    const auto all = digits(id.text());
    const auto part = digits(fragment);
    return part.size() >= 4 && (all.starts_with(part) || all.ends_with(part));
}

std::vector<std::size_t> mentioned(std::string_view text, const std::vector<std::string>& names) {
    std::vector<std::size_t> found;
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        const auto rest = fold(text.substr(at + 1, 200)) + ' ';
        std::size_t longest = 0;
        std::size_t who = names.size();
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto name = fold(names[i]) + ' ';
            if (name.size() <= 1 || name.size() <= longest || !rest.starts_with(name)) continue;
            longest = name.size();
            who = i;
        }
        if (who != names.size() && std::ranges::find(found, who) == found.end()) found.push_back(who);
    }
    return found;
}

} // namespace splot::cli
