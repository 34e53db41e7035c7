#include "app/logging.h"

#include "models/redactor.h"

#include <QDir>
#include <QStandardPaths>

#include <cstdio>
#include <mutex>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kLargestFile = 1024UL * 1024;
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
    if (type == QtFatalMsg) {
        // The program ends here ("no display"), and the log may not be where anybody looks.
        std::fprintf(stderr, "launch-cockpit: %s\n", qPrintable(redact(text)));
        spdlog::default_logger()->flush();
    }
}

// Without a file when it cannot be written (read-only or full): the program works without its log.
spdlog::sink_ptr sinkIn(const QString &folder)
{
    if (folder.isEmpty() || !QDir().mkpath(folder))
        return std::make_shared<spdlog::sinks::null_sink_mt>();
    try {
        const QByteArray file = QFile::encodeName(QDir(folder).filePath(u"launch-cockpit.log"_s));
        return std::make_shared<RedactingSink>(file.toStdString());
    } catch (const spdlog::spdlog_ex &) {
        return std::make_shared<spdlog::sinks::null_sink_mt>();
    }
}

} // namespace

void startLogging(const QString &folder)
{
    auto logger = std::make_shared<spdlog::logger>("cockpit", sinkIn(folder));
    logger->flush_on(spdlog::level::warn);
    // A disk that fills up later is no reason to bother the user either.
    logger->set_error_handler([](const std::string &) {});
    spdlog::set_default_logger(std::move(logger));
    qInstallMessageHandler(logQtMessage);
}

void stopLogging()
{
    qInstallMessageHandler(nullptr);
    spdlog::shutdown();
}

QString logFolder()
{
#if defined(Q_OS_LINUX)
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (!state.isEmpty())
        return state + u"/launch-cockpit"_s;
    // A service without a home has no place for a log; Qt would take the root folder for its home.
    return qEnvironmentVariableIsEmpty("HOME") ? QString() : QDir::home().filePath(u".local/state/launch-cockpit"_s);
#else
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + u"/log"_s;
#endif
}

} // namespace cockpit
