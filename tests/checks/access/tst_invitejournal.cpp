// The addresses that invitations were tried for, in the run's journal: who may have an account now.
#include "checks/access/invite.h"
#include "tests/checks/access/mailscene.h"
#include "tests/checks/access/memoryjournal.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kToken = "Zk3vX9pQ2mL7sT1wY8uB5nR4cD6fG0hJaEiKoMqSx";
const QByteArray kInvited = "sam+lc1@acme.test";

const PageReply kMade = saying(201, R"({"id":7})");
const PageReply kRefused = saying(410, R"({"error":"link_is_used_or_old"})");

// A page that says neither yes nor no.
PageReply vague(int status = 200)
{
    return {.status = status, .contentType = "text/html", .body = "<p>Links that were already used do nothing.</p>"};
}

} // namespace

class TestInviteJournal : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhoMayHaveAnAccount_data();
    void keepsWhoMayHaveAnAccount();
};

void TestInviteJournal::keepsWhoMayHaveAnAccount_data()
{
    QTest::addColumn<PageReply>("stranger"); // how an invitation is answered with another address than the invited one
    QTest::addColumn<PageReply>("invited");  // the first two times: with a higher role, and without
    QTest::addColumn<PageReply>("later");
    QTest::addColumn<QString>("kept");
    const auto row = [](const char *name, const PageReply &stranger, const PageReply &invited, const PageReply &later,
                        const char *kept) {
        QTest::newRow(name) << stranger << invited << later << QString::fromLatin1(kept);
    };
    row("nobody", kRefused, kRefused, kRefused, "");
    row("the invited one", kRefused, kMade, kRefused, "invited: made");
    row("both", kMade, kMade, kRefused, "invited: made, stranger: made");
    row("nobody knows of the stranger", vague(), kRefused, kRefused, "stranger");
    row("nobody knows of the invited one", kRefused, vague(), kRefused, "invited");
    row("nobody knows of the stranger, and the invited one", vague(), kMade, kRefused, "invited: made, stranger");
    row("a vague refusal", vague(403), vague(403), kRefused, "");
    // What is accepted the third time, after the stranger was.
    row("the invited one at last", kMade, kRefused, kMade, "invited: made, stranger: made");
    row("nobody knows of the invited one at last", kMade, kRefused, vague(), "invited, stranger: made");
}

void TestInviteJournal::keepsWhoMayHaveAnAccount()
{
    QFETCH(PageReply, stranger);
    QFETCH(PageReply, invited);
    QFETCH(PageReply, later);
    QFETCH(QString, kept);
    std::atomic_int uses = 0;
    const HostileSite site([&](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != "/invitations/accept" || !request.body.contains(kToken))
            return std::nullopt;
        if (!request.body.contains(kInvited))
            return stranger;
        return uses++ < 2 ? invited : later;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    AttackRun run = site.newRun(
        {{u"invite_link"_s, "https://api.hostile.example/invite?token=" + kToken}, {u"invite_mail"_s, kInvited}});
    const auto journal = std::make_shared<MemoryJournal>();
    run.journal->to = journal;
    const Judged judged = site.judged(inviteCheck(), run);
    QVERIFY2(uses > 0, qPrintable(told(judged)));
    QStringList left;
    for (const JournalEntry &entry : journal->entries()) {
        const QString who = entry.text.toLatin1() == kInvited ? u"invited"_s : u"stranger"_s;
        left.append(entry.wasMade ? who + ": made"_L1 : who);
    }
    left.sort();
    QVERIFY2(left.join(u", "_s) == kept, qPrintable(left.join(u", "_s) + u' ' + told(judged)));
}

QTEST_GUILESS_MAIN(TestInviteJournal)
#include "tst_invitejournal.moc"
