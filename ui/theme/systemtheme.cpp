#include "ui/theme/systemtheme.h"

#include "ui/theme/theme.h"
#include "ui/widgets/whendone.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFuture>
#include <QtConcurrentRun>

#include <optional>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

const QString kService = u"org.freedesktop.portal.Desktop"_s;
const QString kPath = u"/org/freedesktop/portal/desktop"_s;
const QString kInterface = u"org.freedesktop.portal.Settings"_s;
const QString kGroup = u"org.freedesktop.appearance"_s;
const QString kKey = u"color-scheme"_s;

// The portal's numbers: 0 no preference, 1 dark, 2 light.
std::optional<uint> schemeOf(QVariant value)
{
    // Read() wraps the variant in another one.
    while (value.metaType() == QMetaType::fromType<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    bool isNumber = false;
    const uint scheme = value.toUInt(&isNumber);
    return isNumber ? std::optional(scheme) : std::nullopt;
}

} // namespace

SystemTheme::SystemTheme(Theme &theme, QObject *parent) : QObject(parent), m_theme(theme) {}

void SystemTheme::start()
{
    whenDone(QtConcurrent::run(&QDBusConnection::sessionBus), this, [this](const QDBusConnection &bus) {
        if (bus.isConnected())
            watch(bus);
    });
}

void SystemTheme::watch(QDBusConnection bus)
{
    bus.connect(kService, kPath, kInterface, u"SettingChanged"_s, this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask(bus);
}

void SystemTheme::ask(const QDBusConnection &bus)
{
    QDBusMessage question = QDBusMessage::createMethodCall(kService, kPath, kInterface, u"Read"_s);
    question << kGroup << kKey;
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        const auto scheme = reply.isError() ? std::nullopt : schemeOf(reply.value().variant());
        if (scheme && *scheme != 0) // without a preference, the palette was right
            m_theme.setSystemIsDark(*scheme == 1);
    });
}

void SystemTheme::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group != kGroup || key != kKey)
        return;
    if (const auto scheme = schemeOf(value.variant()))
        m_theme.setSystemIsDark(*scheme == 1);
}

} // namespace cockpit
