// The database goes away under the writer, and comes back.
#include "tests/storage/log_fixture.h"

#include "storage/postgres/migrations.h"

namespace splot::storage {
namespace {

class LogOutage : public testing::Test {
protected:
    world::PrivateCluster cluster;
    boost::asio::io_context io{1};

    std::unique_ptr<Connection> as_owner() {
        return run(io, Connection::open(io, storage::as_owner(cluster.conninfo())));
    }
    std::vector<log::AuditRow> one_row() {
        log::AuditRow row{};
        row.chain = house::id<Uuid>(1);
        row.act = "opened";
        return {row};
    }
};

TEST_F(LogOutage, nothing_is_acknowledged_meanwhile_and_it_heals_by_itself) {
    {
        const auto owner = as_owner();
        run(io, migrate(*owner));
    }
    ConnectOptions options;
    options.conninfo = cluster.conninfo();
    options.role = "splot_log";
    log::Writer writer(options);
    writer.start();
    const auto audit = [&] { return run(io, writer.audit(io, one_row())); };
    EXPECT_TRUE(audit());
    EXPECT_FALSE(writer.is_away());

    cluster.kill();
    EXPECT_FALSE(audit());
    EXPECT_FALSE(audit());
    EXPECT_TRUE(writer.is_away());
    EXPECT_EQ(writer.waiting(), 0u);

    cluster.start();
    EXPECT_TRUE(audit());
    EXPECT_FALSE(writer.is_away());
    const auto owner = as_owner();
    owner->queue(Query{"test.count", "SELECT count(*) FROM audit"});
    EXPECT_EQ(one<std::int64_t>(run(io, owner->flush()).front()), 2) << "what was acknowledged, and no more";
}

} // namespace
} // namespace splot::storage
