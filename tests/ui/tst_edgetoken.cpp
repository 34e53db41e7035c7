// The Cloudflare token in the window: added, tested, used by a run and asked for where it is missing; against a server
// that speaks the documented API.
#include "pagefixture.h"

#include "checks/edge/cloudflarezone.h"
#include "checks/edge/family.h"
#include "tests/lab/cloudflarelab.h"
#include "ui/credentials/credentialdialog.h"
#include "ui/credentials/credentialspage.h"
#include "ui/stage/needpage.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;
using lab::CloudflareLab;

namespace {

const QString kDomain = u"acme-ops.example"_s; // of the fixture
const QString kCheck = u"edge.bot-and-ddos"_s;

lab::LabZone zoneOf(const QString &domain)
{
    lab::LabZone zone = lab::wellSetZone();
    zone.name = domain;
    return zone;
}

bool says(const QWidget &page, const QString &words)
{
    const auto labels = page.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *l) { return l->isVisible() && l->text().contains(words); });
}

} // namespace

class EdgeTokenTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_fixture = std::make_unique<PageFixture>([this](SessionServices &services) {
            services.net = m_cloudflare.options();
            services.net.resolvers = {{u"127.0.0.1"_s, lab::unusedPort()}};
            services.testToken = tryCloudflareToken;
        });
        m_fixture->registry.add(edgeChecks());
        Check plain;
        plain.id = u"tls.expiry"_s;
        plain.look = [](const Look &) { return Judged(); };
        m_fixture->registry.add(std::move(plain));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
    }

    void aTokenIsAddedWithItsKind()
    {
        CredentialsPage page(session());
        page.show();
        page.findChild<QPushButton *>(u"addFirstCredential"_s)->click();
        auto *dialog = page.findChild<CredentialDialog *>();
        QVERIFY(dialog);
        QVERIFY(!dialog->findChild<QLabel *>(u"credentialHowToGet"_s)->isVisible());
        dialog->findChild<QComboBox *>(u"credentialKind"_s)->setCurrentIndex(1);
        QVERIFY(dialog->findChild<QLabel *>(u"credentialHowToGet"_s)->text().contains(u"Zone Settings"_s));
        QCOMPARE(dialog->name(), u"Cloudflare token"_s);
        dialog->findChild<QLineEdit *>(u"credentialValue"_s)->setText(tokenText());
        dialog->findChild<QPushButton *>(u"saveCredential"_s)->click();
        QTRY_COMPARE(session().project().credentials.size(), size_t(1));
        const Credential added = session().project().credentials.front();
        QCOMPARE(kindOf(added), CredentialKind::CloudflareToken);
        QVERIFY(m_fixture->keychain.values.at(added.keychainEntry) == m_cloudflare.token());
        QVERIFY(!unmetNeed(kCheck, session()));
    }

    void theMissingTokenLeadsToItsPage()
    {
        QCOMPARE(unmetNeed(kCheck, session()), std::optional(Need::ApiToken));
        QCOMPARE(pageFor(Need::ApiToken)->pageId, QString(pages::kCredentials));
        session().setCredentials({{u"Customer A"_s, {}, newKeychainEntry(CredentialKind::Other), {}, {}}});
        QCOMPARE(unmetNeed(kCheck, session()), std::optional(Need::ApiToken));
        const CheckResult result = lookedAt();
        QCOMPARE(result.outcome, Outcome::NotRun);
        QCOMPARE(result.reason, labelOf(Need::ApiToken));
        QCOMPARE(m_fixture->keychain.reads, 0);
    }

    void testingAsksCloudflare_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("works") << m_cloudflare.token().reveal() << u"It may read: acme-ops.example."_s;
        QTest::newRow("wrong") << QByteArray("another-token") << u"does not accept the token"_s;
        QTest::newRow("empty") << QByteArray() << u"is empty"_s;
    }

    void testingAsksCloudflare()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, words);
        keep(Secret(value));
        CredentialsPage page(session());
        page.show();
        page.findChild<QPushButton *>(u"testCredential"_s)->click();
        QTRY_VERIFY(says(page, words));
        QCOMPARE(says(page, u"does not work"_s), value == "another-token");
        QTRY_VERIFY(page.findChild<QPushButton *>(u"testCredential"_s)->isEnabled());
        QVERIFY(value.isEmpty() || !says(page, QString::fromUtf8(value)));
    }

    // Without a network nothing is known of the token.
    void anUnreachableServiceIsNoVerdict()
    {
        PageFixture offline([](SessionServices &services) {
            services.net.resolvers = {{u"127.0.0.1"_s, lab::unusedPort()}};
            services.net.operationTimeout = std::chrono::seconds(1);
            services.testToken = tryCloudflareToken;
        });
        QTRY_VERIFY_WITH_TIMEOUT(offline.isReady(), 20000);
        const Credential token{u"Cloudflare"_s, {}, newKeychainEntry(CredentialKind::CloudflareToken), {}, {}};
        offline.keychain.values.insert_or_assign(token.keychainEntry, m_cloudflare.token());
        offline.session->setCredentials({token});
        CredentialsPage page(*offline.session);
        page.show();
        page.findChild<QPushButton *>(u"testCredential"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(page, u"could not be tested"_s), 20000);
        QVERIFY(!says(page, u"does not work"_s));
        QVERIFY(!offline.session->project().credentials.front().lastUsedAt.isValid());
    }

    void aRunTakesTheTokenFromTheKeychain()
    {
        keep(m_cloudflare.token());
        const CheckResult result = lookedAt();
        QCOMPARE(result.outcome, Outcome::Pass);
        QVERIFY(session().project().credentials.front().lastUsedAt.isValid());
        const int reads = m_fixture->keychain.reads;
        look(u"tls.expiry"_s); // needs no token, so the keychain is left alone
        QCOMPARE(m_fixture->keychain.reads, reads);
    }

    void aLockedKeychainIsSaid()
    {
        keep(m_cloudflare.token());
        m_fixture->keychain.error = Error{ErrorKind::NotPermitted, u"The keychain is locked."_s};
        const CheckResult result = lookedAt();
        QCOMPARE(result.outcome, Outcome::NotRun);
        QCOMPARE(result.reason, u"The keychain is locked."_s);
    }

    void stopHoldsWhileTheKeychainThinks()
    {
        keep(m_cloudflare.token());
        m_fixture->keychain.isSlow = true;
        QSignalSpy finished(&session(), &Session::runFinished);
        session().checkAgain(kCheck, {});
        QVERIFY(session().isRunning());
        session().stopRun();
        QCOMPARE(finished.count(), 1);
        QVERIFY(!session().isRunning());
        m_fixture->keychain.late.front()(); // too late
        QVERIFY(!session().isRunning());
        QVERIFY(!session().project().credentials.front().lastUsedAt.isValid());
    }

private:
    Session &session() { return *m_fixture->session; }
    QString tokenText() const { return QString::fromUtf8(m_cloudflare.token().reveal()); }

    void keep(const Secret &value)
    {
        const Credential token{u"Cloudflare"_s, {}, newKeychainEntry(CredentialKind::CloudflareToken), {}, {}};
        m_fixture->keychain.values.insert_or_assign(token.keychainEntry, value);
        session().setCredentials({token});
    }

    void look(const QString &checkId)
    {
        QSignalSpy finished(&session(), &Session::runFinished);
        session().checkAgain(checkId, {});
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
    }

    CheckResult lookedAt()
    {
        look(kCheck);
        const auto results = latestOf(kCheck, session().project());
        return results.empty() ? CheckResult() : *results.front();
    }

    CloudflareLab m_cloudflare{zoneOf(kDomain)};
    std::unique_ptr<PageFixture> m_fixture;
};

QTEST_MAIN(EdgeTokenTest)
#include "tst_edgetoken.moc"
