#include "tests/bench/figure.h"

#include <algorithm>
#include <cstdio>

namespace splot::bench {
namespace {

struct Line {
    std::string name, unit, target;
    double value, floor, ratio;
    bool holds;
    std::map<std::string, double> more;
};

void print(const Line& line, Format format) {
    if (format == Format::json) {
        std::printf(R"({"figure":"%s","value":%.4g,"unit":"%s","floor":%.4g,"ratio":%.3f,"target":"%s","holds":%s)",
                    line.name.c_str(), line.value, line.unit.c_str(), line.floor, line.ratio, line.target.c_str(),
                    line.holds ? "true" : "false");
        for (const auto& [name, value] : line.more)
            std::printf(R"(,"%s":%.4g)", name.c_str(), value);
        std::puts("}");
    } else {
        std::printf("%-22s %10.4g %10.4g  %-22s %6.2f  %-16s %s", line.name.c_str(), line.value, line.floor,
                    line.unit.c_str(), line.ratio, line.target.c_str(), line.holds ? "holds" : "MISSED");
        for (const auto& [name, value] : line.more)
            std::printf("  %s %.4g", name.c_str(), value);
        std::puts("");
    }
    std::fflush(stdout);
}

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

} // namespace

double median(std::vector<double> values) {
    std::ranges::sort(values);
    const auto middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double quantile(std::vector<float> values, double part) {
    if (values.empty()) return 0;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(values.size() - 1) * part);
    std::ranges::nth_element(values, at);
    return *at;
}

void print_heading(Format format) {
    if (format == Format::table)
        std::printf("%-22s %10s %10s  %-22s %6s  %-16s\n", "figure", "value", "floor", "unit", "ratio", "target");
}

bool report(const Ground& ground, const Figure& figure, Format format) {
    std::vector<double> values, floors, ratios;
    std::map<std::string, std::vector<double>> more;
    for (int pair = 0; pair < ground.pairs(); ++pair) {
        floors.push_back(figure.measure_floor());
        const auto sample = figure.measure();
        values.push_back(sample.value);
        ratios.push_back(sample.value / floors.back());
        for (const auto& [name, value] : sample.more)
            more[name].push_back(value);
    }
    const bool at_least = figure.holds == Holds::at_least;
    Line line{figure.name,
              figure.unit,
              (at_least ? ">= " : "<= ") + number(figure.target) + " x floor",
              median(values),
              median(floors),
              median(ratios),
              true,
              {}};
    line.holds = at_least ? line.ratio >= figure.target : line.ratio <= figure.target;
    for (const auto& [name, all] : more) {
        line.more[name] = median(all);
        const auto bound = figure.at_most.find(name);
        if (bound == figure.at_most.end()) continue;
        line.holds = line.holds && line.more[name] <= bound->second;
        line.target += ", " + name + " <= " + number(bound->second);
    }
    print(line, format);
    return line.holds;
}

bool report_count(const std::string& name, double value, double floor, double most, Format format) {
    const Line line{name,  "statements",  "= floor, <= " + number(most),   value,
                    floor, value / floor, value == floor && value <= most, {}};
    print(line, format);
    return line.holds;
}

} // namespace splot::bench
