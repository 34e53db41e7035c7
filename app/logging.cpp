#include "app/logging.h"

#include "models/redactor.h"

#include <QDir>
#include <QStandardPaths>

#include <mutex>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kLargestFile = 1024 * 1024;
constexpr std::size_t kKeptFiles = 3;

// Passes every line on, redacted: the one way into the file.
class RedactingSink : public spdlog::sinks::base_sink<std::mutex>
{
public:
    explicit RedactingSink(const std::string &file) : m_file(file, kLargestFile, kKeptFiles) {}

private:
    void sink_it_(const spdlog::details::log_msg &message) override
    {
        const auto size = static_cast<qsizetype>(message.payload.size());
        const std::string masked = redact(QString::fromUtf8(message.payload.data(), size)).toStdString();
        spdlog::details::log_msg copy(message);
        copy.payload = masked;
        m_file.log(copy);
    }
    void flush_() override { m_file.flush(); }

    spdlog::sinks::rotating_file_sink_st m_file; // guarded by the base's mutex
};

spdlog::level::level_enum levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return spdlog::level::debug;
    case QtInfoMsg:
        return spdlog::level::info;
    case QtWarningMsg:
        return spdlog::level::warn;
    case QtCriticalMsg:
    case QtFatalMsg:
        return spdlog::level::critical;
    }
    Q_UNREACHABLE();
}

void logQtMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const char *category = context.category ? context.category : "";
    spdlog::log(levelOf(type), "[{}] {}", category, text.toStdString());
    if (type == QtFatalMsg)
        spdlog::default_logger()->flush();
}

} // namespace

void startLogging(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return;
    try {
        const std::string file = QDir(folder).filePath(u"launch-cockpit.log"_s).toStdString();
        auto sink = std::make_shared<RedactingSink>(file);
        auto logger = std::make_shared<spdlog::logger>("cockpit", std::move(sink));
        logger->flush_on(spdlog::level::warn);
        // A disk that fills up later is no reason to bother the user either.
        logger->set_error_handler([](const std::string &) {});
        spdlog::set_default_logger(std::move(logger));
        qInstallMessageHandler(logQtMessage);
    } catch (const spdlog::spdlog_ex &) {
        // Read-only or full: the program works without its log. Qt's messages stay on standard error.
    }
}

void stopLogging()
{
    qInstallMessageHandler(nullptr);
    spdlog::shutdown();
}

QString logFolder()
{
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    const QString base = state.isEmpty() ? QDir::home().filePath(u".local/state"_s) : state;
#if defined(Q_OS_LINUX)
    return base + u"/launch-cockpit"_s;
#else
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + u"/log"_s;
#endif
}

} // namespace cockpit
