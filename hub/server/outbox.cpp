#include "hub/server/outbox.h"

#include <algorithm>

namespace splot {
namespace {

constexpr std::size_t kept_capacity = 8; ///< an idle connection keeps no larger queue than this

} // namespace

bool Outbox::has_room(std::size_t size) const {
    return items_.empty() || (bytes() + size <= limits_.queue && items_.size() < limits_.queue_frames);
}

void Outbox::push(Frame frame, FrameKind kind) {
    waiting_ += frame->size();
    if (kind == FrameKind::answer) answers_ += frame->size();
    items_.push_back({std::move(frame), kind});
}

template <class Predicate> void Outbox::drop(Predicate is_dropped) {
    std::erase_if(items_, [&](const Item& item) {
        if (!is_dropped(item.kind)) return false;
        waiting_ -= item.frame->size();
        return true;
    });
}

Outbox::Added Outbox::add(Frame frame, FrameKind kind) {
    const std::size_t size = frame->size();
    if (kind == FrameKind::answer) {
        if (!items_.empty() && answers_ + size > limits_.answers_most) return Added::exhausted;
        push(std::move(frame), kind);
        return Added::queued;
    }
    if (overflowing_) return Added::dropped;
    if (kind == FrameKind::whisper && !has_room(2 * size)) return Added::dropped;
    if (!has_room(size)) drop([](FrameKind waiting) { return waiting == FrameKind::whisper; });
    if (!has_room(size)) {
        drop([](FrameKind waiting) { return waiting != FrameKind::answer; });
        overflowing_ = true;
        return Added::overflowed;
    }
    push(std::move(frame), kind);
    return Added::queued;
}

Outbox::Batch Outbox::take() {
    Batch batch;
    std::size_t size = 1; // the first bracket; each object brings a comma or the last one
    while (batch.objects < items_.size()) {
        const Item& item = items_[batch.objects];
        if (batch.objects != 0 && size + item.frame->size() + 1 > limits_.frame_out) break;
        size += item.frame->size() + 1;
        waiting_ -= item.frame->size();
        if (item.kind == FrameKind::answer) answers_ -= item.frame->size();
        ++batch.objects;
    }
    const auto taken_end = items_.begin() + static_cast<std::ptrdiff_t>(batch.objects);
    if (batch.objects == 1) {
        batch.single = std::move(items_.front().frame);
    } else {
        batch.joined.reserve(size);
        for (auto it = items_.begin(); it != taken_end; ++it) {
            batch.joined += it == items_.begin() ? '[' : ',';
            batch.joined += *it->frame;
        }
        batch.joined += ']';
    }
    items_.erase(items_.begin(), taken_end);
    if (items_.empty() && items_.capacity() > kept_capacity) items_ = {};
    batch.bytes = in_flight_ = size;
    return batch;
}

void Outbox::clear() {
    items_ = {};
    waiting_ = answers_ = 0;
}

} // namespace splot
