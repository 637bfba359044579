#include "tests/storage/small_house.h"

namespace splot::storage {

namespace house {

std::string uuid(int number) {
    const std::string digits = std::to_string(number);
    return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

} // namespace house

namespace {

/// `:NN` stands for the id NN, `@` for the day on which everything began.
std::string with_ids(std::string sql) {
    std::string out;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        const bool is_id =
            sql[i] == ':' && i + 1 < sql.size() && std::isdigit(sql[i + 1]) && (i == 0 || sql[i - 1] != ':');
        if (sql[i] == '@') {
            out += "'2026-01-01T08:00:00Z'";
        } else if (is_id) {
            std::size_t used = 0;
            const int number = std::stoi(sql.substr(i + 1), &used);
            out += "'" + house::uuid(number) + "'";
            i += used;
        } else {
            out += sql[i];
        }
    }
    return out;
}

constexpr const char* all_rows = R"(
INSERT INTO lane (scope, scope_id, kind, list_id, labels) VALUES
  ('institution', :11, 'institution', NULL, 1), ('institution', :12, 'institution', NULL, 1),
  ('team', :21, 'all', NULL, 1), ('team', :21, 'listed', :32, 1);
INSERT INTO label (lane_id, number) SELECT id, 1 FROM lane ORDER BY id;
INSERT INTO stream (id, kind, last_at) VALUES
  (:31, 'channel', @), (:32, 'channel', @), (:33, 'channel', @), (:21, 'team', @), (:11, 'institution', @);
INSERT INTO institution (id, name, short_name, kind, town, label_id) VALUES
  (:11, 'Urząd Pracy', 'UP', 'labour_office', 'Podgórze', 1), (:12, 'Ośrodek', 'OPS', 'welfare_centre', 'Podgórze', 2);
INSERT INTO person (id, name, institution_id) VALUES
  (:1, 'Nina', :11), (:2, 'Iza', :11), (:3, 'Beata', :12), (:4, 'Nowa', :11),
  (:5, 'Technik', NULL);
INSERT INTO account (person_id, login, card) VALUES (:1, 'nina', 'Karta'), (:2, 'iza', ''), (:3, 'beata', '');
INSERT INTO device (id, person_id, name, token_hash, signed_in_at, last_used_at, until) VALUES
  (:71, :1, 'laptop', '\x71', @, @, '2027-01-01'), (:72, :3, 'laptop', '\x72', @, @, '2027-01-01');
INSERT INTO account (person_id, login, administrator) VALUES (:5, 'technik', true);
INSERT INTO person (id, name, institution_id) VALUES (:6, 'Dawna', :11);
INSERT INTO account (person_id, login, closed_at) VALUES (:6, 'dawna', @);
INSERT INTO remembered_device (id, person_id, name, token_hash, made_at, last_used_at, factor_at, until) VALUES
  (:75, :1, 'biuro', '\x75', @, @, @, '2027-01-01'), (:76, :1, 'dom', '\x76', @, @, @, '2027-01-01');
INSERT INTO device (id, person_id, name, token_hash, signed_in_at, last_used_at, until, level, idle_minutes, locked_at) VALUES
  (:77, :1, 'drugi', '\x77', @, @, '2027-01-01', 'first', 30, NULL),
  (:78, :1, 'trzeci', '\x78', @, @, '2027-01-01', 'full', 30, @);
INSERT INTO totp VALUES (:1, '\x01', @, 5);
INSERT INTO spare_code VALUES (:1, 'code_card', '\x01', NULL);
INSERT INTO passkey VALUES (:95, :1, '\x95', -7, '\x01', 'splot', 3, 'telefon', @, NULL);
INSERT INTO pin VALUES (:1, '\x01', @);
INSERT INTO factor_offer VALUES (:71, 'totp', '\x01', '2027-01-01');
INSERT INTO sign_in_attempt VALUES ('\x96', '\x97', :1, true, 0, 'laptop', '2027-01-01'),
  ('\x99', '\x98', NULL, false, 0, 'laptop', '2026-01-01');
INSERT INTO sign_in_failure VALUES ('\x97', 3, @, @);
INSERT INTO used_challenge VALUES ('\x98', '2026-01-01');
INSERT INTO invitation VALUES (:97, 'invitation', :4, '\x97', :2, @, '2027-01-01', NULL, NULL);
INSERT INTO recovery VALUES (:98, :4, :2, @, 'telefon zginął', '2027-01-01', NULL, NULL, NULL);
INSERT INTO setup_code (code_hash) VALUES ('\x01');
INSERT INTO team (id, name, kind, variant, lead_institution, label_id)
  VALUES (:21, 'Partnerstwo', 'partnership', 'service_partnership', :11, 3);
INSERT INTO membership (team_id, institution_id, mode, from_at) VALUES (:21, :11, 'active', @);
INSERT INTO mandate (id, person_id, institution_id, team_id, role, act, from_at) VALUES
  (:41, :1, :11, :21, 'member', 'pismo', @), (:42, :2, :11, NULL, 'head', 'pismo', @),
  (:43, :3, :12, NULL, 'member', 'pismo', @);
INSERT INTO channel (id, stream, name, lane_id, label_id, team_id, key_id, made_at)
  SELECT s.id, s.key, n.name, n.lane, n.lane, :21, n.key, @
    FROM (VALUES (:31::uuid, 'Wszyscy', 3, NULL::uuid), (:32, 'Lista', 4, NULL), (:33, 'Koperta', 3, :91)) AS n(id, name, lane, key)
    JOIN stream s ON s.id = n.id;
INSERT INTO channel_member (channel_id, person_id, from_at) VALUES (:32, :1, @);
INSERT INTO topic (id, channel_id, name, label_id, at) VALUES (:51, :31, 'Temat', 3, @);
INSERT INTO message (id, channel_id, topic_id, number, label_id, at, person_id, mandate_id, institution_id, device_id,
                     request, request_check, mentions)
  VALUES (:61, :31, :51, 1, 3, @, :2, :42, :11, :71, :82, '\x00', ARRAY[:1]::uuid[]);
INSERT INTO message_revision (message_id, revision, label_id, message_at, at, person_id, mandate_id, institution_id, body)
  VALUES (:61, 1, 3, @, @, :2, :42, :11, 'dzień dobry');
INSERT INTO event (stream, number, kind, object, revision, label_id, at, person_id, mandate_id, institution_id)
  SELECT key, 1, 'message_posted', :61, 1, 3, @, :2, :42, :11 FROM stream WHERE id = :31;
UPDATE stream SET head = 1 WHERE id = :31;
INSERT INTO read_mark (person_id, channel_id, number) VALUES (:1, :31, 0);
INSERT INTO request (id, person_id, device_id, method, params_check, made, at)
  VALUES (:81, :1, :71, 'channels.create_topic', '\x00', ARRAY[:51]::uuid[], @);
)";

} // namespace

SmallHouse::SmallHouse() { script(*owner, with_ids(all_rows)); }

std::unique_ptr<Connection> SmallHouse::connect_as(const std::string& role) {
    auto as_role = options();
    as_role.role = role;
    return run(io, Connection::open(io, as_role));
}

std::int32_t SmallHouse::label(const std::string& name) {
    const std::vector<std::string> names{"office", "centre", "team", "listed"};
    return static_cast<std::int32_t>(std::ranges::find(names, name) - names.begin()) + 1;
}

std::int64_t SmallHouse::stream(int id) {
    return value<std::int64_t>("SELECT key FROM stream WHERE id = $1", house::id<Uuid>(id));
}

std::int64_t SmallHouse::epoch(int id) {
    return value<std::int64_t>("SELECT coalesce((SELECT value FROM access_epoch WHERE id = $1), 0)",
                               house::id<Uuid>(id));
}

} // namespace splot::storage
