// Whether a key that was found still works: where that is offered, what is sent, and where the answer stands.
#include "ui/risks/riskspage.h"
#include "ui/secrets/keytrialdialog.h"
#include "ui/session.h"
#include "ui/stage/detail.h"
#include "ui/stage/detailpanel.h"
#include "ui/stage/findinghistory.h"

#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kPrint = u"00112233445566ff"_s;
const QString kRule = u"stripe-live-secret"_s;
constexpr auto kTree = "secrets.tree";
constexpr auto kBundle = "exposure.bundle-secrets";

Finding foundKey(const QString &code, const QString &subject)
{
    Finding finding;
    finding.code = code;
    finding.subject = subject;
    finding.severity = Severity::Critical;
    finding.proof = Proof::Strong;
    finding.impact = Impact::CostAbuse;
    finding.title = u"A key stands in the open"_s;
    finding.whatWeSaw = u"sk_live_…dc was found."_s;
    return finding;
}

Check checkOf(const char *id, const char *list, const QJsonObject &row, const Finding &finding)
{
    Check check;
    check.id = QString::fromLatin1(id);
    check.look = [=](const Look &) {
        Judged judged;
        judged.findings = {finding};
        judged.outcome = outcomeFor(judged.findings);
        judged.observed = {{QString::fromLatin1(list), QJsonArray{row}}};
        return judged;
    };
    return check;
}

struct Sent
{
    std::atomic_int count = 0;
};

// Knows live keys of Stripe; the value of the only one is "right".
KeyTester testerFor(const std::shared_ptr<Sent> &sent, KeyStanding standing)
{
    return {.request = [](const QString &rule) -> std::optional<QString> {
                return rule == kRule || rule == "stripe-live"_L1 ? std::optional(u"GET https://api.stripe.com/"_s)
                                                                 : std::nullopt;
            },
            .ask = [=](const TriedKey &which, const Secret &key, const NetOptions &,
                       const CancelToken &) -> Result<KeyAnswer> {
                if (!which.fingerprint.isEmpty() && (which.fingerprint != kPrint || key.reveal() != "right"))
                    return failure(ErrorKind::NotFound, u"This is not the key."_s);
                ++sent->count;
                return KeyAnswer{standing, u"The provider spoke."_s};
            }};
}

class Opened
{
public:
    explicit Opened(const QString &rule = kRule, KeyStanding standing = KeyStanding::Live)
    {
        m_registry.add(checkOf(kTree, "secrets",
                               {{u"rule"_s, rule}, {u"class"_s, u"secret"_s}, {u"fingerprint"_s, kPrint + u"0123"_s}},
                               foundKey(u"secret"_s, kPrint)));
        m_registry.add(checkOf(kBundle, "keys", {{u"rule"_s, u"stripe-live"_s}, {u"class"_s, u"secret"_s}},
                               foundKey(u"secret_in_bundle"_s, u"stripe-live"_s)));
        SessionServices services;
        services.run.catalog = &m_catalog;
        services.run.registry = &m_registry;
        services.roadmaps = loadRoadmaps().value();
        services.testKey = testerFor(sent, standing);
        session = std::make_unique<Session>(std::move(services));
        ProjectSettings settings;
        settings.name = u"made"_s;
        settings.target.domain = u"made.example"_s;
        settings.target.hosts = {{HostRole::Site, u"made.example"_s}};
        settings.roadmapId = session->roadmaps().front().id;
        session->createProject(path(), settings);
        QVERIFY(QTest::qWaitFor([this] { return session->isOpen(); }, 20000));
        session->runChecks({QString::fromLatin1(kTree), QString::fromLatin1(kBundle)});
        QVERIFY(QTest::qWaitFor([this] { return !session->isRunning() && session->risks().size() == 2; }, 20000));
        QVERIFY(QTest::qWaitFor([this] { return session->saveState() == SaveState::Saved; }, 20000));
    }

    QString path() const { return m_folder.filePath(u"made.cockpit"_s); }
    QString idOf(const char *check) const
    {
        for (const Risk &risk : session->risks()) {
            if (risk.finding.checkId == QLatin1StringView(check))
                return risk.finding.id();
        }
        return {};
    }
    Detail detail(const char *check) const
    {
        ResultRow row;
        row.findingId = idOf(check);
        return detailOf(row, *session).value_or(Detail());
    }

    std::shared_ptr<Sent> sent = std::make_shared<Sent>();
    std::unique_ptr<Session> session;

private:
    QTemporaryDir m_folder;
    CheckCatalog m_catalog = CheckCatalog::load().value();
    CheckRegistry m_registry;
};

// The page of risks, at one finding.
struct Shown
{
    Shown(Opened &o, const char *check) : page(*o.session)
    {
        page.show();
        QVERIFY(page.select(o.idOf(check)));
        attempt = page.findChild<QPushButton *>(u"tryKey"_s);
        QVERIFY(attempt && attempt->isVisible());
    }

