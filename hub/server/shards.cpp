#include "hub/server/shard.h"

namespace splot {

Shards::Shards(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        shards_.push_back(std::make_unique<Shard>(i));
        work_.emplace_back(shards_.back()->io().get_executor());
    }
}

Shards::~Shards() {
    stop();
    for (auto& shard : shards_)
        shard->forget_waiting();
}

void Shards::start() {
    for (auto& shard : shards_)
        threads_.emplace_back([&io = shard->io()] { io.run(); });
}

void Shards::stop() {
    for (auto& shard : shards_)
        shard->io().stop();
    threads_.clear();
}

} // namespace splot
