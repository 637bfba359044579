#pragma once
#include "tests/bench/ground.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace splot::bench {

/// What one measurement gave; `more` holds what is only stated (a p99).
struct Sample {
    double value = 0;
    std::map<std::string, double> more = {};
};

enum class Holds { at_least, at_most };

/// One line of the report.
struct Figure {
    std::string name, unit;
    Holds holds;
    double target; ///< of value ÷ floor
    std::function<Sample()> measure;
    std::function<double()> measure_floor;
    std::map<std::string, double> at_most = {}; ///< bounds on what is only stated
};

enum class Format { table, json };

/// Measures pairs in turn and prints medians; true when the target holds.
bool report(const Ground& ground, const Figure& figure, Format format);
/// A figure without pairs: a count and the count that it is compared with.
bool report_count(const std::string& name, double value, double floor, double most, Format format);
void print_heading(Format format);

double median(std::vector<double> values);
/// The value below which this part of the values lies.
double quantile(std::vector<float> values, double part);

bool appends(const Ground& ground, Format format);
bool talk(const Ground& ground, Format format);
bool one_channel(const Ground& ground, Format format);
bool deliveries(const Ground& ground, Format format);
bool lone_deliveries(const Ground& ground, Format format);
bool idle_memory(const Ground& ground, Format format);
bool comeback(const Ground& ground, Format format);
bool last_page(const Ground& ground, Format format);
bool session_start(const Ground& ground, Format format);
bool sign_ins(const Ground& ground, Format format);

} // namespace splot::bench
