#include "hub/warsaw.h"

namespace splot {

using namespace std::chrono;

hours offset_in_warsaw(Instant at) {
    const year this_year = year_month_day{floor<days>(at)}.year();
    const sys_days begins{this_year / March / Sunday[last]};
    const sys_days ends{this_year / October / Sunday[last]};
    return at >= begins + 1h && at < ends + 1h ? 2h : 1h;
}

Date day_in_warsaw(Instant at) { return floor<days>(at + offset_in_warsaw(at)); }

} // namespace splot
