// The audit's chains: what was put in follows row from row, and any doctoring is found.
#include "tests/storage/log_fixture.h"

#include "hub/access/kernel.h"
#include "storage/log/chain.h"

#include <functional>

namespace splot::storage {
namespace {

using house::id;
using testing::SizeIs;

const auto chain_id = id<Uuid>(house::sealed_channel), other_chain = id<Uuid>(house::team);

log::AuditRow row(std::string act, Uuid chain = chain_id) {
    return {chain,
            *parse_instant("2026-02-01T08:00:00.123456Z"),
            id<PersonId>(house::nina),
            id<MandateId>(house::ninas_mandate),
            id<DeviceId>(house::ninas_device),
            std::move(act),
            id<Uuid>(house::message),
            "mandate"};
}

class LogAudit : public LogTest {
protected:
    LogAudit() { writer.start(); }
    ~LogAudit() override { pool.close(); }

    bool audit(std::vector<log::AuditRow> rows) { return run(io, writer.audit(io, std::move(rows))); }
    log::Chain read(Uuid which = chain_id) { return run(io, log::read_chain(pool, GrantMaker::pass(), which)); }

    log::Writer writer{log_options()};
    Pool pool{io, log_options()};
};

TEST_F(LogAudit, A67_rows_follow_one_another_in_each_chain) {
    EXPECT_TRUE(audit({row("opened"), row("read"), row("opened", other_chain)}));
    EXPECT_TRUE(audit({row("closed")}));
    const auto chain = read();
    ASSERT_THAT(chain.rows, SizeIs(3));
    EXPECT_EQ(chain.rows[2].act, "closed");
    EXPECT_EQ(log::first_broken(chain_id, chain), std::nullopt);
    EXPECT_EQ(log::first_broken(other_chain, read(other_chain)), std::nullopt);
    EXPECT_EQ(log::first_broken(id<Uuid>(98), read(id<Uuid>(98))), std::nullopt) << "no chain is whole";
}

TEST_F(LogAudit, A67_the_rows_of_a_message_are_stored_with_it_or_not_at_all) {
    auto stored = post();
    stored->audit = {row("posted")};
    EXPECT_EQ(append(writer, std::move(stored)).outcome, Outcome::made);
    auto refused = post();
    refused->audit = {row("refused")};
    refused->topic = id<TopicId>(99);
    EXPECT_EQ(append(writer, std::move(refused)).outcome, Outcome::refused);
    auto known = post("dzień dobry", 1001);
    known->audit = {row("again")};
    EXPECT_EQ(append(writer, std::move(known)).outcome, Outcome::known);
    const auto chain = read();
    ASSERT_THAT(chain.rows, SizeIs(1));
    EXPECT_EQ(chain.rows[0].act, "posted");
    EXPECT_EQ(log::first_broken(chain_id, chain), std::nullopt);
}

TEST_F(LogAudit, A67_two_hubs_in_one_chain_make_one_chain) {
    log::Writer other(log_options());
    other.start();
    for (int i = 0; i < 15; ++i)
        for (auto* one : {&writer, &other}) {
            auto item = post();
            item->audit = {row("posted"), row("posted", other_chain)};
            start(*one, std::move(item));
        }
    finish_all();
    EXPECT_THAT(read().rows, SizeIs(30));
    EXPECT_EQ(log::first_broken(chain_id, read()), std::nullopt);
    EXPECT_EQ(log::first_broken(other_chain, read(other_chain)), std::nullopt);
}

TEST_F(LogAudit, A67_every_kind_of_doctoring_is_found_where_it_was_done) {
    ASSERT_TRUE(audit({row("a"), row("b"), row("c"), row("d"), row("e")}));
    const auto whole = read();
    struct Doctoring {
        const char* what;
        std::function<void(log::Chain&)> make;
        std::int64_t found_at;
    };
    const auto at = [](log::Chain& chain, std::size_t i) -> log::ChainRow& { return chain.rows[i]; };
    const std::vector<Doctoring> kinds{
        {"another act", [&](auto& c) { at(c, 2).act = "x"; }, 3},
        {"another person", [&](auto& c) { at(c, 2).person = id<PersonId>(house::beata); }, 3},
        {"another time", [&](auto& c) { at(c, 2).at += std::chrono::microseconds(1); }, 3},
        {"another mandate", [&](auto& c) { at(c, 2).mandate.reset(); }, 3},
        {"another device", [&](auto& c) { at(c, 2).device = id<DeviceId>(house::beatas_device); }, 3},
        {"another object", [&](auto& c) { at(c, 2).object.reset(); }, 3},
        {"another ground", [&](auto& c) { at(c, 2).ground += "x"; }, 3},
        {"a flipped bit of a hash", [&](auto& c) { at(c, 2).hash[5] ^= std::byte{1}; }, 3},
        {"the first row taken out", [&](auto& c) { c.rows.erase(c.rows.begin()); }, 1},
        {"a row in the middle taken out", [&](auto& c) { c.rows.erase(c.rows.begin() + 2); }, 3},
        {"the last row taken out", [&](auto& c) { c.rows.pop_back(); }, 5},
        {"all taken out", [&](auto& c) { c.rows.clear(); }, 1},
        {"two swapped", [&](auto& c) { std::swap(at(c, 1), at(c, 3)); }, 2},
        {"two swapped with their numbers",
         [&](auto& c) { std::swap(at(c, 1), at(c, 3)), std::swap(at(c, 1).number, at(c, 3).number); }, 2},
        {"one doubled", [&](auto& c) { c.rows.insert(c.rows.begin() + 2, at(c, 2)); }, 4},
        {"one added at the end", [&](auto& c) { c.rows.push_back(at(c, 4)), c.rows.back().number = 6; }, 6},
        {"a letter moved from one field to the next",
         [&](auto& c) { at(c, 2).act += "m", at(c, 2).ground = at(c, 2).ground.substr(1); }, 3},
    };
    for (const auto& kind : kinds) {
        auto chain = whole;
        kind.make(chain);
        EXPECT_EQ(log::first_broken(chain_id, chain), std::optional(kind.found_at)) << kind.what;
    }
    EXPECT_EQ(log::first_broken(chain_id, whole), std::nullopt);
    EXPECT_NE(log::first_broken(other_chain, whole), std::nullopt) << "rows of another chain";
}

TEST_F(LogAudit, A67_nobody_changes_a_row_not_even_the_owner) {
    ASSERT_TRUE(audit({row("a")}));
    EXPECT_THROW(script(*owner, "UPDATE audit SET act = 'x'"), DatabaseError);
    EXPECT_THROW(script(*owner, "DELETE FROM audit"), DatabaseError);
}

} // namespace
} // namespace splot::storage
