// The MDN-compatible score of hosts, as one line of JSON each: mdnscores CA_FILE HTTPS_PORT HTTP_PORT HOST…
// Every connection goes to 127.0.0.1. For tests/bench/mdnscore.
#include "checks/http/mdnlook.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QJsonObject scored(const QString &name, const NetOptions &options)
{
    Observations seen(options, CancelToken(), Deadline::in(std::chrono::seconds(30)), nullptr);
    const Target target{u"example.com"_s, {{HostRole::App, name, kHttpsPort}}};
    const Policy policy;
    const ProjectFacts facts;
    const Look look{seen, target, &target.hosts.front(), policy, facts, QDateTime::currentDateTimeUtc()};
    const auto result = lookLikeMdn(look);
    QJsonObject line = result ? toJson(*result) : QJsonObject{{u"score"_s, QJsonValue()}};
    line.insert(u"host"_s, name);
    return line;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 5) {
        std::fprintf(stderr, "which certificate, ports and hosts?\n");
        return 2;
    }
    NetOptions options;
    options.caFile = arguments[1];
    options.connects = {{{}, kHttpsPort, {u"127.0.0.1"_s, arguments[2].toUShort()}},
                        {{}, kHttpPort, {u"127.0.0.1"_s, arguments[3].toUShort()}}};
    for (const QString &name : arguments.mid(4))
        std::printf("%s\n", QJsonDocument(scored(name, options)).toJson(QJsonDocument::Compact).constData());
    return 0;
}
