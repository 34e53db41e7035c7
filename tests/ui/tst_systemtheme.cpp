// The theme follows a settings portal: a made-up one on a private bus (CMake starts this under dbus-run-session).
#include "ui/theme/systemtheme.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {
const QString kPath = u"/org/freedesktop/portal/desktop"_s;
} // namespace

class FakePortal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint scheme = 0;

public slots:
    // As the real one answers: a variant in a variant.
    QDBusVariant Read(const QString &group, const QString &key)
    {
        asked << group + u'/' + key;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme)));
    }

public:
    QStringList asked;
};

class TestSystemTheme : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!QDBusConnection::sessionBus().isConnected())
            QSKIP("there is no session bus");
    }
    void init() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::System); }
    void cleanup()
    {
        QDBusConnection::sessionBus().unregisterService(u"org.freedesktop.portal.Desktop"_s);
        QDBusConnection::sessionBus().unregisterObject(kPath);
    }

    void asksAtTheStart_data()
    {
        QTest::addColumn<uint>("scheme");
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << 1u << true;
        QTest::newRow("light") << 2u << false;
    }
    void asksAtTheStart()
    {
        QFETCH(uint, scheme);
        QFETCH(bool, dark);
        FakePortal portal;
        portal.scheme = scheme;
        offer(portal);
        m_theme->setSystemIsDark(!dark);
        SystemTheme follows(*m_theme);
        follows.start();
        QTRY_COMPARE(isDark(), dark);
        QCOMPARE(portal.asked, QStringList{u"org.freedesktop.appearance/color-scheme"_s});
    }

    void followsAChange()
    {
        FakePortal portal;
        offer(portal);
        m_theme->setSystemIsDark(false);
        SystemTheme follows(*m_theme);
        follows.start();
        QTRY_COMPARE(portal.asked.size(), 1);
        tell(u"org.freedesktop.appearance"_s, u"color-scheme"_s, 1);
        QTRY_VERIFY(isDark());
        tell(u"org.gnome.desktop.interface"_s, u"color-scheme"_s, 0); // somebody else's
        tell(u"org.freedesktop.appearance"_s, u"accent-color"_s, 0);
        tell(u"org.freedesktop.appearance"_s, u"color-scheme"_s, 2);
        QTRY_VERIFY(!isDark());
    }

    void aChosenThemeStays()
    {
        FakePortal portal;
        portal.scheme = 1;
        offer(portal);
        m_theme->setChoice(ThemeChoice::Light);
        SystemTheme follows(*m_theme);
        follows.start();
        QTRY_COMPARE(portal.asked.size(), 1);
        QVERIFY(!isDark());
        m_theme->setChoice(ThemeChoice::System);
        QTRY_VERIFY(isDark());
    }

    void withoutAPortalNothingChanges_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    void withoutAPortalNothingChanges()
    {
        QFETCH(bool, dark);
        m_theme->setSystemIsDark(dark);
        QSignalSpy changed(m_theme.get(), &Theme::changed);
        SystemTheme follows(*m_theme);
        follows.watch(QDBusConnection::sessionBus());
        // The bus refuses a question to nobody at once; a second round trip shows that the refusal was read.
        QDBusConnection::sessionBus().call(
            QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/"_s, u"org.freedesktop.DBus"_s, u"GetId"_s));
        QCoreApplication::processEvents();
        QCOMPARE(changed.count(), 0);
        QCOMPARE(isDark(), dark);
    }

private:
    static void offer(FakePortal &portal)
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        QVERIFY(bus.registerObject(kPath, &portal, QDBusConnection::ExportAllSlots));
        QVERIFY(bus.registerService(u"org.freedesktop.portal.Desktop"_s));
    }

    static void tell(const QString &group, const QString &key, uint value)
    {
        QDBusMessage signal =
            QDBusMessage::createSignal(kPath, u"org.freedesktop.portal.Settings"_s, u"SettingChanged"_s);
        signal << group << key << QVariant::fromValue(QDBusVariant(value));
        QVERIFY(QDBusConnection::sessionBus().send(signal));
    }

    bool isDark() const { return m_theme->tokens().window == darkTokens().window; }

    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestSystemTheme)
#include "tst_systemtheme.moc"
