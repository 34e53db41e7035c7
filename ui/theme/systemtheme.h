// Follows the desktop's wish for light or dark while the program runs: org.freedesktop.portal.Settings tells it and
// each change of it. Where no portal answers, what Theme found at the start stays.
#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

namespace cockpit {

class Theme;

class SystemTheme : public QObject
{
    Q_OBJECT

public:
    // The theme outlives it.
    explicit SystemTheme(Theme &theme, QObject *parent = nullptr);

    // Finds the session bus on a worker, because that may take a while, then watches it.
    void start();
    void watch(QDBusConnection bus);

private slots:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask(const QDBusConnection &bus);

    Theme &m_theme;
};

} // namespace cockpit
