#include "hub/log.h"

#include "protocol/json/json.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace splot::log {
namespace {

void write(spdlog::level::level_enum level, std::string_view sentence, Fields fields) {
    if (!spdlog::should_log(level)) return;
    std::string line = R"("event":)";
    json::write(line, std::string(sentence));
    for (const auto& field : fields) {
        line += ',';
        json::write(line, std::string(field.name));
        line += ':';
        if (field.quoted)
            json::write(line, field.value);
        else
            line += field.value;
    }
    spdlog::log(level, "{}", line);
}

} // namespace

void open(std::string_view level, const std::string& file) {
    auto logger =
        file.empty()
            ? std::make_shared<spdlog::logger>("splot", std::make_shared<spdlog::sinks::stderr_sink_mt>())
            : std::make_shared<spdlog::logger>("splot", std::make_shared<spdlog::sinks::basic_file_sink_mt>(file));
    logger->set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
    logger->set_level(spdlog::level::from_str(std::string(level)));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
}

void info(std::string_view sentence, Fields fields) { write(spdlog::level::info, sentence, fields); }
void warn(std::string_view sentence, Fields fields) { write(spdlog::level::warn, sentence, fields); }
void error(std::string_view sentence, Fields fields) { write(spdlog::level::err, sentence, fields); }

} // namespace splot::log
