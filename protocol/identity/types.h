#pragma once
#include "protocol/ids.h"
#include "protocol/personal.h"
#include "protocol/time.h"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace splot {

/// A human being as colleagues see them.
struct Person {
    PersonId id;
    Personal<std::string> name;
    std::string post; ///< "pracownik socjalny"; may be empty
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, name, post))

/// How somebody's answer came in when another person entered it (E-02).
enum class Way { telephone, paper, in_person };
BOOST_DESCRIBE_ENUM(Way, telephone, paper, in_person)

/// Who did a thing and on whose behalf (T-08); `entered_by` when somebody else typed it in (E-02).
struct Author {
    PersonId person;
    MandateId mandate;
    InstitutionId institution;
    std::optional<PersonId> entered_by;
    std::optional<Way> way;

    bool operator==(const Author&) const = default;
};
BOOST_DESCRIBE_STRUCT(Author, (), (person, mandate, institution, entered_by, way))

using RememberedId = Id<struct RememberedTag>;

/// How far a session came: `first` may only enrol a second factor.
enum class SessionLevel { first, full };
BOOST_DESCRIBE_ENUM(SessionLevel, first, full)

/// One browser or program that a person signed in with.
struct Device {
    DeviceId id;
    std::string name;
    Instant signed_in_at;
    Instant last_used_at;
    bool current;
    SessionLevel level;
    bool locked;
    bool remembered; ///< asks for the second factor once a day
};
BOOST_DESCRIBE_STRUCT(Device, (), (id, name, signed_in_at, last_used_at, current, level, locked, remembered))

/// The answer of every writing method: ids of what was made (or changed), and the place of the event that tells of it
/// in its stream. The content itself comes by that event.
struct Made {
    std::vector<Uuid> made;
    std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(Made, (), (made, cursor))

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

} // namespace splot
