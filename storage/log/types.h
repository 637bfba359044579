#pragma once
#include "protocol/identity/types.h"
#include "protocol/ids.h"
#include "protocol/time.h"
#include "storage/access/facts.h"

#include <boost/describe.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace splot::storage::log {

/// An event about to be written: its stream, what happened to which object, and who may hear of it.
struct Draft {
    std::int64_t stream = 0;
    std::string kind;
    Uuid object;
    std::optional<std::int32_t> revision;
    std::optional<Uuid> subject; ///< a second object: the person put on a list
    std::int32_t label = 0;
};

/// The number and time that an event got. Time never runs back within a stream.
struct Numbered {
    std::int64_t number;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(Numbered, (), (number, at))

/// An event as the log keeps it: without text.
struct Logged {
    std::int64_t stream;
    std::int64_t number;
    std::string kind;
    Uuid object;
    std::optional<std::int32_t> revision;
    std::optional<Uuid> subject;
    std::int32_t label;
    Instant at;
    PersonId person;
    MandateId mandate;
    InstitutionId institution;
    std::optional<PersonId> entered_by;
    std::optional<Way> way;
    std::optional<RequestId> request;

    Author author() const { return {person, mandate, institution, entered_by, way}; }
};
BOOST_DESCRIBE_STRUCT(Logged, (),
                      (stream, number, kind, object, revision, subject, label, at, person, mandate, institution,
                       entered_by, way, request))

struct Head {
    std::int64_t key;
    StreamId id;
    std::int64_t head;
};
BOOST_DESCRIBE_STRUCT(Head, (), (key, id, head))

/// Where a reader stands: everything after `after`, up to `upto`.
struct Range {
    std::int64_t stream;
    std::int64_t after;
    std::int64_t upto;
};

/// What an earlier call with the same id made.
struct KnownRequest {
    std::string method;
    std::vector<std::byte> params_check;
    std::vector<Uuid> made;
};
BOOST_DESCRIBE_STRUCT(KnownRequest, (), (method, params_check, made))

/// One row of a chain. `ground` is a fixed form without names: gates, labels, mandates.
struct AuditRow {
    Uuid chain;
    Instant at;
    PersonId person;
    std::optional<MandateId> mandate;
    std::optional<DeviceId> device;
    std::string act;
    std::optional<Uuid> object;
    std::string ground;
};

} // namespace splot::storage::log
