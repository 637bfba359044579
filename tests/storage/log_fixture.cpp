#include "tests/storage/log_fixture.h"

namespace splot::storage {
namespace {

Async<void> await(log::Writer& writer, boost::asio::io_context& io, std::unique_ptr<log::AppendItem> item,
                  log::Appended& appended, bool& is_done) {
    appended = co_await writer.append(io, std::move(item));
    is_done = true;
}

std::vector<std::byte> bytes_of(const std::string& text) {
    const auto* data = reinterpret_cast<const std::byte*>(text.data());
    return {data, data + text.size()};
}

} // namespace

std::unique_ptr<channels::NewMessage> LogTest::post(std::string text, int request) {
    const int number = 1000 + ++made_;
    auto item = std::make_unique<channels::NewMessage>();
    item->id = house::id<MessageId>(number);
    item->request = house::id<RequestId>(request ? request : number);
    item->by = house::id<PersonId>(house::nina);
    item->device = house::id<DeviceId>(house::ninas_device);
    item->stream = stream(house::channel);
    item->channel = house::id<ChannelId>(house::channel);
    item->topic = house::id<TopicId>(house::topic);
    item->label = label("team");
    item->at = *parse_instant("2026-02-01T08:00:00Z");
    item->author = {
        item->by, house::id<MandateId>(house::ninas_mandate), house::id<InstitutionId>(house::office), {}, {}};
    item->body = bytes_of(text);
    item->request_check = item->body;
    return item;
}

LogTest::Call& LogTest::start(log::Writer& writer, std::unique_ptr<log::AppendItem> item) {
    auto& call = calls_.emplace_back();
    boost::asio::co_spawn(io, await(writer, io, std::move(item), call.appended, call.is_done),
                          [](const std::exception_ptr& error) { EXPECT_FALSE(error); });
    io.restart();
    io.poll(); // the item lies with the writer now
    return call;
}

log::Appended LogTest::append(log::Writer& writer, std::unique_ptr<log::AppendItem> item) {
    const auto& call = start(writer, std::move(item));
    finish(call);
    return call.appended;
}

void LogTest::wait_until_blocked(const std::string& application) {
    for (int looks = 0; looks < 100'000; ++looks)
        if (value<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = $1 AND datname = "
                        "current_database() AND wait_event_type = 'Lock')",
                        application))
            return;
    FAIL() << application << " waits for no lock";
}

bool LogTest::is_dense(int id) {
    return value<bool>(
        "SELECT s.head = count(e.number) AND s.head = coalesce(max(e.number), 0) AND coalesce(min(e.number), 1) "
        "= 1 AND NOT EXISTS (SELECT FROM event a JOIN event b ON b.stream = a.stream AND b.number = "
        "a.number + 1 WHERE a.stream = s.key AND b.at < a.at) "
        "FROM stream s LEFT JOIN event e ON e.stream = s.key WHERE s.id = $1 GROUP BY s.key, s.head",
        house::id<Uuid>(id));
}

} // namespace splot::storage