    KeyTrialDialog *open()
    {
        attempt->click();
        return page.findChild<KeyTrialDialog *>();
    }

    RisksPage page;
    QPushButton *attempt = nullptr;
};

void send(const KeyTrialDialog &dialog, const QString &key)
{
    dialog.findChild<QLineEdit *>(u"trialKey"_s)->setText(key);
    dialog.findChild<QPushButton *>(u"askProvider"_s)->click();
}

QString answerOf(const KeyTrialDialog &dialog)
{
    return dialog.findChild<QLabel *>(u"trialAnswer"_s)->text();
}

} // namespace

class TestKeyTrial : public QObject
{
    Q_OBJECT

private slots:
    void isOfferedWhereAProviderCanBeAsked()
    {
        const Opened o;
        QCOMPARE(o.detail(kTree).triable, (TriedKey{kRule, kPrint}));
        QCOMPARE(o.detail(kBundle).triable, (TriedKey{u"stripe-live"_s, {}}));
        const Opened other(u"private-key-rsa"_s);
        QVERIFY(!other.detail(kTree).triable);
        QVERIFY(other.detail(kBundle).triable);
    }

    void isNotOfferedWhereNothingCanBeNoted()
    {
        Opened o;
        o.session->openProject(o.path(), OpenMode::ReadOnly);
        QTRY_VERIFY(o.session->isOpen() && o.session->isReadOnly());
        QVERIFY(!o.detail(kTree).title.isEmpty());
        QVERIFY(!o.detail(kTree).triable);
    }

    void sendsWhenAPersonSaysSo()
    {
        Opened o;
        Shown shown(o, kTree);
        const KeyTrialDialog *dialog = shown.open();
        QVERIFY(dialog);
        QVERIFY(!dialog->findChild<QPushButton *>(u"askProvider"_s)->isEnabled());
        dialog->findChild<QLineEdit *>(u"trialKey"_s)->setText(u"right"_s);
        QCOMPARE(o.sent->count.load(), 0);
        send(*dialog, u"right"_s);
        QTRY_COMPARE(answerOf(*dialog), u"The provider spoke."_s);
        QCOMPARE(o.sent->count.load(), 1);
        QVERIFY(dialog->findChild<QLineEdit *>(u"trialKey"_s)->text().isEmpty());
    }

    void anotherKeyIsNotSentAndNothingIsNoted()
    {
        Opened o;
        Shown shown(o, kTree);
        const KeyTrialDialog *dialog = shown.open();
        send(*dialog, u"wrong"_s);
        QTRY_COMPARE(answerOf(*dialog), u"This is not the key."_s);
        QCOMPARE(o.sent->count.load(), 0);
        QVERIFY(lastKeyTrial(o.idOf(kTree), o.session->project()).isEmpty());
    }

    void theAnswerStandsAtTheFinding_data()
    {
        QTest::addColumn<KeyStanding>("standing");
        QTest::addColumn<QString>("words");
        QTest::newRow("works") << KeyStanding::Live << u"The key works"_s;
        QTest::newRow("does not work") << KeyStanding::Dead << u"does not work any more"_s;
        QTest::newRow("unclear") << KeyStanding::Unknown << u"not clear"_s;
    }

    void theAnswerStandsAtTheFinding()
    {
        QFETCH(KeyStanding, standing);
        QFETCH(QString, words);
        Opened o(kRule, standing);
        const QString id = o.idOf(kTree);
        {
            Shown shown(o, kTree);
            send(*shown.open(), u"right"_s);
            QTRY_VERIFY(!lastKeyTrial(id, o.session->project()).isEmpty());
        }
        // Another look keeps it, and so does the file.
        o.session->runChecks({QString::fromLatin1(kTree)});
        QTRY_VERIFY(!o.session->isRunning());
        QTRY_COMPARE(o.session->saveState(), SaveState::Saved);
        QVERIFY(lastKeyTrial(id, o.session->project()).contains(words));
        o.session->openProject(o.path(), OpenMode::ReadOnly);
        QTRY_VERIFY(o.session->isOpen() && o.session->isReadOnly());
        const QString noted = lastKeyTrial(id, o.session->project());
        QVERIFY2(noted.contains(words), qPrintable(noted));
        const Detail detail = o.detail(kTree);
        QVERIFY(detail.history.contains(words));
        const auto isAbout = [&](const DetailSection &section) { return section.text == noted; };
        QVERIFY(std::ranges::any_of(detail.sections, isAbout));
        QVERIFY(lastKeyTrial(o.idOf(kBundle), o.session->project()).isEmpty()); // another finding's
    }

    void theQuestionGoesWithItsProject()
    {
        Opened o;
        Shown shown(o, kTree);
        KeyTrialDialog *dialog = shown.open();
        QVERIFY(dialog->isVisible());
        o.session->closeProject();
        QVERIFY(!dialog->isVisible());
    }
};

QTEST_MAIN(TestKeyTrial)
#include "tst_keytrial.moc"
