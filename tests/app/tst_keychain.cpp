#include "app/keychain.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kInsideSession = "COCKPIT_TEST_KEYCHAIN_SESSION";
constexpr auto kServicePassword = "practice";

const QString kEntry = u"acme/api-token"_s;

template<typename T>
std::optional<Result<T>> waitFor(const std::function<void(std::function<void(Result<T>)>)> &call)
{
    std::optional<Result<T>> answer;
    call([&](Result<T> result) { answer = std::move(result); });
    (void)QTest::qWaitFor([&] { return answer.has_value(); }, 10000);
    return answer;
}

Result<void> writeNow(CredentialStore &store, const QString &entry, const QByteArray &value)
{
    return waitFor<void>([&](auto done) { store.write(entry, Secret(value), done); })
        .value_or(failure(ErrorKind::TimedOut, u"no answer"_s));
}

Result<Secret> readNow(CredentialStore &store, const QString &entry)
{
    return waitFor<Secret>([&](auto done) { store.read(entry, done); })
        .value_or(failure(ErrorKind::TimedOut, u"no answer"_s));
}

Result<void> removeNow(CredentialStore &store, const QString &entry)
{
    return waitFor<void>([&](auto done) { store.remove(entry, done); })
        .value_or(failure(ErrorKind::TimedOut, u"no answer"_s));
}

} // namespace

// The real keychain needs a session bus with a keyring: outside one, the test starts itself again inside one.
class TestKeychain : public QObject
{
    Q_OBJECT

private slots:
    void keepsCredentials_data();
    void keepsCredentials();
    void saysThatThereIsNoKeychain();
    void worksWithARealKeyring();
};

void TestKeychain::keepsCredentials_data()
{
    QTest::addColumn<bool>("real");
    QTest::newRow("for this session") << false;
    if (qEnvironmentVariableIsSet(kInsideSession))
        QTest::newRow("in the keyring") << true;
}

void TestKeychain::keepsCredentials()
{
    QFETCH(bool, real);
    KeychainStore keychain;
    SessionCredentialStore memory;
    CredentialStore &store = real ? static_cast<CredentialStore &>(keychain) : memory;
    QCOMPARE(store.isSessionOnly(), !real);

    const auto absent = readNow(store, kEntry);
    QVERIFY(!absent);
    QCOMPARE(absent.error().kind, ErrorKind::NotFound);

    const QByteArray value("p\xc3\xa4ss\0word", 10); // any bytes, a zero included
    const auto written = writeNow(store, kEntry, value);
    QVERIFY2(written, written ? "" : qPrintable(written.error().message + written.error().detail));
    QCOMPARE(readNow(store, kEntry)->reveal(), value);
    QVERIFY(writeNow(store, kEntry, "replaced"));
    QCOMPARE(readNow(store, kEntry)->reveal(), QByteArray("replaced"));

    QVERIFY(removeNow(store, kEntry));
    QCOMPARE(readNow(store, kEntry).error().kind, ErrorKind::NotFound);
    QVERIFY(removeNow(store, kEntry)); // what is gone is gone
}

void TestKeychain::saysThatThereIsNoKeychain()
{
    if (qEnvironmentVariableIsSet(kInsideSession))
        QSKIP("There is a keychain in this session.");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    KeychainStore store;
    const auto written = writeNow(store, kEntry, "secret value");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Unsupported);
    QVERIFY2(written.error().message.contains(u"this session only"_s), qPrintable(written.error().message));
    QVERIFY(!written.error().detail.contains(u"secret value"_s));
}

void TestKeychain::worksWithARealKeyring()
{
    if (qEnvironmentVariableIsSet(kInsideSession))
        QSKIP("This is the test inside the session.");
    for (const QString &tool : {u"dbus-run-session"_s, u"gnome-keyring-daemon"_s}) {
        if (QStandardPaths::findExecutable(tool).isEmpty())
            QSKIP(qPrintable(tool + u" is not installed."_s));
    }
    const QTemporaryDir home; // private: the keyring of whoever runs the tests is left alone
    QProcess session;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"XDG_RUNTIME_DIR"_s, home.path());
    environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"data"_s));
    environment.insert(QString::fromLatin1(kInsideSession), u"1"_s);
    session.setProcessEnvironment(environment);
    session.setProcessChannelMode(QProcess::MergedChannels);
    const QString script = u"printf %s \"$1\" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; "
                           "exec \"$0\" keepsCredentials"_s;
    session.start(u"dbus-run-session"_s, {u"--"_s, u"sh"_s, u"-c"_s, script, QCoreApplication::applicationFilePath(),
                                          QString::fromLatin1(kServicePassword)});
    QVERIFY2(session.waitForFinished(60000), "The session did not end.");
    const QByteArray output = session.readAll();
    QVERIFY2(output.contains("PASS   : TestKeychain::keepsCredentials(in the keyring)"), output.constData());
    QCOMPARE(session.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
