#pragma once
#include "protocol/channels/types.h"
#include "protocol/rpc/method.h"
#include "protocol/streams/types.h"
#include "protocol/teams/types.h"

namespace splot::identity {

/// A channel in the first answer: where its stream stands and what waits there.
struct ChannelState {
    Channel channel;
    std::string cursor;              ///< the newest event at the moment of the answer
    std::optional<std::string> read; ///< the person's read mark
    std::int32_t unread;             ///< readable messages after it, at most 1000
    std::int32_t mentions;           ///< those of them that name the person
};
BOOST_DESCRIBE_STRUCT(ChannelState, (), (channel, cursor, read, unread, mentions))

struct StreamHead {
    StreamId stream;
    std::string cursor;
};
BOOST_DESCRIBE_STRUCT(StreamHead, (), (stream, cursor))

/// All that a first screen needs. Streams named here (channels that are not sealed, teams, institutions, inbox) are
/// open from this moment: their events follow.
struct Started {
    Instant now; ///< the hub's clock: request ids are made by it
    Person person;
    DeviceId device;
    bool administrator;
    bool demonstration;
    std::vector<Mandate> mandates; ///< the person's own, valid now
    std::vector<Institution> institutions;
    std::vector<Team> teams;
    std::vector<Membership> memberships;
    std::vector<Mandate> colleagues; ///< mandates of others in the same teams and institutions
    std::vector<Person> people;
    std::vector<ChannelState> channels;
    std::vector<StreamHead> streams; ///< of teams, institutions and the inbox
    std::vector<PersonId> present;   ///< who of them is here now
};
BOOST_DESCRIBE_STRUCT(Started, (),
                      (now, person, device, administrator, demonstration, mandates, institutions, teams, memberships,
                       colleagues, people, channels, streams, present))

/// The first frame on a socket, within 5 seconds, with a ticket of POST /session/ticket. Problems: unauthenticated.
struct Authenticate {
    static constexpr Method method{"session.authenticate", Effect::live, PerMinute{5}, "the holder of a ticket",
                                   Level::nobody};
    using Answer = Nothing;
    std::string ticket;
};
BOOST_DESCRIBE_STRUCT(Authenticate, (), (ticket))

struct Start {
    static constexpr Method method{"session.start", Effect::reads, PerMinute{30}, "anybody signed in"};
    using Answer = Started;
};
BOOST_DESCRIBE_STRUCT(Start, (), ())

struct CreatePerson {
    static constexpr Method method{"identity.create_person", Effect::writes, PerMinute{120},
                                   "an administrator; the head of the institution that the person will act for (T-10)"};
    using Answer = Made;       ///< the person
    InstitutionId institution; ///< the person is entered under it; a mandate is a further act
    Personal<std::string> name;
    std::string post;
    std::optional<std::string> login;              ///< absent: exists without signing in (E-02)
    std::optional<Personal<std::string>> password; ///< for set-up; people are invited (identity.invite_person)
};
BOOST_DESCRIBE_STRUCT(CreatePerson, (), (institution, name, post, login, password))

/// The old password, or a fresh session. A password that rested after too many wrong ones works again.
struct ChangePassword {
    static constexpr Method method{"identity.change_password", Effect::writes, PerMinute{5}, "the person themselves"};
    using Answer = Made;
    std::optional<Personal<std::string>> old_password;
    Personal<std::string> new_password; ///< at least 8 characters
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (old_password, new_password))

/// An office device on which the second factor is asked for once a day, signed in or not.
struct RememberedDevice {
    RememberedId id;
    std::string name;
    Instant made_at;
    Instant last_used_at;
    Instant until;
    bool current;
};
BOOST_DESCRIBE_STRUCT(RememberedDevice, (), (id, name, made_at, last_used_at, until, current))

struct Devices {
    std::vector<Device> devices;
    std::vector<RememberedDevice> remembered;
};
BOOST_DESCRIBE_STRUCT(Devices, (), (devices, remembered))

struct ListDevices {
    static constexpr Method method{"identity.list_devices", Effect::reads, PerMinute{60}, "the person themselves"};
    using Answer = Devices;
};
BOOST_DESCRIBE_STRUCT(ListDevices, (), ())

struct SignOutDevice {
    static constexpr Method method{"identity.sign_out_device", Effect::writes, PerMinute{60}, "the person themselves"};
    using Answer = Made;
    DeviceId device;
};
BOOST_DESCRIBE_STRUCT(SignOutDevice, (), (device))

/// Every session but this one ends, and no other device is remembered.
struct SignOutOthers {
    static constexpr Method method{"identity.sign_out_others", Effect::writes, PerMinute{10}, "the person themselves"};
    using Answer = Made; ///< the devices
};
BOOST_DESCRIBE_STRUCT(SignOutOthers, (), ())

/// The next sign-in there asks for a second factor again.
struct ForgetDevice {
    static constexpr Method method{"identity.forget_device", Effect::writes, PerMinute{60}, "the person themselves"};
    using Answer = Made;
    RememberedId remembered;
};
BOOST_DESCRIBE_STRUCT(ForgetDevice, (), (remembered))

} // namespace splot::identity
