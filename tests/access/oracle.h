#pragma once
#include "hub/access/decide.h"

#include <string>

/// A second opinion on every decision: slow and plain, written from the rules and
/// hub/access/README.md with sets and loops. It shares no code with what it checks.
namespace splot::access::oracle {

struct Opinion {
    std::string gate; ///< "open", or the last gate that any of the mandates came to
    Instant since{};  ///< where it is open
    bool operator==(const Opinion&) const = default;
};

Opinion about(const Actor& actor, Action action, const LaneFact& lane, const Label& label, const Facts& facts,
              Instant now);
Opinion about_institution(const Actor& actor, Action action, InstitutionId institution, const Facts& facts,
                          Instant now);

} // namespace splot::access::oracle
