#include "app/cli/spfcommand.h"

#include "app/cli/output.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSysInfo>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue::Null : QJsonValue(text);
}

QByteArray asJson(const SpfEvaluation &evaluation)
{
    return QJsonDocument(QJsonObject{
                             {u"result"_s, toWord(evaluation.result)},
                             {u"mechanism"_s, textOrNull(evaluation.mechanism)},
                             {u"explanation"_s, textOrNull(evaluation.explanation)},
                             {u"lookups"_s, evaluation.lookups},
                             {u"void_lookups"_s, evaluation.voidLookups},
                         })
        .toJson();
}

// The result word has the first line to itself, for programs; what follows is for people.
QByteArray asText(const SpfEvaluation &evaluation)
{
    QStringList lines{toWord(evaluation.result)};
    if (!evaluation.mechanism.isEmpty())
        lines << Text::tr("Decided by \"%1\" in the record of %2.").arg(evaluation.mechanism, evaluation.domain);
    if (!evaluation.problem.isEmpty())
        lines << evaluation.problem;
    if (!evaluation.explanation.isEmpty())
        lines << Text::tr("The domain explains: %1").arg(evaluation.explanation);
    lines << Text::tr("Look-ups: %1 of 10; of them without an answer: %2 of 2.")
                 .arg(QString::number(evaluation.lookups), QString::number(evaluation.voidLookups));
    return lines.join(u'\n').toUtf8() + '\n';
}

} // namespace

SpfCommand::SpfCommand(Options options, const Composition &, QObject *parent)
    : QObject(parent), m_options(std::move(options))
{
    m_workers.setMaxThreadCount(1);
    connect(&m_interrupts, &InterruptWatcher::interrupted, this, [this] {
        m_token.cancel();
        emit finished(ExitStatus::StoppedByUser);
    });
}

SpfCommand::~SpfCommand()
{
    m_token.cancel();
    m_workers.waitForDone();
}

void SpfCommand::start()
{
    m_workers.start([this] {
        Observations seen(m_options.net, m_token, Deadline::in(m_options.net.runDeadline), nullptr);
        const SpfEvaluation evaluation =
            evaluateSpf(m_options.spfSender, QSysInfo::machineHostName(), QDateTime::currentDateTimeUtc(), seen);
        QMetaObject::invokeMethod(this, [this, evaluation] { print(evaluation); });
    });
}

void SpfCommand::print(const SpfEvaluation &evaluation)
{
    if (m_token.isCancelled())
        return; // finished() is out already
    const bool json = m_options.format == ReportFormat::Json;
    if (auto written = writeReport(json ? asJson(evaluation) : asText(evaluation), m_options.outFile); !written) {
        complain(written.error().message);
        emit finished(ExitStatus::CouldNotRun);
        return;
    }
    emit finished(ExitStatus::Ok);
}

} // namespace cockpit
