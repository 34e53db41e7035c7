#include "models/credentialkind.h"
#include "models/credentialuse.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(cockpit::CredentialUseKind)

namespace {

TestActor accountWith(const QString &id, const QString &credential)
{
    TestActor actor;
    actor.id = id;
    actor.credential = credential;
    return actor;
}

DeliverySetup mailWith(const QString &entry, const QString &user)
{
    DeliverySetup setup;
    setup.host = u"smtp.acme.example"_s;
    setup.user = user;
    setup.keychainEntry = entry;
    return setup;
}

} // namespace

class CredentialUseTest : public QObject
{
    Q_OBJECT

private slots:
    void isFoundInTheProject_data();
    void isFoundInTheProject();
    void usesAreNotedOnce();
};

void CredentialUseTest::isFoundInTheProject_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QStringList>("accounts"); // the credentials of the test accounts
    QTest::addColumn<QString>("mail");         // the entry of the mail account
    QTest::addColumn<CredentialUseKind>("kind");
    using enum CredentialUseKind;
    const QString edge = newKeychainEntry(CredentialKind::CloudflareToken);
    QTest::newRow("by nothing") << u"entry-a"_s << QStringList{u"Another"_s, u""_s} << u"entry-b"_s << Nothing;
    QTest::newRow("a token") << edge << QStringList() << u""_s << EdgeToken;
    QTest::newRow("one account") << u"entry-a"_s << QStringList{u"Other"_s, u"Mine"_s} << u""_s << TestAccount;
    QTest::newRow("two accounts") << u"entry-a"_s << QStringList{u"Mine"_s, u"Mine"_s} << u""_s << TestAccount;
    QTest::newRow("mail") << u"entry-a"_s << QStringList() << u"entry-a"_s << MailAccount;
    QTest::newRow("mail and an account") << u"entry-a"_s << QStringList{u"Mine"_s} << u"entry-a"_s << MailAccount;
}

void CredentialUseTest::isFoundInTheProject()
{
    QFETCH(QString, entry);
    QFETCH(QStringList, accounts);
    QFETCH(QString, mail);
    ProjectState state;
    QStringList ids;
    for (const QString &credential : accounts) {
        state.actors.push_back(accountWith(QString::number(state.actors.size()), credential));
        if (credential == "Mine"_L1)
            ids << state.actors.back().id;
    }
    if (!mail.isEmpty())
        state.delivery.setup = mailWith(mail, u"product"_s);
    const CredentialUse use = useOf({u"Mine"_s, {}, entry, {}, {}}, state);
    QTEST(use.kind, "kind");
    QCOMPARE(use.actorIds, ids);
    if (use.kind == CredentialUseKind::MailAccount) { // a server that asks for no password uses none
        state.delivery.setup->user.clear();
        QVERIFY(useOf({u"Mine"_s, {}, entry, {}, {}}, state).kind != CredentialUseKind::MailAccount);
    }
}

void CredentialUseTest::usesAreNotedOnce()
{
    const QDateTime noon(QDate(2026, 11, 30), QTime(12, 0), Qt::UTC);
    const std::vector<Credential> before{{u"a"_s, {}, u"1"_s, {}, {}},
                                         {u"b"_s, {}, u"2"_s, {}, noon.addDays(1)},
                                         {u"c"_s, {}, u"3"_s, {}, noon.addDays(-1)}};
    const auto after = withUse(before, {u"1"_s, u"2"_s, u"of-nobody"_s}, noon);
    QCOMPARE(after[0].lastUsedAt, noon);
    QCOMPARE(after[1].lastUsedAt, noon.addDays(1)); // never back
    QCOMPARE(after[2].lastUsedAt, noon.addDays(-1));
}

QTEST_GUILESS_MAIN(CredentialUseTest)
#include "tst_credentialuse.moc"
