// Results of SPF for tests/lab/spf_differential.py: spfverdicts RESOLVER, one JSON object a line in ({"client",
// "mail_from", "helo"}), one a line out ({"result", "explanation": text or null}).
#include "checks/engine/observations.h"
#include "checks/mail/spfevaluation.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSysInfo>

#include <iostream>
#include <string>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds kLongestCase{30};

QByteArray answerTo(const QJsonObject &question, const NetOptions &net)
{
    const SpfSender sender{.client = QHostAddress(question["client"_L1].toString()),
                           .mailFrom = question["mail_from"_L1].toString(),
                           .helo = question["helo"_L1].toString()};
    Observations seen(net, CancelToken(), Deadline::in(kLongestCase), nullptr);
    const SpfEvaluation found = evaluateSpf(sender, QSysInfo::machineHostName(), QDateTime::currentDateTimeUtc(), seen);
    const QJsonValue explanation = found.explanation.isEmpty() ? QJsonValue() : QJsonValue(found.explanation);
    return QJsonDocument(QJsonObject{{u"result"_s, toWord(found.result)}, {u"explanation"_s, explanation}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const auto resolver = parseResolver(application.arguments().value(1));
    if (!resolver) {
        std::cerr << qPrintable(resolver.error().message) << '\n';
        return 2;
    }
    const NetOptions net{.resolvers = {*resolver}, .connects = {}, .caFile = {}};
    for (std::string line; std::getline(std::cin, line);)
        std::cout << answerTo(QJsonDocument::fromJson(QByteArray::fromStdString(line)).object(), net).constData()
                  << '\n';
    return 0;
}
