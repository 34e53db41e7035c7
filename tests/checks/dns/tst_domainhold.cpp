// Who holds a domain: free only when the registry and the name servers of the suffix agree.
#include "checks/dns/domainhold.h"
#include "checks/dns/rdap.h"
#include "checks/engine/observations.h"
#include "checks/net/dnsclient.h"
#include "lab/zonescript.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QStringList kSuffix{u"com. 60 IN NS a.nic.example."_s, u"a.nic.example. 60 IN A 192.0.2.53"_s};

DomainHolding holdingOf(const QString &domain, const QStringList &zone, const std::optional<Result<RdapAnswer>> &rdap,
                        const ScriptedDns::Script &suffixServer)
{
    const ScriptedDns resolver(zoneScript(zone));
    const ScriptedDns suffix(suffixServer);
    NetOptions options;
    options.resolvers = {resolver.address()};
    options.connects = {{u"a.nic.example"_s, 53, suffix.address()}};
    options.operationTimeout = std::chrono::milliseconds(400);
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    if (rdap)
        seen.put(RdapLookup{domain}, *rdap);
    return **seen.ask(WhoHolds{domain});
}

RdapAnswer rdap(RdapState state)
{
    RdapAnswer answer;
    answer.state = state;
    answer.server = QUrl(u"https://rdap.nic.example/"_s);
    return answer;
}

} // namespace

class TestDomainHold : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhoHolds_data();
    void tellsWhoHolds();
    void endsWhenCancelled();
};

void TestDomainHold::tellsWhoHolds_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<int>("state"); // of RDAP; -1: no answer
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<DomainHold>("hold");
    QTest::addColumn<bool>("confirmed");
    const auto row = [](const char *name, const QStringList &zone, int state, const QString &suffix, DomainHold hold,
                        bool confirmed = false) {
        QTest::newRow(name) << zone << state << suffix << hold << confirmed;
    };
    const int missing = int(RdapState::NotRegistered);
    row("both deny it", kSuffix, missing, u"denies"_s, DomainHold::Free, true);
    row("the suffix' server is silent", kSuffix, missing, u"silent"_s, DomainHold::Free);
    row("the suffix' server knows it", kSuffix, missing, u"knows"_s, DomainHold::Free);
    row("no server of the suffix is found", {}, missing, u"denies"_s, DomainHold::Free);
    row("it is there", {u"gone.com. 60 IN A 192.0.2.1"_s}, missing, u"denies"_s, DomainHold::Held);
    row("it is there without that record", {u"www.gone.com. 60 IN A 192.0.2.1"_s}, missing, u"denies"_s,
        DomainHold::Held);
    row("its servers fail", {u"gone.com. SERVFAIL"_s}, missing, u"denies"_s, DomainHold::Held);
    row("registered and on hold", kSuffix, int(RdapState::Registered), u"denies"_s, DomainHold::Held);
    row("a registry without RDAP", kSuffix, int(RdapState::NoServer), u"denies"_s, DomainHold::Unclear);
    row("a busy registry", kSuffix, int(RdapState::Busy), u"denies"_s, DomainHold::Unclear);
    row("RDAP does not answer", kSuffix, -1, u"denies"_s, DomainHold::Unclear);
    row("the resolver is silent", {u"gone.com. SILENT"_s}, missing, u"denies"_s, DomainHold::Unclear);
}

void TestDomainHold::tellsWhoHolds()
{
    QFETCH(QStringList, zone);
    QFETCH(int, state);
    QFETCH(QString, suffix);
    const auto suffixServer = [suffix](const DnsQuestionSeen &) -> DnsReply {
        if (suffix == "silent"_L1)
            return {.silent = true};
        return {.rcode = suffix == "denies"_L1 ? 3 : 0, .authoritative = true};
    };
    const Result<RdapAnswer> answer = state < 0 ? Result<RdapAnswer>(failure(ErrorKind::Unreachable, u"down"_s))
                                                : Result<RdapAnswer>(rdap(static_cast<RdapState>(state)));
    const DomainHolding holding = holdingOf(u"gone.com"_s, zone, answer, suffixServer);
    QTEST(holding.hold, "hold");
    QTEST(holding.isConfirmed, "confirmed");
    QCOMPARE(holding.why.isEmpty(), holding.hold != DomainHold::Unclear);
    QCOMPARE(holding.evidence.empty(), holding.hold != DomainHold::Free);
}

void TestDomainHold::endsWhenCancelled()
{
    CancelToken token;
    Observations seen(NetOptions{}, token, Deadline::never(), nullptr);
    token.cancel();
    const auto answer = seen.ask(WhoHolds{u"gone.com"_s});
    QVERIFY(!*answer);
    QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestDomainHold)
#include "tst_domainhold.moc"
